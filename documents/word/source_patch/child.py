"""Writes a document's own file in a process of its own, within the limits of
:mod:`documents.word.file.child`."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from documents.text import SectionTree
from documents.word.file.child import confined, run_confined
from documents.word.file.guard import DEFAULT_LIMITS, Limits
from documents.word.read.outline.decisions import Decisions, decisions_as_json, decisions_from_json
from documents.word.read.report import FidelityReport
from documents.word.read.result import Blob, ReadResult
from documents.word.source_patch.write import OwnFile, write_own_file
from documents.word.write.document_file import Words


def own_file_in_child(
    source: bytes,
    tree: SectionTree,
    uids: Sequence[str],
    blobs: Mapping[str, Blob],
    words: Words,
    limits: Limits = DEFAULT_LIMITS,
    decisions: Decisions | None = None,
) -> OwnFile:
    """:func:`documents.word.source_patch.write.write_own_file` in a process of its own. Raises Refused where
    the source can't be read or written within the limits."""
    with tempfile.TemporaryDirectory(prefix="kodeks-own-") as name:
        folder = Path(name)
        (folder / "source.docx").write_bytes(source)
        (folder / "text").write_bytes(ReadResult(tree, blobs, FidelityReport(())).to_bytes())
        asked = {"limits": limits.as_dict(), "uids": list(uids), "who": words.who, "limit": words.limit}
        asked["decisions"] = decisions_as_json(decisions or {})
        (folder / "asked.json").write_text(json.dumps(asked), "utf-8")
        differing, _, data = run_confined("documents.word.source_patch.child", [name], limits).partition(
            b"\n"
        )
        return OwnFile(data, tuple(json.loads(differing)))


def main(arguments: list[str]) -> int:
    """The child's side."""
    folder = Path(arguments[0])
    asked = json.loads((folder / "asked.json").read_text("utf-8"))
    limits = Limits(**asked["limits"])

    def work() -> bytes:
        given = ReadResult.from_bytes((folder / "text").read_bytes())
        words = Words(who=asked["who"], limit=asked["limit"])
        source = (folder / "source.docx").read_bytes()
        made = write_own_file(
            source,
            given.tree,
            asked["uids"],
            blobs=given.blobs,
            words=words,
            limits=limits,
            decisions=decisions_from_json(asked["decisions"]),
        )
        return json.dumps(made.differing).encode() + b"\n" + made.data

    return confined(limits, work)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
