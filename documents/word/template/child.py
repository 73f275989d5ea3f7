"""Reads a template, and writes on it, in a process of its own, within the limits of
:mod:`documents.word.file.child`."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from documents.word.file.child import confined, run_confined
from documents.word.read.report import FidelityReport
from documents.word.read.result import ReadResult
from documents.word.template.read import LIMITS, Facts
from documents.word.template.write import OnTemplate
from documents.word.write.document_file import DocumentFile, Words

WRITING = replace(LIMITS, seconds=60)
ROOM = WRITING.memory_bytes
WRITTEN = replace(
    WRITING, file_bytes=ROOM, unpacked_bytes=ROOM, xml_part_bytes=ROOM, xml_bytes=ROOM, ratio=ROOM, parts=ROOM
)
"""Of a file that we wrote ourselves only the seconds and the memory are counted: an edition may be larger
than a template."""
DOCUMENT_FIELDS = ("title", "language", "language_tag", "classification", "notice")


def facts_in_child(source: bytes) -> Facts:
    """The facts about a template. Raises Refused."""
    with tempfile.TemporaryDirectory(prefix="kodeks-template-") as name:
        (Path(name) / "template.docx").write_bytes(source)
        facts = json.loads(run_confined("documents.word.template.child", [name], LIMITS))
    return Facts.from_json(facts)


def write_in_child(
    document: DocumentFile, source: bytes, styles: Mapping[str, str], brought: OnTemplate
) -> bytes:
    """The bytes of :func:`documents.word.template.write_on_template`, without what is active in them. Raises
    Refused."""
    with tempfile.TemporaryDirectory(prefix="kodeks-template-") as name:
        folder = Path(name)
        (folder / "template.docx").write_bytes(source)
        (folder / "text").write_bytes(
            ReadResult(document.tree, document.blobs, FidelityReport(())).to_bytes()
        )
        request = {
            "document": {key: getattr(document, key) for key in DOCUMENT_FIELDS},
            "words": asdict(document.words),
            "styles": dict(styles),
            "brought": asdict(brought),
        }
        (folder / "asked.json").write_text(json.dumps(request), "utf-8")
        return run_confined("documents.word.template.child", [name], WRITING)


def main(arguments: list[str]) -> int:
    """The child's side: write a file where a request is there, else report the facts."""
    folder = Path(arguments[0])
    source, request_path = folder / "template.docx", folder / "asked.json"

    def facts() -> bytes:
        from documents.word.template.read import open_template

        return json.dumps(asdict(open_template(source).facts())).encode()

    def write() -> bytes:
        from documents.word.file.active import without_active
        from documents.word.template.read import open_template
        from documents.word.template.write import write_on_template

        request = json.loads(request_path.read_text("utf-8"))
        given = ReadResult.from_bytes((folder / "text").read_bytes())
        document = DocumentFile(
            given.tree, blobs=given.blobs, words=Words(**request["words"]), **request["document"]
        )
        made = write_on_template(
            document, open_template(source), request["styles"], OnTemplate(**request["brought"])
        )
        return without_active(made, WRITTEN)

    return confined(WRITING if request_path.exists() else LIMITS, write if request_path.exists() else facts)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
