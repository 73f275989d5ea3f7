"""What several test files of documents/word begin with: own levels."""

from __future__ import annotations

import re

from tests.support.documents.word.build import HEADINGS, abstract, heading, level, num, p
from tests.support.documents.word.own import document

LINKED = re.sub(
    r'(styleId="Heading([123])".*?/>)',
    lambda m: (
        f'{m[1]}<w:pPr><w:numPr><w:ilvl w:val="{int(m[2]) - 1}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    ),
    HEADINGS,
)


OUTLINE = abstract(
    0,
    *(
        level(n, "decimal", ".".join(f"%{k}" for k in range(1, n + 2)), f'<w:pStyle w:val="Heading{n + 1}"/>')
        for n in range(3)
    ),
) + num(1, 0)


def chapters(at: int = 1) -> str:
    """Two chapters with two sections each, with headings from ``at`` on."""
    return "".join(
        heading(text, at + deep) + p(f"Text of {text}.")
        for text, deep in (("Aims", 0), ("Scope", 1), ("Words", 1), ("Steps", 0), ("First", 1), ("Then", 1))
    )


def styles_of(data: bytes) -> list[str]:
    return re.findall(r'pStyle [^>]*w:val="(Heading\d)"', document(data).decode())
