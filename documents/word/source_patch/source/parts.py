"""What new text in a source file needs of its other parts: relationships, numbers of lists, styles, types."""

from __future__ import annotations

import copy
from collections.abc import Container, Iterable, Mapping

from lxml import etree

from documents.word.file import ns
from documents.word.file.markup import RELATION, WORD_TYPE, Relations, xml_bytes
from documents.word.file.ns import Element, w
from documents.word.file.rewrite import TYPES, Rewritten
from documents.word.write.lists import ListNumbers
from documents.word.write.styles import base_styles

STYLED = (w("pStyle"), w("rStyle"), w("tblStyle"))
NUM, ABSTRACT, PICTURE = w("num"), w("abstractNum"), w("numPicBullet")


class AddedRelationships(Relations):
    """Those of a part of the source, to which others are added."""

    def __init__(self, file: Rewritten, part: str) -> None:
        super().__init__()
        self.file, self.part = file, part

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id for a target, the same for the same target."""
        if not external and not self.part.startswith("word/"):
            target = f"/word/{target}"
        return self.file.relate(self.part, RELATION + kind, target, external=external)


def next_number(file: Rewritten) -> int:
    """A number of a list above all that the source has."""
    part = file.related("numbering")
    nodes = file.root(part) if part else ()
    ids = (node.get(w(key)) for node in nodes for key in ("numId", "abstractNumId"))
    return 1 + max((ns.number(one, 0, 0, 2**30) for one in ids), default=0)


def add_numbers(
    file: Rewritten, numbers: ListNumbers, relations: AddedRelationships, types: dict[str, str]
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
    """Puts those of our styles that new text uses, and that the source lacks, among its own."""
    parts = [part for part in (file.related("styles"), file.related("stylesWithEffects")) if part]
    if not parts:
        return
    own = {node.get(w("styleId")): node for node in file.root(parts[0]).iter(w("style"))}
    default = next((name or "" for name, node in own.items() if _is_default(node)), "")
    used = {node.get(ns.VAL) or "" for element in written for node in element.iter(*STYLED)}
    for style in base_styles("").iter(w("style")):
        if style.get(w("styleId")) in used - own.keys():
            _link_to(style, own, default)
            for part in parts:
                file.root(part).append(copy.deepcopy(style))
                file.touch(part)


def _link_to(style: Element, known: Container[str | None], default: str) -> None:
    """Has a style lead only to others that the file has."""
    for node in [node for node in style if node.tag in map(w, ("basedOn", "next", "link"))]:
        if node.get(ns.VAL) in known:
            continue
        if node.tag == w("basedOn") and default and style.get(w("type")) == "paragraph":
            node.set(ns.VAL, default)
        else:
            style.remove(node)


def _is_default(style: Element) -> bool:
    return style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true")


def add_types(file: Rewritten, overrides: Mapping[str, str], extensions: Mapping[str, str]) -> None:
    """Names the types of new parts."""
    root = file.root(TYPES)
    known = {(node.get("Extension") or node.get("PartName") or "").lower() for node in root.iter("{*}*")}
    for extension, kind in extensions.items():
        if extension.lower() not in known:
            default = {"Extension": extension, "ContentType": kind}
            root.insert(0, etree.Element(f"{{{ns.CONTENT_TYPES}}}Default", default))
            file.touch(TYPES)
    for part, kind in overrides.items():
        if f"/{part}".lower() not in known:
            file.name_type(part, kind)
