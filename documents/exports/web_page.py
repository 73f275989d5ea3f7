"""An edition as one self-contained HTML file: for archives, mail and reading without a network.

Styles and pictures are in the file. There is no script in it, and its own policy lets it fetch nothing. With
a second language it is the edition for readers in two columns, section by section.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from documents.display.labels import labels
from documents.exports.edition import EditionFile
from documents.exports.pdf import depths
from documents.text import Section
from documents.text.contents_depth import contents_depth, has_heading, is_clause, is_listed
from documents.text.extraction import picture_uses
from documents.text.html import render_body, render_heading
from documents.text.html_context import SHOWN_IMAGES, Context, File
from theme import locales

STYLES = Path(__file__).with_name("web_page.css")
MOST_PICTURES = 80_000_000
"""Characters of pictures in one file. A picture beyond them leaves its description, as a missing one does. A
logo in each of a thousand cells must not make a file that no browser opens."""


@dataclass(frozen=True, slots=True)
class Side:
    """A section in one of the file's languages."""

    heading: SafeString
    body: SafeString
    remark: str
    lang: str
    direction: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the file shows it: in one language, or in two side by side."""

    uid: str
    depth: int
    name: str
    in_contents: bool
    sides: tuple[Side, ...]


def make_html(file: EditionFile, second: EditionFile | None = None) -> bytes:
    """The bytes of the .html: in the language of ``file``, with that of ``second`` in a second column.

    Both are of the same edition. The frame speaks the language that is active.
    """
    files = [file, *([second] if second else [])]
    parts = list(_parts(files))
    values = {
        "file": file,
        "files": [(one, locales.html_lang(one.tag), locales.direction(one.tag)) for one in files],
        "lang": locales.html_lang(file.tag),
        "dir": locales.direction(file.tag),
        "check": "  ".join(file.check),
        "css": mark_safe(STYLES.read_text("utf-8")),  # noqa: S308 (a file of ours)
        "parts": parts,
        "listed": any(part.in_contents for part in parts),
    }
    return render_to_string("documents/exports/edition.html", values).encode()


def _parts(files: Sequence[EditionFile]) -> Iterator[Part]:
    """Every section of the first file, each with the same one of the second where that has it."""
    first = files[0]
    contexts = [_context(file, _pictures(file, len(files))) for file in files]
    deep = depths(first)
    deepest = contents_depth(first.tree.sections, deep)
    for number, (section, depth) in enumerate(zip(first.tree, deep, strict=True), start=1):
        sides = []
        for letter, file, context in zip("ab", files, contexts, strict=False):
            found = file.tree.by_uid.get(section.uid)
            if found is not None:
                sides.append(_side(file, found, depth, context.with_prefix(f"{letter}{number}-")))
        name = f"{section.text.label} {section.text.heading}".strip()
        listed = depth <= deepest and is_listed(section)
        yield Part(section.uid, depth, name, listed, tuple(sides))


def _side(file: EditionFile, section: Section, depth: int, context: Context) -> Side:
    original = section.uid in file.untranslated
    tag = file.source_tag if original else file.tag
    return Side(
        heading=_heading(section, depth, context),
        body=mark_safe(render_body(section.text.body, context)),  # noqa: S308 (render_body escapes)
        remark=file.remark if original else "",
        lang=locales.html_lang(tag),
        direction=locales.direction(tag),
    )


def _heading(section: Section, depth: int, context: Context) -> SafeString:
    """The heading with its number. HTML has six levels, the first is the title's; what is deeper says so by
    ARIA."""
    words_of = mark_safe(render_heading(section.text.body, context))  # noqa: S308 (render_heading escapes)
    label = section.text.label
    number = format_html('<span class="no">{}</span> ', label) if label else ""
    if not has_heading(section):
        return SafeString("")
    level = min(depth + 1, 6)
    deeper = format_html(' aria-level="{}"', depth + 1) if depth + 1 > level else ""
    inner = number if number and not words_of else words_of
    shown = format_html("{}{}", number, words_of) if number and words_of else inner
    clause = mark_safe(' class="clause"') if is_clause(section) else ""
    return format_html("<h{}{}{}>{}</h{}>", level, clause, deeper, shown, level)


def _context(file: EditionFile, files: Mapping[str, File]) -> Context:
    known = {section.uid for section in file.tree}
    with translation.override(file.tag):
        words = labels()
    return Context(
        words=words,
        section_url=lambda uid: f"#s-{uid}" if uid in known else "",
        files=files,
        lazy=False,
    )


def _pictures(file: EditionFile, files: int) -> dict[str, File]:
    """Where each picture is: in the very address. Those that take least come first, until there is no more
    room."""
    uses: Counter[str] = Counter()
    for section in file.tree:
        uses.update(picture_uses(section.text.body))
    room = MOST_PICTURES // files
    found: dict[str, File] = {}
    takes: list[tuple[int, str, Any]] = sorted(
        ((len(picture.data) * 4 // 3 + 4) * uses[sha256], sha256, picture)
        for sha256, picture in file.pictures.items()
        if picture.content_type in SHOWN_IMAGES and uses[sha256]
    )
    for size, sha256, picture in takes:
        if size > room:
            break
        room -= size
        data = base64.b64encode(picture.data).decode()
        found[sha256] = File(f"data:{picture.content_type};base64,{data}", picture.content_type)
    return found
