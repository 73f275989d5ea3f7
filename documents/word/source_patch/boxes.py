"""Text boxes hang on a paragraph of the text. Where that one goes, or is written anew, those stay whose text stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from documents.word import ns
from documents.word.ns import Element, w
from documents.word.source_patch.atoms import ALTERNATE, OBJECTS, RPR, R
from documents.word.source_patch.looks import PPR, cleaned

BOX = w("txbxContent")
FALLBACK = f"{{{ns.MC}}}Fallback"
WORD_ART = f"{{{ns.V}}}textpath"
GONE = frozenset({w("del"), w("moveFrom")})
MARKS = frozenset(
    w(name) for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd")
)


def hang_alone(paragraph: Element, staying: Collection[Element]) -> bool:
    """Leaves of a paragraph that is taken out only the text boxes that don't go with it; False where there are none.
    ``staying``: where blocks of the text stand that stay. A box whose words are a part of a list's item goes with that."""
    if paragraph.tag != w("p") or not any(_stays(box, staying) for box in paragraph.iter(BOX)):
        return False
    empty(paragraph, staying)
    look = paragraph.find(PPR)
    if look is not None:
        plain = cleaned(look, numbered=False)
        for style in plain.findall(w("pStyle")):
            plain.remove(style)
        paragraph.replace(look, plain)
    return True


def empty(paragraph: Element, staying: Collection[Element] | None = None) -> None:
    """Takes the words out of a paragraph. Its properties, bookmarks and marks of comments stay, and its boxes: all of them, or
    those in which something is ``staying``."""
    for child in list(paragraph):
        if child.tag in MARKS or child.tag == PPR:
            continue
        boxes = [] if child.tag in GONE else [box for box in child.iter(BOX) if _stays(box, staying)]
        if not boxes:
            paragraph.remove(child)
            continue
        for run in [node for node in child.iter(R) if not _in_box(node, child)]:
            for node in list(run):
                if node.tag != RPR and not (_draws(node) and any(box in boxes for box in node.iter(BOX))):
                    run.remove(node)
        for path in list(child.iter(WORD_ART)):
            _drop_word_art(path.getparent())


def drop_fallbacks(element: Element) -> None:
    """Takes out what stands for the drawings around an element in programs that can't draw them."""
    inside: Element = element
    for ancestor in element.iterancestors():
        if ancestor.tag == ALTERNATE:
            for fallback in ancestor.findall(FALLBACK):
                if fallback is not inside:
                    ancestor.remove(fallback)
        inside = ancestor


def _draws(node: Element) -> bool:
    return node.tag in OBJECTS or node.tag == ALTERNATE


def _in_box(node: Element, top: Element) -> bool:
    for ancestor in node.iterancestors():
        if ancestor is top:
            return False
        if ancestor.tag == BOX:
            return True
    return False


def _stays(box: Element, staying: Collection[Element] | None) -> bool:
    """Whether something in a box stays."""
    return any(staying is None or node in staying for node in _shown(box))


def _shown(box: Element) -> Iterator[Element]:
    """The tables of a box, and its paragraphs with words."""
    for node in box:
        if node.tag == w("tbl"):
            yield node
        elif node.tag == w("p"):
            if next(node.iter(w("t")), None) is not None:
                yield node
        else:
            yield from _shown(node)


def _drop_word_art(shape: Element | None) -> None:
    """Letters drawn as a shape are words of the paragraph, which has them anew."""
    parent = shape.getparent() if shape is not None else None
    if shape is not None and parent is not None and next(shape.iter(BOX), None) is None:
        parent.remove(shape)
