"""The roles of a template's styles, by outline level and by name, in any language of the region."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.word.definitions.styles import NO_LOOK, NO_OUTLINE, Styles, read_styles
from documents.word.file import ns
from documents.word.file.ns import Element, w
from documents.word.write.columns import Letters

HEADINGS = tuple(f"Heading{level}" for level in range(1, 10))
ROLES = (
    "Title", *HEADINGS[:5], "KodeksText", "ListParagraph", "Quote", "KodeksLead", "Caption",
    "KodeksStepTitle", "KodeksCallout", "KodeksWarning", "KodeksMeta", "KodeksContents", "TableGrid",
)  # fmt: skip
"""What a person may choose a style for: our own styles by id. The others are found by Word's own names."""
BY_NAME = {
    "Title": ("title", "naslov", "naslov dokumenta", "наслов", "наслов на документот", "наслов документа",
    "titulli", "titull"),
    "KodeksText": ("body text", "tijelo teksta", "тијело текста", "тело текста", "основен текст",
    "teksti kryesor", "osnovni tekst"),
    "ListParagraph": ("list paragraph", "pasus sa listom", "odlomak popisa", "пасус са листом",
    "пасус со листа", "paragraf liste"),
    "Quote": ("quote", "citat", "citati", "цитат", "citim"),
    "KodeksLead": ("lead", "intro", "uvod", "вовед", "увод", "hyrje"),
    "Caption": ("caption", "natpis", "opis slike", "натпис", "опис слике", "legjenda", "opis"),
    "KodeksStepTitle": ("step title", "step", "korak", "корак", "чекор", "hapi"),
    "KodeksCallout": ("callout", "note box", "okvir", "оквир", "рамка", "kuti", "napomena", "напомена"),
    "KodeksWarning": ("warning", "upozorenje", "упозорење", "предупредување", "paralajmërim"),
    "KodeksMeta": ("document facts",),
    "KodeksContents": ("toc heading", "contents heading", "naslov sadržaja", "наслов садржаја",
    "наслов на содржина"),
    "TOC1": ("toc 1",), "TOC2": ("toc 2",), "TOC3": ("toc 3",),
    "FootnoteText": ("footnote text",), "FootnoteReference": ("footnote reference",),
    "Hyperlink": ("hyperlink",),
    "Header": ("header",), "Footer": ("footer",),
}  # fmt: skip
HEADING = re.compile(
    r"(?:heading|naslov|наслов|заглавие|titulli|titull|kreu|überschrift|titre|nadpis)\s*([1-9])\Z"
)
PLAIN_TABLES = frozenset(
    {"normal table", "table normal", "table grid", "table grid light", "обична табела", "normalna tabela"}
)

WORDS_SIZE = 20
"""In half points: of a text whose file says none."""


@dataclass(frozen=True, slots=True)
class LookStyle:
    """A style of the template. ``outline`` is 0 for the outermost heading, 9 for text; ``numbered``: it
    counts by itself."""

    id: str
    name: str
    kind: str
    outline: int = NO_OUTLINE
    numbered: bool = False
    default: bool = False


@dataclass(frozen=True)
class Proposal:
    """The style for each of ours, by id; ours that have none are not in it. ``unclear``: where several would
    do, or a heading of the first levels has none."""

    styles: dict[str, str]
    unclear: tuple[str, ...]


def read_looks(root: Element | None) -> list[LookStyle]:
    """The styles of a template's ``w:styles``."""
    if root is None:
        return []
    known = read_styles(root)
    found = []
    for node in root.iterchildren(w("style")):
        style_id, name = node.get(w("styleId")) or "", ns.val(node, "name") or ""
        if not style_id or not name or len(style_id) > 250:
            continue
        kind = node.get(w("type")) or "paragraph"
        style = known.by_id[style_id]
        numbered = style.num_id is not None and style.num_id != "0"
        default = (node.get(w("default")) or "0") not in ns.OFF
        found.append(LookStyle(style_id, name, kind, style.outline, numbered, default))
    return found


def propose(styles: Sequence[LookStyle]) -> Proposal:
    """What stands for what, where a template's author follows Word's names, those of a translated Word, or
    outline levels."""
    chosen: dict[str, str] = {}
    unclear: list[str] = []
    paragraphs = [style for style in styles if style.kind == "paragraph"]
    for level, role in enumerate(HEADINGS):
        best = _heading(paragraphs, level)
        if best:
            chosen[role] = best[0].id
        if len(best) > 1 or (not best and level < 2):
            unclear.append(role)
    for role in BY_NAME:
        if named := _named(styles, role):
            chosen[role] = named
    own, grid = _tables(styles)
    if own or grid:
        chosen["TableGrid"] = (own or grid)[0].id
    if len(own) > 1:
        unclear.append("TableGrid")
    return Proposal(chosen, tuple(unclear))


def _named(styles: Sequence[LookStyle], role: str) -> str:
    """The style for a role by its name. Word's own name, which precedes, wins over one that a person gave."""
    kind = "character" if role in ("FootnoteReference", "Hyperlink") else "paragraph"
    names = BY_NAME[role]
    fitting = [s for s in styles if s.kind == kind and s.name.casefold() in names and s.outline == NO_OUTLINE]
    return min(fitting, key=lambda style: names.index(style.name.casefold())).id if fitting else ""


def _tables(styles: Sequence[LookStyle]) -> tuple[list[LookStyle], list[LookStyle]]:
    """The styles of tables that the template's author made, and Word's grid."""
    tables = [style for style in styles if style.kind == "table"]
    own = [style for style in tables if style.name.casefold() not in PLAIN_TABLES and not style.default]
    return own, [style for style in tables if style.name.casefold() == "table grid"]


def _heading(styles: Iterable[LookStyle], level: int) -> list[LookStyle]:
    """The styles that could be the heading of a level: those of the best kind of evidence."""
    named, called, levelled = [], [], []
    for style in styles:
        name = style.name.casefold().strip()
        match = HEADING.match(name)
        if name == f"heading {level + 1}":
            named.append(style)
        elif match and int(match.group(1)) == level + 1 and style.outline in (level, NO_OUTLINE):
            called.append(style)
        elif style.outline == level and not name.startswith("toc"):
            levelled.append(style)
    # A style with Word's own name that says no level (somebody's copy of it) is no better than one that says
    # it.
    return named or [s for s in called if s.outline == level] or levelled or called


def letters_of(known: Styles, style_id: str | None, table_id: str = "") -> Letters:
    """The letters of a paragraph by its style, or of one in a table of that style."""
    table = known.by_id[table_id].look if table_id in known.raw else NO_LOOK
    look = known.paragraph(style_id).look.laid_over(table).laid_over(known.default_look)
    return Letters.of((look.size or WORDS_SIZE) / 2, look.font)
