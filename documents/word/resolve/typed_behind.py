"""A paragraph behind whose words somebody typed others keeps its own look where these are refused.

The look of a paragraph is in its end, and the original end follows the text typed last. Word records it where
somebody gives that another look; LibreOffice does not. So an item would be a paragraph, and a heading text,
once the words typed after it are refused. The former look of the paragraph is in itself: the inserted end has
its look.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from documents.word.file.package import Package
from documents.word.markup import e
from documents.word.ns import Element, child, w

HOLDERS = (w("body"), w("sdtContent"), w("tc"))
OWN = frozenset((w("rPr"), w("sectPr"), w("pPrChange")))
"""What a paragraph's end has apart from its look."""
PUT_IN = (w("ins"), w("moveTo"))


def keep_looks(package: Package) -> None:
    """For a file whose changes will be refused. Gives the ends that stay the look of their future
    paragraphs."""
    body = package.xml(package.main)
    changed = [_give_look(first, last) for first, last in list(_typed_behind(body))]
    if any(changed):
        # For who reads the part's bytes too.
        package.xml_parts[package.main] = etree.tostring(body, encoding="UTF-8", xml_declaration=True)


def _typed_behind(body: Element) -> Iterator[tuple[Element, Element]]:
    """The paragraphs with an inserted end, each with the last of those typed after it, whose end stays."""
    for holder in body.iter(*HOLDERS):
        first: Element | None = None
        last: Element | None = None
        for block in (*holder, None):
            if block is not None and block.tag in (w("bookmarkStart"), w("bookmarkEnd")):
                continue
            if block is not None and block.tag == w("p"):
                typed, ends = _typed(block), _end_put_in(block)
                if first is not None and typed:
                    last = block
                    if ends:
                        continue
                stays = last is block
            else:
                # At the end of a text and before a table, the end of the last of them stays too.
                typed, ends, stays = False, False, True
            if first is not None and last is not None and stays:
                yield first, last
            first, last = (block if ends and not typed else None), None


def _give_look(first: Element, last: Element) -> bool:
    """Whether that was another look."""
    old, new = child(first, "pPr"), child(last, "pPr")
    if any(child(properties, "pPrChange") is not None for properties in (old, new)):
        return False
    look, other = (_look(properties) for properties in (old, new))
    if [etree.tostring(node) for node in look] == [etree.tostring(node) for node in other]:
        return False
    if new is None:
        new = e("pPr")
        last.insert(0, new)
    for node in other:
        new.remove(node)
    for at, node in enumerate(look):
        new.insert(at, deepcopy(node))
    return True


def _look(properties: Element | None) -> list[Element]:
    return [node for node in properties if node.tag not in OWN] if properties is not None else []


def _end_put_in(paragraph: Element) -> bool:
    mark = child(child(paragraph, "pPr"), "rPr")
    return any(child(mark, tag.rpartition("}")[2]) is not None for tag in PUT_IN)


def _typed(paragraph: Element) -> bool:
    """Whether all of its content was inserted."""
    return all(any(above.tag in PUT_IN for above in run.iterancestors()) for run in paragraph.iter(w("r")))
