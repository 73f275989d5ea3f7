"""Texts next to their translations as TMX 1.4b (LISA OSCAR), as translation tools read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from documents.text.extraction import inline_text
from documents.translation.slots import same_shape, slots

CONTENT_TYPE = "application/x-tmx+xml"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="Kodeks" creationtoolversion="1" segtype="paragraph" o-tmf="Kodeks" adminlang="en" \
srclang="*all*" datatype="plaintext">
<note>{note}</note></header>
<body>
"""
END = "</body></tmx>\n"


@dataclass(frozen=True, slots=True)
class Unit:
    """What is in one place of a text, by language tag; ``source``: the document that it is from."""

    key: str
    source: str
    texts: Mapping[str, str]


def units(key: str, source: str, bodies: Mapping[str, Mapping[str, Any]]) -> Iterator[Unit]:
    """The paragraphs of a section in the first language, the original's, and in others. Those of another
    shape are left out."""
    first, *others = bodies
    alike = [tag for tag in others if same_shape(bodies[first], bodies[tag])]
    known = {tag: dict(slots(bodies[tag])) for tag in alike}
    for name, content in slots(bodies[first]):
        texts = {first: _line(content)}
        texts |= {tag: _line(known[tag][name]) for tag in alike if name in known[tag]}
        if len(texts) > 1:
            yield Unit(f"{key}.{name}", source, texts)


def _line(content: Iterable[Mapping[str, Any]]) -> str:
    return " ".join(inline_text(content).split())


def write_tmx(found: Iterable[Unit], note: str) -> Iterator[str]:
    """The file, a unit at a time."""
    yield HEAD.format(note=escape(note))
    for unit in found:
        variants = "".join(
            f"<tuv xml:lang={quoteattr(tag)}><seg>{escape(text)}</seg></tuv>"
            for tag, text in unit.texts.items()
        )
        source = f'<prop type="x-source">{escape(unit.source)}</prop>'
        yield f"<tu tuid={quoteattr(unit.key)}>{source}{variants}</tu>\n"
    yield END
