"""What stood beside the sections in a file that was sent out, in a process of its own."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from documents.word.comments import comment_key, comments_at
from documents.word.editors.made_anew import values_shown
from documents.word.file.child import confined, run_confined
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.ns import w, words
from documents.word.read.context import Trace
from documents.word.read.outline.decisions import Decisions, decisions_as_json, decisions_from_json
from documents.word.read.read import read_package
from documents.word.review import uids_of, walk
from documents.word.review.beside import LinesBeside, lines_beside


def sent_beside(
    files: Sequence[bytes],
    limits: Limits = DEFAULT_LIMITS,
    *,
    decisions: Decisions | None = None,
    frames: bool = False,
) -> list[LinesBeside]:
    """The lines of each file. ``decisions`` are those with which the files were taken in; ``frames``: whether
    they are files without a text, written to see what stands around one. Raises Refused."""
    with tempfile.TemporaryDirectory(prefix="kodeks-sent-") as name:
        folder = Path(name)
        for number, data in enumerate(files):
            (folder / f"{number}.docx").write_bytes(data)
        asked = {
            "limits": limits.as_dict(),
            "files": len(files),
            "decisions": decisions_as_json(decisions or {}),
            "frames": frames,
        }
        (folder / "asked.json").write_text(json.dumps(asked), "utf-8")
        told = json.loads(run_confined("documents.word.review.sent", [name], limits))
    return [LinesBeside.from_json(one) for one in told]


def _lines(data: bytes, limits: Limits, decisions: Decisions, *, frame: bool) -> LinesBeside:
    package, trace = open_package(data, limits), Trace()
    tree = read_package(package, limits=limits, trace=trace, decisions=decisions).tree
    uids = uids_of(tree, trace)
    # Without a text, what is read as one stands beside it.
    lines = lines_beside(package, {} if frame else uids, trace.titles)
    comments = frozenset(comment_key(one) for one in comments_at(package, list(walk(package, uids))))
    paragraphs = list(package.xml(package.main).iter(w("p")))
    texts = [paragraphs[at] for at, said in decisions.items() if not said.level and at < len(paragraphs)]
    values = frozenset(values_shown(package))
    return replace(lines, texts=tuple(filter(None, map(words, texts))), comments=comments, values=values)


def main(arguments: list[str]) -> int:
    """The child's side."""
    folder = Path(arguments[0])
    asked = json.loads((folder / "asked.json").read_text("utf-8"))
    limits, decisions = Limits(**asked["limits"]), decisions_from_json(asked["decisions"])

    def work() -> bytes:
        files = [(folder / f"{number}.docx").read_bytes() for number in range(asked["files"])]
        return json.dumps(
            [_lines(data, limits, decisions, frame=asked["frames"]).as_json() for data in files]
        ).encode()

    return confined(limits, work)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
