"""Templates, read and written on in a confined process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from documents.text.types import Json
from documents.word.file import confined
from documents.word.file.active import without_active
from documents.word.template.read import LIMITS, Facts, open_template
from documents.word.template.write import OnTemplate, write_on_template
from documents.word.write.document_file import DocumentFile

WRITING = replace(LIMITS, seconds=60)
ROOM = WRITING.memory_bytes
WRITTEN = replace(
    WRITING, file_bytes=ROOM, unpacked_bytes=ROOM, xml_part_bytes=ROOM, xml_bytes=ROOM, ratio=ROOM, parts=ROOM
)
"""Of a file that we wrote ourselves only the seconds and the memory are counted: an edition may be larger
than a template."""


def facts_of_template(source: bytes) -> Facts:
    """The facts about a template. Raises Refused."""
    return Facts.from_json(confined.run(LIMITS, _facts, source))


def file_on_template(
    document: DocumentFile, source: bytes, styles: Mapping[str, str], brought: OnTemplate
) -> bytes:
    """The bytes of :func:`documents.word.template.write_on_template`, without what is active in them. Raises
    Refused."""
    document = replace(document, blobs=dict(document.blobs))
    return confined.run(WRITING, _write, document, source, dict(styles), brought)


def _facts(source: bytes) -> Json:
    return asdict(open_template(source).facts())


def _write(document: DocumentFile, source: bytes, styles: Mapping[str, str], brought: OnTemplate) -> bytes:
    return without_active(write_on_template(document, open_template(source), styles, brought), WRITTEN)
