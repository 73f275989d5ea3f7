"""The schema of Akoma Ntoso, and the words of a text in the order in which they are read."""

from __future__ import annotations

import lzma
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from documents.text import Section
from documents.text.akoma_ntoso import NS

FIXTURES = Path(__file__).parents[3] / "fixtures" / "akoma_ntoso"


@cache
def schema() -> etree.XMLSchema:
    """The schema as OASIS publishes it."""
    with tempfile.TemporaryDirectory() as folder:
        for packed in FIXTURES.glob("*.xz"):
            Path(folder, packed.stem).write_bytes(lzma.decompress(packed.read_bytes()))
        return etree.XMLSchema(etree.parse(Path(folder, "akomantoso30.xsd")))


def problems(data: bytes) -> list[str]:
    """What is wrong with a file of Akoma Ntoso."""
    schema().validate(etree.fromstring(data))
    return [str(one) for one in schema().error_log]


def words_in(element: etree._Element) -> str:
    """All words of an element; a line break is a space."""
    for line_break in element.iter(f"{{{NS}}}br"):
        line_break.tail = " " + (line_break.tail or "")
    return " ".join("".join(map(str, element.itertext())).split())


def words_of(section: Section) -> str:
    """What must be read of a section: its number, its heading, its blocks, each note where it is named."""
    body, label = section.text.body, section.text.label
    pieces = [label, *_inline(body["heading"], body["notes"])]
    for block in body["blocks"]:
        pieces += _block(block, body["notes"])
    return "".join("".join(pieces).split())


def _inline(content: list[Any], notes: Mapping[str, Any]) -> Iterator[str]:
    for node in content:
        if node["type"] == "text":
            yield node["text"]
        elif node["type"] == "note":
            for block in notes[node["attrs"]["id"]]:
                yield from _block(block, notes)


def _block(block: Mapping[str, Any], notes: Mapping[str, Any]) -> Iterator[str]:
    kind, attrs, content = block["type"], block.get("attrs") or {}, block.get("content") or []
    if kind in ("paragraph", "figure"):
        yield from _inline(content, notes)
        return
    yield from (attrs[name] for name in ("title", "who", "limit", "label", "text") if attrs.get(name))
    for child in content:
        yield from _block(child, notes)
