"""The result of reading a Word file, and its form on the way between the two processes."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from documents.text import Section, SectionText, SectionTree
from documents.word.read.outline.decisions import Line, lines_as_json, lines_from_json
from documents.word.read.report import FidelityReport

IMAGE = "image"
OOXML = "ooxml"
MAGIC = b"KODEKS1\n"


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes that a text names by their SHA-256. An image, or a piece of Word's own XML (``kind`` image or
    ooxml)."""

    data: bytes = field(repr=False)
    content_type: str
    kind: str


@dataclass(frozen=True)
class ReadResult:
    """A Word file, read: the text, the bytes it names, and the report of what became of everything in it."""

    tree: SectionTree
    blobs: Mapping[str, Blob] = field(repr=False)
    report: FidelityReport
    language_hint: str = ""
    """The language that the text seems to be in (a content language's code), or empty."""
    lines: tuple[Line, ...] = ()
    """Every line of the text, where they were asked for: what a person decides about."""

    def to_bytes(self) -> bytes:
        """One byte string: a JSON head and the blobs after it."""
        head = {
            "tree": tree_as_json(self.tree),
            "report": self.report.as_json(),
            "language_hint": self.language_hint,
            "lines": lines_as_json(self.lines),
            "blobs": [[key, len(b.data), b.content_type, b.kind] for key, b in self.blobs.items()],
        }
        encoded = json.dumps(head, ensure_ascii=False).encode("utf-8")
        return b"".join(
            [MAGIC, struct.pack(">Q", len(encoded)), encoded, *(blob.data for blob in self.blobs.values())]
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> ReadResult:
        """Reads back what :meth:`to_bytes` wrote; ValueError for anything else."""
        if not data.startswith(MAGIC) or len(data) < 16:
            raise ValueError("not a read result")
        (size,) = struct.unpack(">Q", data[8:16])
        head = json.loads(data[16 : 16 + size])
        offset = 16 + size
        blobs: dict[str, Blob] = {}
        for key, length, content_type, kind in head["blobs"]:
            blobs[key] = Blob(data[offset : offset + length], content_type, kind)
            offset += length
        if offset != len(data):
            raise ValueError("a read result of another length than it says")
        report = FidelityReport.from_json(head["report"])
        lines = tuple(lines_from_json(head["lines"]))
        return cls(tree_from_json(head["tree"]), blobs, report, head["language_hint"], lines)


def tree_as_json(tree: SectionTree) -> dict[str, Any]:
    """A section tree as plain data."""
    return {
        "language": tree.language,
        "title": tree.title,
        "sections": [
            {
                "uid": section.uid,
                "level": section.level,
                "kind": section.kind,
                "label": section.text.label,
                "origins": list(section.origins),
                "body": section.text.body,
            }
            for section in tree
        ],
    }


def tree_from_json(data: dict[str, Any]) -> SectionTree:
    """The section tree that :func:`tree_as_json` wrote."""
    return SectionTree(
        data["language"],
        data["title"],
        tuple(
            Section(
                node["uid"],
                node["level"],
                node["kind"],
                SectionText(node["label"], node["body"]),
                tuple(node.get("origins", ())),
            )
            for node in data["sections"]
        ),
    )
