"""The places of a template for facts about the edition: ``{{title}}``, a content control or a bookmark of
that name.

The names may be written in any language of the region. A place may be split over many runs, as Word does when
somebody has typed and corrected in it. Its words get the look of the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from documents.word.file import ns
from documents.word.file.markup import e, text_element
from documents.word.file.ns import VAL, Element, w
from documents.word.write.inlines import text_run

FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "naslov", "наслов", "titulli", "naziv", "назив"),
    "kind": ("kind", "vrsta", "врста", "вид", "lloji"),
    "institution": ("institution", "institucija", "институција", "institucioni", "organ", "орган"),
    "country": ("country", "država", "држава", "shteti"),
    "edition": ("edition", "izdanje", "издање", "издание", "botimi"),
    "state": ("state", "stanje", "стање", "состојба", "gjendja", "status", "статус", "statusi"),
    "number": ("number", "broj", "број", "numri"),
    "short state": ("short state", "kratko stanje", "кратко стање", "кратка состојба", "gjendja shkurt"),
    "date": ("date", "datum", "датум", "data"),
    "act": ("act", "akt", "акт", "akti"),
    "classification": ("classification", "klasifikacija", "класификација", "klasifikimi"),
    "notice": ("notice", "napomena", "напомена", "njoftim"),
    "check": ("check number", "kontrolni broj", "контролни број", "контролен број", "numri i kontrollit"),
    "check line": ("check line", "ред за проверку", "ред за проверка", "red za provjeru",
    "rreshti i kontrollit"),
    "address": ("address", "adresa", "адреса"),
    "contents": ("contents", "sadržaj", "садржај", "содржина", "përmbajtja"),
    "text": ("text", "tekst", "текст", "teksti"),
}  # fmt: skip
SLOTS = frozenset({"contents", "text"})
BY_NAME = {name: key for key, names in FIELDS.items() for name in names}
PLACE = re.compile(r"\{\{\s*([^{}]{1,60}?)\s*\}\}")
P, R, T, SDT = w("p"), w("r"), w("t"), w("sdt")


@dataclass
class Fields:
    """What is found in a template: the places that are known, and names in double braces that are not."""

    known: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)


def key_of(name: str) -> str:
    """The place that a name means, in whatever language it is written; empty for none."""
    plain = re.sub(r"[\s_\-]+", " ", name).strip().casefold()
    plain = plain.removeprefix("kodeks:").removeprefix("kodeks ").strip()
    return BY_NAME.get(plain, "") or BY_NAME.get(plain.rstrip("0123456789 "), "")


def find(root: Element) -> Fields:
    """The places in one part."""
    found = Fields()
    for paragraph in root.iter(P):
        for match in PLACE.finditer(_joined(paragraph)):
            key = key_of(match.group(1))
            found.known.add(key) if key else found.unknown.add(match.group(1))
    for control in root.iter(SDT):
        found.known.add(_control_key(control))
    for bookmark in root.iter(w("bookmarkStart")):
        found.known.add(key_of(bookmark.get(w("name")) or ""))
    found.known.discard("")
    return found


def fill(root: Element, values: Mapping[str, str]) -> set[str]:
    """Puts the values in their places, and gives the used ones. What has no value leaves no trace: a
    paragraph with nothing else is removed too."""
    filled: set[str] = set()
    for control in list(root.iter(SDT)):
        key = _control_key(control)
        if key and key not in SLOTS:
            _fill_control(control, values.get(key, ""))
            filled.add(key)
    for start in list(root.iter(w("bookmarkStart"))):
        key = key_of(start.get(w("name")) or "")
        if key and key not in SLOTS and _fill_bookmark(start, values.get(key, "")):
            filled.add(key)
    for paragraph in list(root.iter(P)):
        filled |= _fill_paragraph(paragraph, values)
    return {key for key in filled if values.get(key)}


def _fill_paragraph(paragraph: Element, values: Mapping[str, str]) -> set[str]:
    found = [(match, key_of(match.group(1))) for match in PLACE.finditer(_joined(paragraph))]
    places = [(match, key) for match, key in found if key not in SLOTS]
    for match, key in reversed(places):
        _replace(paragraph, match.start(), match.end(), values.get(key, "") if key else "")
    if places and not _joined(paragraph).strip(" \t–—-:·|,") and not _shows(paragraph):
        _take_away(paragraph)
    return {key for _, key in places}


def slot(root: Element, key: str) -> Element | None:
    """The paragraph (or content control) of the body where the text, or the contents, belong."""
    for control in root.iter(SDT):
        if _control_key(control) == key:
            return control
    for paragraph in root.iter(P):
        if any(key_of(match.group(1)) == key for match in PLACE.finditer(_joined(paragraph))):
            return paragraph
    for start in root.iter(w("bookmarkStart")):
        if key_of(start.get(w("name")) or "") == key:
            return next((node for node in start.iterancestors(P)), None)
    return None


def _control_key(control: Element) -> str:
    properties = control.find(w("sdtPr"))
    if properties is None:
        return ""
    for name in ("tag", "alias"):
        key = key_of(ns.val(properties, name) or "")
        if key:
            return key
    return ""


def _texts(paragraph: Element) -> list[Element]:
    """The texts of a paragraph, those of text boxes in it left out."""
    return [node for node in paragraph.iter(T) if next(node.iterancestors(P)) is paragraph]


def _joined(paragraph: Element) -> str:
    return "".join(node.text or "" for node in _texts(paragraph))


def _replace(paragraph: Element, start: int, end: int, value: str) -> None:
    """Puts the value in place of these characters, in the run of the first of them."""
    at = 0
    first = True
    for node in _texts(paragraph):
        text = node.text or ""
        a, b = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if a >= b and not (first and a < len(text)):
            continue
        node.set(f"{{{ns.XML}}}space", "preserve")
        if first:
            _set_text(node, text[:a], value, text[b:])
            first = False
        else:
            node.text = text[:a] + text[b:]


def _set_text(node: Element, before: str, value: str, after: str) -> None:
    lines = value.split("\n")
    node.text = before + lines[0] + (after if len(lines) == 1 else "")
    last = node
    for number, line in enumerate(lines[1:], 2):
        broken, text = e("br"), text_element(line + (after if number == len(lines) else ""))
        last.addnext(broken)
        broken.addnext(text)
        last = text


def _fill_control(control: Element, value: str) -> None:
    """Leaves the first paragraph or run of a content control, with the value as its words."""
    content = control.find(w("sdtContent"))
    if content is None:
        return
    paragraphs = list(content.iter(P))
    run = next(content.iter(R), None)
    look = run.find(w("rPr")) if run is not None else None
    made = text_run(value)
    if look is not None:
        for style in look.findall(w("rStyle")):
            # Word shows what is still to be filled in grey, by this style.
            if style.get(VAL) == "PlaceholderText" or (style.get(VAL) or "").lower().startswith(
                "placeholder"
            ):
                look.remove(style)
        made.insert(0, look)
    if not paragraphs:
        del content[:]
        content.append(made)
        return
    first = paragraphs[0]
    for node in list(first):
        if node.tag != w("pPr"):
            first.remove(node)
    first.append(made)
    if first.getparent() is content:
        for node in list(content):
            if node is not first:
                content.remove(node)


def _fill_bookmark(start: Element, value: str) -> bool:
    """Puts the value between the ends of a bookmark that begins and ends in one paragraph."""
    paragraph = start.getparent()
    if paragraph is None or paragraph.tag != P:
        return False
    after = list(start.itersiblings())
    ends = (at for at, node in enumerate(after) if node.tag == w("bookmarkEnd"))
    end = next((at for at in ends if after[at].get(w("id")) == start.get(w("id"))), None)
    if end is None:
        return False
    between = after[:end]
    made = text_run(value)
    runs = (node for node in (*between, *start.itersiblings(preceding=True)) if node.tag == R)
    look = next((run.find(w("rPr")) for run in runs), None)
    if look is not None:
        made.insert(0, deepcopy(look))
    for node in between:
        paragraph.remove(node)
    start.addnext(made)
    return True


def _shows(paragraph: Element) -> bool:
    """Whether a paragraph shows anything apart from words, or ends a part of the document."""
    shown = (
        w("drawing"),
        w("pict"),
        w("sectPr"),
        w("fldChar"),
        w("fldSimple"),
        w("br"),
        w("footnoteReference"),
    )
    return next(paragraph.iter(*shown), None) is not None


def _take_away(paragraph: Element) -> None:
    parent = paragraph.getparent()
    if parent is None:
        return
    if parent.tag == w("tc") and sum(1 for child in parent if child.tag == P) < 2:
        return
    if parent.tag in (w("hdr"), w("ftr"), w("txbxContent"), w("footnote")) and len(parent) < 2:
        return
    parent.remove(paragraph)
