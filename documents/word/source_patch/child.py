"""Writes a document's own file in a process of its own, within the limits of
:mod:`documents.word.file.child`."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from documents.text import SectionTree
from documents.word.file.active import without_active
from documents.word.file.child import confined, run_confined
from documents.word.file.guard import DEFAULT_LIMITS, Limits
from documents.word.read.outline.decisions import Decisions, decisions_as_json, decisions_from_json
from documents.word.read.report import FidelityReport
from documents.word.read.result import Blob, ReadResult
from documents.word.source_patch.write import write_own_file
from documents.word.write.document_file import Words


def own_file_in_child(
    source: bytes,
    tree: SectionTree,
    uids: Sequence[str],
    blobs: Mapping[str, Blob],
    words: Words,
    limits: Limits = DEFAULT_LIMITS,
    decisions: Decisions | None = None,
) -> bytes:
    """:func:`documents.word.source_patch.write.write_own_file` in a process of its own. Raises Refused where
    the source can't be read or written within the limits."""
    with tempfile.TemporaryDirectory(prefix="kodeks-own-") as name:
        folder = Path(name)
        (folder / "source.docx").write_bytes(source)
        (folder / "text").write_bytes(ReadResult(tree, blobs, FidelityReport(())).to_bytes())
        request = {"limits": limits.as_dict(), "uids": list(uids), "who": words.who, "limit": words.limit}
        request["decisions"] = decisions_as_json(decisions or {})
        (folder / "request.json").write_text(json.dumps(request), "utf-8")
        return run_confined("documents.word.source_patch.child", [name], limits)


def main(arguments: list[str]) -> int:
    """The child's side."""
    folder = Path(arguments[0])
    request = json.loads((folder / "request.json").read_text("utf-8"))
    limits = Limits(**request["limits"])

    def work() -> bytes:
        given = ReadResult.from_bytes((folder / "text").read_bytes())
        source = (folder / "source.docx").read_bytes()
        made = write_own_file(
            source,
            given.tree,
            request["uids"],
            blobs=given.blobs,
            words=Words(who=request["who"], limit=request["limit"]),
            limits=limits,
            decisions=decisions_from_json(request["decisions"]),
        )
        return without_active(made, limits)

    return confined(limits, work)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
