"""The styles, theme and fonts of a file for download, from the parts in ``parts/``. They have Word's own
names wherever Word has one, so that a clerk's template fits over them."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from documents.word.file.markup import WORD_TYPE, Parts, Relations, e
from documents.word.file.ns import VAL, Element, w

PARTS = Path(__file__).with_name("parts")
BUILT_IN = frozenset({"Normal", "Title", "Quote", "List Paragraph"})
HEADING_LEVELS = 9
LIST_STEP = 425
"""How far each level of a list is in, in twentieths of a point (7.5 mm)."""


def base_styles(tag: str) -> Element:
    """The whole ``w:styles``, for a text in the language ``tag``."""
    root = _parse("styles.xml")
    for language in root.iter(w("lang")):
        language.set(VAL, tag)
    return root


def add_theme(parts: Parts, relations: Relations) -> None:
    """Adds the theme and the list of fonts, which Word asks every file to have."""
    relations.add("theme", "theme/theme1.xml")
    relations.add("fontTable", "fontTable.xml")
    theme_type = "application/vnd.openxmlformats-officedocument.theme+xml"
    parts.add("word/theme/theme1.xml", (PARTS / "theme1.xml").read_bytes(), theme_type)
    parts.add("word/fontTable.xml", (PARTS / "fontTable.xml").read_bytes(), WORD_TYPE + "fontTable+xml")


def _parse(name: str) -> Element:
    return etree.fromstring((PARTS / name).read_bytes(), etree.XMLParser(remove_blank_text=True))


def paragraph_style(
    style_id: str,
    name: str,
    *,
    based: str = "Normal",
    after: str = "",
    ppr: list[Element],
    rpr: list[Element],
) -> Element:
    """A paragraph style; ``after`` is the style of the paragraph that follows."""
    own: dict[str, str | int] = {} if name in BUILT_IN or name[:1].islower() else {"customStyle": 1}
    return e(
        "style",
        e("name", val=name),
        e("basedOn", val=based) if based else None,
        e("next", val=after) if after else None,
        e("qFormat"),
        e("pPr", *ppr) if ppr else None,
        e("rPr", *rpr) if rpr else None,
        type="paragraph",
        styleId=style_id,
        **own,
    )


def spacing(before: int = 0, after: int = 0, line: int = 0) -> Element:
    more: dict[str, str | int] = {"line": line, "lineRule": "auto"} if line else {}
    return e("spacing", before=before, after=after, **more)
