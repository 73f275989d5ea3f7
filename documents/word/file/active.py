"""What in a Word file fetches, starts or runs something when it is opened: it is found and taken out.

What such a field shows stays as text. A link to another place stays a link, which somebody must click.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from documents.word.file import ns
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.file.ns import Element, w
from documents.word.file.package import Package
from documents.word.file.refusal import Refused
from documents.word.file.rewrite import Rewritten

FIELDS = frozenset(
    ("DATABASE", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD")
)
ELEMENTS = (w("altChunk"), w("control"), w("mailMerge"), w("subDoc"))
"""Files put in as a whole, programs of a form, sources of data, parts of a master document."""
MARK, SIMPLE = w("fldChar"), w("fldSimple")
INSTRUCTIONS = (w("instrText"), w("delInstrText"))
STORIES = tuple(map(w, ("txbxContent", "footnote", "endnote", "comment")))
"""A field ends in the text in which it begins."""
FETCHED = ("src", f"{{{ns.O}}}href", f"{{{ns.O}}}althref")
"""Of a drawing: where its picture is fetched from."""
MAY_BE = re.compile(
    rb"nstrText|fldSimple|mailMerge|altChunk|subDoc|[:<]control\b|urn:schemas-microsoft-com:vml"
)
NAME = re.compile(r'[\s"“”„\\]*([^\s"“”„]*)')
NESTED = "\0"
NOWHERE = "NULL"
"""What Word itself writes for a link that leads nowhere."""


def remove_active(package: Package, root_of: Callable[[str], Element]) -> dict[str, list[str]]:
    """Takes out of the roots what is active; gives what it was for each part that changed. Raises Refused
    where a part of the text cannot be read."""
    found: dict[str, list[str]] = {}
    for name in package.members:
        if name.lower().endswith(".rels"):
            names = list(_unlink(root_of(name)))
        elif _may_be_active(package, name):
            try:
                names = list(_remove(root_of(name)))
            except Refused:
                if "wordprocessingml" in package.content_type(name):
                    raise
                continue
        else:
            continue
        if names:
            found[name] = names
    return found


def without_active(data: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The same file without what is active in it; the same bytes where nothing is. Raises Refused."""
    package = open_package(data, limits)
    file = Rewritten(package)
    found = remove_active(package, file.root)
    for name in found:
        file.touch(name)
    return file.to_bytes() if found else data


def _may_be_active(package: Package, name: str) -> bool:
    if not name.lower().endswith(".xml") and not package.content_type(name).endswith("xml"):
        return False
    data = package.read(name)
    return bool(MAY_BE.search(data)) or ns.NUMBERED in data or not ns.PLAINLY_UTF8.match(data)


def _unlink(relations: Element) -> Iterator[str]:
    for node in relations.iter(f"{{{ns.PACKAGE_RELS}}}Relationship"):
        kind = (node.get("Type") or "").rstrip("/").rsplit("/", 1)[-1]
        external = (node.get("TargetMode") or "").lower() == "external"
        if external and kind != "hyperlink" and node.get("Target") != NOWHERE:
            node.set("Target", NOWHERE)
            yield kind


def _remove(root: Element) -> Iterator[str]:
    for node in list(root.iter(*ELEMENTS)):
        yield node.tag.rpartition("}")[2]
        ns.remove(node)
    for node in root.iter(f"{{{ns.V}}}*"):
        for name in FETCHED:
            if name in node.attrib:
                del node.attrib[name]
                yield name.rpartition("}")[2]
    for node in list(root.iter(SIMPLE)):
        if name := _active(node.get(w("instr")) or ""):
            yield name
            ns.unwrap(node)
    for opened in _fields(root):
        names = [_active(opened.instruction), *(_active(_all_of(node)) for node in opened.texts)]
        if name := next(filter(None, names), ""):
            yield name
            for node in (*opened.marks, *opened.texts):
                ns.remove(node)


@dataclass
class _Field:
    marks: list[Element]
    texts: list[Element] = field(default_factory=list)
    """The elements of its instruction, without those of fields within it."""
    instruction: str = ""
    shows: bool = False


def _fields(root: Element) -> list[_Field]:
    """The fields of a part with marks for beginning and end; also those without an end, and lone
    instructions."""
    opened: dict[Element | None, list[_Field]] = {}
    found: list[_Field] = []
    for node in root.iter(MARK, *INSTRUCTIONS):
        here = opened.setdefault(next(node.iterancestors(*STORIES), None), [])
        kind = node.get(w("fldCharType"))
        if node.tag != MARK:
            if not here or here[-1].shows:
                found.append(_Field([], [node], _all_of(node)))
                continue
            here[-1].texts.append(node)
            here[-1].instruction += _all_of(node)
        elif kind == "begin":
            if here and not here[-1].shows:
                here[-1].instruction += NESTED
            here.append(_Field([node]))
            found.append(here[-1])
        elif here:
            here[-1].marks.append(node)
            here[-1].shows = True
            if kind == "end":
                here.pop()
    return found


def _all_of(instruction: Element) -> str:
    """The text of an instruction, also that in elements within it."""
    return "".join(map(str, instruction.itertext()))


def _active(instruction: str) -> str:
    """The name of the field where it is active, or made by another field; else an empty text. Signs that
    nobody sees are no part of a name, and a backslash before it or in it hides none."""
    if not instruction.isascii():
        instruction = "".join(sign for sign in instruction if unicodedata.category(sign) != "Cf")
    match = NAME.match(instruction)
    word = match[1].upper() if match else ""
    for name in (word.partition("\\")[0], word.replace("\\", "")):
        if NESTED in name:
            return name.replace(NESTED, "{}")
        if name in FIELDS:
            return name
    return ""
