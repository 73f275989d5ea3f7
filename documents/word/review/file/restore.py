"""What other editors change in a file that Kodeks wrote whole, put back before it is read.

LibreOffice renames styles by the names that people see ("Number" for our ``KodeksLabel``). It drops the
content controls around steps and boxes. The names are ours, and each step and box has a bookmark over it,
which it keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from documents.word.body.bookmarks import AT, BOX, UID, uid_of
from documents.word.file.markup import e, ensured
from documents.word.file.ns import VAL, Element, child, unwrap, val, w
from documents.word.file.package import Package
from documents.word.review.file.places import goes
from documents.word.write.styles import base_styles

TAGS = {"step": "kodeks:step", "callout": "kodeks:callout", "warn": "kodeks:callout:warn"}
TEXT = frozenset({"Normal", "BodyText", "Standard", "TextBody"})
"""The styles of plain paragraphs, as Word and LibreOffice name them."""
JOINER = "\u200d"
WHOLE = re.compile(r"kodeks_at_")
REFERENCES = tuple(w(name) for name in ("pStyle", "rStyle", "basedOn", "next", "link"))


def restore(package: Package) -> frozenset[str]:
    """Changes the parsed parts of a file that Kodeks wrote whole, and changed rows in every one. Gives the
    uids of the sections whose heading somebody made text. The section is still read with its heading."""
    body = package.xml(package.main)
    _drop_row_signs(body)
    names = {node.get(w("name")) or "" for node in body.iter(w("bookmarkStart"))}
    if not any(WHOLE.match(name) for name in names):
        return frozenset()
    styles = package.needed_xml(package.main, "styles")
    if styles is not None:
        _restore_styles(styles, [body, styles, *_notes(package)])
    made_text = frozenset(_restore_headings(body))
    if any(BOX.match(name) for name in names):
        _restore_boxes(body)
    return made_text


def _notes(package: Package) -> list[Element]:
    roots = (package.needed_xml(package.main, kind) for kind in ("footnotes", "endnotes"))
    return [root for root in roots if root is not None]


def _drop_row_signs(body: Element) -> None:
    """LibreOffice hangs the change of a row on a joiner, which is no part of the words."""
    for row in body.iter(w("tr")):
        properties = child(row, "trPr")
        if child(properties, "ins") is not None or child(properties, "del") is not None:
            for node in row.iter(w("t"), w("delText")):
                node.text = (node.text or "").replace(JOINER, "")


@cache
def our_styles() -> dict[str, str]:
    """The ids of the styles that only Kodeks has, by the name that people see."""
    found = {}
    for style in base_styles("en").iterchildren(w("style")):
        style_id = style.get(w("styleId")) or ""
        if style_id.startswith("Kodeks"):
            found[val(style, "name") or ""] = style_id
    return found


def _restore_styles(styles: Element, roots: list[Element]) -> None:
    known = {style.get(w("styleId")) for style in styles.iterchildren(w("style"))}
    renamed: dict[str, str] = {}
    for style in styles.iterchildren(w("style")):
        ours = our_styles().get(val(style, "name") or "")
        if ours and ours not in known:
            renamed[style.get(w("styleId")) or ""] = ours
            style.set(w("styleId"), ours)
    for root in roots if renamed else ():
        for node in root.iter(*REFERENCES):
            node.set(VAL, renamed.get(node.get(VAL) or "", node.get(VAL) or ""))


def _restore_headings(body: Element) -> Iterator[str]:
    """Gives headings that look like text their look again; gives the uids of those that somebody made
    text."""
    for start in body.iter(w("bookmarkStart")):
        match, paragraph = AT.match(start.get(w("name")) or ""), start.getparent()
        if match is None or paragraph is None or paragraph.tag != w("p") or not _looks_like_text(paragraph):
            continue
        yield uid_of(node.get(w("name")) or "" for node in paragraph.iterchildren(w("bookmarkStart")))
        properties = ensured(paragraph, "pPr")
        if (style := child(properties, "pStyle")) is not None:
            properties.remove(style)
        properties.insert(0, e("pStyle", val=f"Heading{min(int(match.group(2)), 9)}"))


def _looks_like_text(paragraph: Element) -> bool:
    """Whether words that stay, in our bookmark, have the style of text."""
    properties = child(paragraph, "pPr")
    if (val(properties, "pStyle") or "Normal") not in TEXT or child(properties, "outlineLvl") is not None:
        return False
    return not goes(paragraph) and _spans_words(paragraph)


def _spans_words(paragraph: Element) -> bool:
    """Whether the bookmark of a section covers words, as it does in a heading. Without one it is a place."""
    for start in paragraph.iterchildren(w("bookmarkStart")):
        if UID.match(start.get(w("name")) or ""):
            for node in start.itersiblings():
                if node.tag == w("bookmarkEnd") and node.get(w("id")) == start.get(w("id")):
                    return False
                if next(node.iter(w("t")), None) is not None:
                    return True
    return False


def _restore_boxes(body: Element) -> None:
    ends = {node.get(w("id")): node for node in body.iter(w("bookmarkEnd"))}
    starts: dict[str, list[Element]] = {}
    for start in body.iter(w("bookmarkStart")):
        starts.setdefault(start.get(w("name")) or "", []).append(start)
    for name, found in starts.items():
        match = BOX.match(name)
        # LibreOffice may begin a bookmark over several paragraphs twice, and end it once.
        end = next((ends[key] for one in reversed(found) if (key := one.get(w("id"))) in ends), None)
        if match is not None and end is not None:
            first, last = _block(found[0]), _block(end)
            if first is not None and last is not None:
                _hold(first, last, TAGS[match.group(1)])


def _hold(first: Element, last: Element, tag: str) -> None:
    """Puts blocks from one to another into a content control, where they are in none."""
    if first.getparent() is not last.getparent():
        # LibreOffice keeps the control round the last paragraph alone.
        for block in (first, last):
            _unwrap(block)
    holder = first.getparent()
    if holder is None or last.getparent() is not holder or _control(first) is not None:
        return
    blocks = list(holder)[holder.index(first) : holder.index(last) + 1]
    if blocks:
        control = e("sdt", e("sdtPr", e("tag", val=tag)), e("sdtContent"))
        first.addprevious(control)
        control[1].extend(blocks)


def _control(block: Element) -> Element | None:
    """The content control of ours right around a block."""
    holder = block.getparent()
    found = holder.getparent() if holder is not None and holder.tag == w("sdtContent") else None
    ours = (val(child(found, "sdtPr"), "tag") or "").startswith("kodeks:")
    return found if ours else None


def _unwrap(block: Element) -> None:
    control, content = _control(block), block.getparent()
    if control is not None and content is not None:
        unwrap(control, content)


def _block(node: Element) -> Element | None:
    """The paragraph of a bookmark's end; where the end is between blocks, the one next to it."""
    parent = node.getparent()
    if parent is None:
        return None
    if parent.tag == w("p"):
        return parent
    near = node.getnext() if node.tag == w("bookmarkStart") else node.getprevious()
    return near if near is not None and near.tag in (w("p"), w("tbl")) else None
