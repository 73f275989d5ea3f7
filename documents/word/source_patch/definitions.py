"""What new text in an own file needs of the other parts: styles, numbers of lists, types of content."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

from lxml import etree

from documents.word import ns
from documents.word.file.rewrite import Rewritten
from documents.word.markup import WORD_TYPE, xml_bytes
from documents.word.ns import Element, w
from documents.word.source_patch.relationships import NewRelationships
from documents.word.write.lists import ListNumbers
from documents.word.write.styles import base_styles

STYLED = (w("pStyle"), w("rStyle"), w("tblStyle"))
NUM, ABSTRACT, PICTURE = w("num"), w("abstractNum"), w("numPicBullet")


def next_number(file: Rewritten) -> int:
    """A number of a list above all that the source has."""
    part = file.related("numbering")
    nodes = file.root(part) if part else ()
    ids = (node.get(w(key)) for node in nodes for key in ("numId", "abstractNumId"))
    return 1 + max((ns.number(one, 0, 0, 2**30) for one in ids), default=0)


def add_numbers(
    file: Rewritten, numbers: ListNumbers, relations: NewRelationships, types: dict[str, str]
) -> None:
    """Puts the definitions of new lists among the source's."""
    if not numbers.nums:
        return
    part, new = file.related("numbering"), numbers.xml()
    if not part:
        types["word/numbering.xml"] = WORD_TYPE + "numbering+xml"
        relations.add("numbering", "numbering.xml")
        file.put("word/numbering.xml", xml_bytes(new))
        return
    root = file.root(part)
    first = next((at for at, node in enumerate(root) if node.tag not in (PICTURE, ABSTRACT)), len(root))
    root[first:first] = new.findall(ABSTRACT)
    last = max(at for at, node in enumerate(root) if node.tag in (NUM, ABSTRACT))
    root[last + 1 : last + 1] = new.findall(NUM)
    file.touch(part)


def add_styles(file: Rewritten, written: Iterable[Element]) -> None:
    """Puts those of our styles that what was written uses, and that the source lacks, among its own."""
    used = {node.get(ns.VAL) or "" for element in written for node in element.iter(*STYLED)}
    part = file.related("styles")
    if part is None:
        return
    own = list(file.root(part).iter(w("style")))
    here = {node.get(w("styleId")) for node in own}
    ours = {node.get(w("styleId")) or "": node for node in base_styles("").iter(w("style"))}
    default = next(
        (
            node.get(w("styleId")) or ""
            for node in own
            if node.get(w("type")) == "paragraph" and node.get(w("default")) in ("1", "true")
        ),
        "",
    )
    effects = file.related("stylesWithEffects")
    for name in sorted((used - here) & set(ours)):
        style = copy.deepcopy(ours[name])
        for tag in ("basedOn", "next", "link"):
            node = style.find(w(tag))
            if node is None or node.get(ns.VAL) in here:
                continue
            if tag == "basedOn" and default and style.get(w("type")) == "paragraph":
                node.set(ns.VAL, default)
            else:
                style.remove(node)
        for each in filter(None, (part, effects)):
            file.root(each).append(copy.deepcopy(style))
            file.touch(each)


def add_types(file: Rewritten, overrides: Mapping[str, str], extensions: Mapping[str, str]) -> None:
    """Names the types of new parts."""
    if not overrides and not extensions:
        return
    name = "[Content_Types].xml"
    root = file.root(name)
    tags = {f"{{{ns.CONTENT_TYPES}}}{kind}" for kind in ("Default", "Override")}
    here = {
        (node.get("Extension") or node.get("PartName") or "").lower() for node in root if node.tag in tags
    }
    for extension, kind in extensions.items():
        if extension.lower() not in here:
            node = etree.Element(f"{{{ns.CONTENT_TYPES}}}Default")
            node.attrib.update({"Extension": extension, "ContentType": kind})
            root.insert(0, node)
    for part, kind in overrides.items():
        if f"/{part}".lower() not in here:
            node = etree.SubElement(root, f"{{{ns.CONTENT_TYPES}}}Override")
            node.attrib.update({"PartName": f"/{part}", "ContentType": kind})
    file.touch(name)
