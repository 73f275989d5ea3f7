"""The names of WordprocessingML: namespaces, tags, attributes, and how its XML is parsed.

Word writes one of two sets of namespaces: "transitional" (nearly always) and "strict". :func:`parse` brings
strict to transitional, so that everything after it knows one set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from xml.parsers import expat

from lxml import etree

from documents.word.file.refusal import RefusalCode, Refused

Element = etree._Element

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
W16SE: Final = "http://schemas.microsoft.com/office/word/2015/wordml/symex"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
V: Final = "urn:schemas-microsoft-com:vml"
O: Final = "urn:schemas-microsoft-com:office:office"  # noqa: E741
C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DGM: Final = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
XML: Final = "http://www.w3.org/XML/1998/namespace"
PACKAGE_RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC: Final = "http://purl.org/dc/elements/1.1/"
DCTERMS: Final = "http://purl.org/dc/terms/"

STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/picture", PIC.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/chart", C.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/diagram", DGM.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M.encode()),
)


PREFIX: Final = f"{{{W}}}"


def w(name: str) -> str:
    """The full name of a tag or attribute in Word's main namespace."""
    return PREFIX + name


VAL: Final = w("val")
FEW: Final = 1_000
"""So many children may be in memory at once: each is an object as long as it is referenced."""
OFF: Final = frozenset({"0", "false", "off", "none"})


# Begins as nothing but UTF-8 does, and says no other encoding: there a document type declaration is written
# in these letters.
PLAINLY_UTF8 = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"'](?i:utf-8)[\"'])?"
    rb"(?: standalone=[\"'](?:yes|no)[\"'])? ?\?>)?[ \t\r\n]*<[A-Za-z]"
)


NUMBERED: Final = b"&#"
"""Begins the number of a letter: so the name of a namespace may be written, as all values."""
STRICT_NAMES: Final = b"http://purl.oclc.org/ooxml/"


# Writing one element takes the square of the namespaces declared above it: 3 s for 50,000. Where there are
# more than any program writes, those that nothing uses go, but for the prefixes that attributes name in
# words.
MANY_NAMESPACES: Final = 5_000
NAMED_PREFIXES = re.compile(
    rb"\b(?:Ignorable|Requires|MustUnderstand|ProcessContent|PreserveElements|PreserveAttributes)\s*=\s*[\"']([\w\s.:*-]*)[\"']"
)


def parse(data: bytes, part: str = "") -> Element:
    """The root element of one XML part.

    Raises :class:`Refused`: ENTITIES for a document type declaration, TOO_DEEP beyond 256 levels, BROKEN for
    what is not well-formed. Never loads anything from outside.
    """
    plain = PLAINLY_UTF8.match(data)
    if b"<!DOCTYPE" in data or not plain:
        _refuse_doctype(data, part)
    root = _parsed(_transitional(data), part)
    if not plain or NUMBERED in data:
        written = etree.tostring(root)
        if STRICT_NAMES in written:
            root = _parsed(_transitional(written), part)
    if data.count(b"xmlns:") > MANY_NAMESPACES:
        named = {
            word.decode()
            for found in NAMED_PREFIXES.finditer(data)
            for word in found[1].replace(b":", b" ").split()
        }
        etree.cleanup_namespaces(root, keep_ns_prefixes=sorted(named))
    return root


def _transitional(data: bytes) -> bytes:
    if STRICT_NAMES in data:
        for strict, transitional in STRICT:
            data = data.replace(strict, transitional)
    return data


def _parsed(data: bytes, part: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        if "xcessive depth" in str(problem):
            raise Refused(RefusalCode.TOO_DEEP, part=part) from None
        # Of memory that ran out libxml2 says nothing but its number.
        code = getattr(problem, "code", 0)
        if code == etree.ErrorTypes.ERR_NO_MEMORY or "emory" in str(problem):
            raise Refused(RefusalCode.TOO_MUCH_MEMORY, part=part) from None
        raise Refused(RefusalCode.BROKEN, part=part) from None


class _Started(Exception):
    pass


def _refuse_doctype(data: bytes, part: str) -> None:
    """Reads the prolog only, in whatever encoding it is, and refuses a document type declaration."""
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise Refused(RefusalCode.ENTITIES, part=part)

    def start(*_: object) -> None:
        raise _Started

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        for offset in range(0, len(data), 2048):
            parser.Parse(data[offset : offset + 2048], False)
    except _Started:
        return
    except (expat.ExpatError, LookupError, ValueError):
        # The last two: an encoding that is none, or one that no part of a Word file may have.
        raise Refused(RefusalCode.BROKEN, part=part) from None
    raise Refused(RefusalCode.BROKEN, part=part)


def child(element: Element | None, name: str) -> Element | None:
    """The first child with that Word name, or None."""
    return None if element is None else next(element.iterchildren(PREFIX + name), None)


def children(element: Element) -> Iterable[Element]:
    """The children to go through: taken all at once where they are few, in a fifth of the time."""
    return element[:] if len(element) <= FEW else element  # type: ignore[index]  # lxml slices, its stubs say not


def first_of(nodes: Iterable[Element], tag: str) -> Element | None:
    """The first of these elements with that full name, or None."""
    for node in nodes:
        if node.tag == tag:
            return node
    return None


def first_children(element: Element | None) -> dict[str, Element]:
    """The first child of each name, by its full name: for who asks for many."""
    found: dict[str, Element] = {}
    if element is not None:
        for node in children(element):
            found.setdefault(node.tag, node)
    return found


def val(element: Element | None, name: str) -> str | None:
    """The ``w:val`` of the first child with that Word name, or None."""
    found = child(element, name)
    return None if found is None else found.get(VAL)


def flag(element: Element | None, name: str) -> bool | None:
    """A switch such as ``w:b``: True, False, or None where it is missing."""
    found = child(element, name)
    return None if found is None else is_on(found)


def is_on(switch: Element) -> bool:
    """Whether a switch such as ``w:b`` is on: it is where it has no value."""
    return (switch.get(VAL) or "1").lower() not in OFF


def remove(node: Element) -> None:
    """Removes an element from its parent, with all its content and the text after it. Nothing where it has no
    parent."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def unwrap(node: Element, nodes: Iterable[Element] | None = None) -> None:
    """Puts what is in an element, or these elements, in its place. Nothing where it has no parent."""
    parent = node.getparent()
    if parent is None:
        return
    # One by one: to count its place among thousands in one paragraph would take as many steps for each.
    for inner in list(node if nodes is None else nodes):
        node.addprevious(inner)
    parent.remove(node)


def words(element: Element) -> str:
    """The plain words in an element, for the report."""
    return " ".join(" ".join(node.text or "" for node in element.iter(w("t"))).split())


def number(text: str | None, default: int = 0, low: int = -(2**31), high: int = 2**31 - 1) -> int:
    """An integer from an attribute, within bounds; ``default`` where there is none."""
    if text is None:
        return default
    try:
        value = int(text) if len(text) < 20 else int(float(text))
    except (ValueError, OverflowError):
        try:
            value = int(float(text))
        except (ValueError, OverflowError):
            return default
    return max(low, min(high, value))


def processed(root: Element) -> frozenset[str]:
    """The elements of foreign namespaces whose content counts as if they were not there. See
    mc:ProcessContent on the root; ECMA-376, part 3."""
    found = set()
    for named in (root.get(f"{{{MC}}}ProcessContent") or "").split():
        prefix, _, name = named.partition(":")
        if name and name != "*" and prefix in root.nsmap:
            found.add(f"{{{root.nsmap[prefix]}}}{name}")
    return frozenset(found)
