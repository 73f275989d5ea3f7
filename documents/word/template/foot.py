"""The foot that a template without one is given: the title at the left, the page's number of how many at the
right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from documents.text import shortened
from documents.word import ns
from documents.word.markup import e
from documents.word.ns import VAL, Element, w
from documents.word.read.definitions.styles import Styles, read_styles
from documents.word.template.looks import letters_of
from documents.word.template.style_parts import on_styles
from documents.word.write.frame import footer

if TYPE_CHECKING:
    from documents.word.template.write import TemplateWriter

FIXED = "\N{NO-BREAK SPACE}"
GAP = 300
"""Between the title and the numbers at least, in twentieths of a point."""


def added_foot(writer: TemplateWriter, width: int) -> Element:
    """A ``w:ftr`` for pages whose text is so wide. Nothing in it hangs on how the template's foot is laid
    out: the tab stops of its style are cleared, a stop of our own stands where the text ends, and the numbers
    stay on one line."""
    styles = read_styles(writer.styles())
    foot = footer(writer.document, blank=FIXED)
    on_styles([foot], writer.chosen, writer.template.styles, writer.numbers.silent)
    properties = next(foot.iter(w("pPr")))
    style = ns.val(properties, "pStyle") or ""
    letters = letters_of(styles, style).at_widest
    words = writer.document.words
    left = width - letters.width(f"{words.page} 888 / 888") - GAP
    title = shortened(writer.document.shown_title)
    while title and letters.width(title) > left:
        title = shortened(title, len(title) - 1)
    next(foot.iter(w("t"))).text = title
    stops = [e("tab", val="clear", pos=at) for at in _stops(styles, style) if at != width]
    stops.append(e("tab", val="right", pos=width))
    stops.sort(key=lambda stop: ns.number(stop.get(w("pos"))))
    properties.append(e("tabs", *stops))
    properties.append(e("ind", left=0, right=0, firstLine=0))
    properties.append(e("jc", val="left"))
    return foot


def _stops(styles: Styles, style_id: str) -> set[int]:
    """Where the style and those that it is based on stop a tab."""
    return {
        ns.number(stop.get(w("pos")))
        for name in styles.paragraph(style_id).chain
        for stop in _tabs(styles.raw[name])
        if stop.get(VAL) != "clear"
    }


def _tabs(style: Element) -> Iterator[Element]:
    for tabs in style.iterfind(f"{w('pPr')}/{w('tabs')}"):
        yield from tabs.iterchildren(w("tab"))
