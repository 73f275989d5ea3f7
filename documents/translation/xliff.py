"""XLIFF 2.1, the exchange format of translation tools (OASIS,
http://docs.oasis-open.org/xliff/xliff-core/v2.1/).

One file a document and language. A section is a group, named by its uid, with the hashes of its texts in the
metadata module. A slot is a unit. Marks are <pc>; breaks, notes and pictures are <ph>, by number. Reading
takes what tools make of such a file: segments split and joined, <sc>/<ec> in place of <pc>, annotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from documents.translation.codes import Piece, describe
from documents.translation.exchange import (
    MOST_ROWS,
    Exchange,
    NotReadable,
    Received,
    ReceivedFile,
    SectionUnits,
    Unit,
)

CORE = "urn:oasis:names:tc:xliff:document:2.0"
META = "urn:oasis:names:tc:xliff:metadata:2.0"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMESPACES: Any = {None: CORE, "mda": META}
SUBTYPES = {"bold": "xlf:b", "italic": "xlf:i", "underline": "xlf:u", "break": "xlf:lb"}
LIMIT = 40 * 1024 * 1024
"""The largest file that is read, in bytes."""
_C, _M = f"{{{CORE}}}", f"{{{META}}}"
_DONE = frozenset({"translated", "reviewed", "final"})
_ORDER = re.compile(r"\d{1,6}\Z")
_CODE = re.compile(r"c(\d{1,6})(?:_\d+)?\Z")


OLDER = "kodeks:older"
"""The sub-state of a text whose original was changed since: its translation is there and is not done."""


@dataclass(frozen=True)
class Notes:
    """The remark at an outdated text, in the language of the person who exports the file. ``before`` precedes
    the former words of the original."""

    older: str = ""
    before: str = ""


def write_xliff(exchange: Exchange, notes: Notes = Notes()) -> bytes:
    """The file, in UTF-8."""
    root = etree.Element(
        f"{_C}xliff",
        {"version": "2.1", "srcLang": exchange.source_tag, "trgLang": exchange.target_tag},
        nsmap=NAMESPACES,
    )
    file = etree.SubElement(root, f"{_C}file", {"id": "f1", "original": exchange.original})
    _metadata(file, {"title": exchange.title})
    for section in exchange.sections:
        _write_section(file, section, notes)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _metadata(parent: etree._Element, values: dict[str, str]) -> None:
    group = etree.SubElement(
        etree.SubElement(parent, f"{_M}metadata"), f"{_M}metaGroup", {"category": "kodeks"}
    )
    for kind, value in values.items():
        etree.SubElement(group, f"{_M}meta", {"type": kind}).text = value


def _write_section(file: etree._Element, section: SectionUnits, notes: Notes) -> None:
    name = f"{section.label} {section.heading}".strip()
    group = etree.SubElement(file, f"{_C}group", {"id": f"s-{section.uid}", "name": name[:400]})
    _metadata(group, {"source-hash": section.source_hash, "target-hash": section.target_hash})
    for unit in section.units:
        _write_unit(group, section, unit, notes)


def _write_unit(group: etree._Element, section: SectionUnits, unit: Unit, notes: Notes) -> None:
    node = etree.SubElement(
        group, f"{_C}unit", {"id": f"{section.uid}.{unit.name}", "name": unit.name, XML_SPACE: "preserve"}
    )
    if unit.older and notes.older:
        remark = notes.older + (f" {notes.before} {unit.former_words}" if unit.former_words else "")
        written = etree.SubElement(node, f"{_C}notes")
        etree.SubElement(written, f"{_C}note", {"category": "kodeks:older"}).text = remark
    if unit.codes.values:
        data = etree.SubElement(node, f"{_C}originalData")
        for number, value in enumerate(unit.codes.values, 1):
            etree.SubElement(data, f"{_C}data", {"id": f"d{number}"}).text = describe(value)
    # A tool shows an older text among those that are to be done, with the translation that it had.
    state = {"state": "translated"} if unit.done else {"state": "initial"}
    segment = etree.SubElement(
        node, f"{_C}segment", {"id": "1", **state, **({"subState": OLDER} if unit.older else {})}
    )
    _write_pieces(etree.SubElement(segment, f"{_C}source"), unit.source_pieces, unit)
    if unit.target:
        _write_pieces(etree.SubElement(segment, f"{_C}target"), unit.target_pieces, unit)


def _write_pieces(parent: etree._Element, pieces: list[Piece], unit: Unit) -> None:
    here, last = [parent], None
    for piece in pieces:
        if piece.kind == "text":
            if last is None:
                here[-1].text = (here[-1].text or "") + piece.text
            else:
                last.tail = (last.tail or "") + piece.text
        elif piece.kind == "close":
            last = here.pop()
        else:
            kind = unit.codes.values[piece.number - 1]["type"]
            attributes = {"id": f"c{piece.number}"}
            if kind in SUBTYPES:
                attributes |= {"type": "fmt", "subType": SUBTYPES[kind]}
            elif kind in ("link", "image"):
                attributes["type"] = kind
            else:
                attributes |= {"type": "other", "subType": f"kodeks:{kind}"}
            pair = piece.kind == "open"
            attributes["dataRefStart" if pair else "dataRef"] = f"d{piece.number}"
            if kind == "break":
                attributes["equiv"] = "\n"
            node = etree.SubElement(here[-1], f"{_C}{'pc' if pair else 'ph'}", attributes)
            if pair:
                here.append(node)
                last = None
            else:
                last = node


def read_xliff(data: bytes) -> ReceivedFile:
    """The returned texts. Raises NotReadable; entities and document type declarations are refused, nothing is
    fetched."""
    root = _root(data)
    files = root.findall(f"{_C}file")
    if len(files) != 1:
        raise NotReadable("kind")
    sections: dict[str, Received] = {}
    for group in files[0].iter(f"{_C}group"):
        received = _read_group(group)
        if received.uid in sections:
            raise NotReadable("twice", received.uid)
        sections[received.uid] = received
    return ReceivedFile(
        files[0].get("original") or "",
        root.get("srcLang") or "",
        root.get("trgLang") or "",
        tuple(sections.values()),
    )


def _root(data: bytes) -> etree._Element:
    """The root of an XLIFF 2 file within limits."""
    if len(data) > LIMIT or data.count(b"<group") + data.count(b"<unit") > MOST_ROWS:
        raise NotReadable("too_big")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise NotReadable("broken", str(problem)[:200]) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotReadable("broken", "DOCTYPE")
    if etree.QName(root).localname != "xliff":
        raise NotReadable("kind")
    if root.tag != f"{_C}xliff" or not (root.get("version") or "").startswith("2."):
        raise NotReadable("version", (root.get("version") or "?")[:20])
    return root


def _read_group(group: etree._Element) -> Received:
    uid = (group.get("id") or "").removeprefix("s-")
    state = {
        meta.get("type"): meta.text or ""
        for meta in group.iterfind(f"{_M}metadata/{_M}metaGroup[@category='kodeks']/{_M}meta")
    }
    if "source-hash" not in state:
        raise NotReadable("no_state", uid[:60])
    units: dict[str, Sequence[Piece]] = {}
    for unit in group.iterfind(f"{_C}unit"):
        name = (unit.get("id") or "").removeprefix(f"{uid}.")
        if name in units:
            raise NotReadable("twice", f"{uid}.{name}"[:120])
        states = {segment.get("state") in _DONE for segment in unit.iterfind(f"{_C}segment")}
        if len(states) > 1:
            continue  # split by a program, and some of it is not translated yet
        pieces = list(_unit_pieces(unit))
        if any(piece.kind == "text" and piece.text.strip() for piece in pieces):
            units[name] = pieces
    return Received(uid, state["source-hash"], state.get("target-hash", ""), units)


def _unit_pieces(unit: etree._Element) -> Iterator[Piece]:
    """The targets of a unit's segments, one after the other. A segment without one leaves the unit
    unfinished."""
    targets: list[tuple[int, etree._Element]] = []
    for part in unit:
        found = part.find(f"{_C}target")
        if part.tag == f"{_C}segment":
            if found is None:
                return
        elif part.tag == f"{_C}ignorable":
            found = part.find(f"{_C}source") if found is None else found
        else:
            continue
        if found is not None:
            order = _ORDER.match(found.get("order") or "")
            targets.append((int(order[0]) if order else len(targets) + 1, found))
    targets.sort(key=lambda pair: pair[0])
    for _, target in targets:
        yield from _pieces(target, {})


def _pieces(node: etree._Element, started: dict[str, int]) -> Iterator[Piece]:
    if node.text:
        yield Piece("text", text=node.text)
    for child in node:
        kind = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if kind == "pc":
            number = _number(child.get("id"))
            yield Piece("open", number=number)
            yield from _pieces(child, started)
            yield Piece("close", number=number)
        elif kind == "ph":
            yield Piece("single", number=_number(child.get("id")))
        elif kind == "sc":
            started[child.get("id") or ""] = number = _number(child.get("id"))
            yield Piece("open", number=number)
        elif kind == "ec":
            reference = child.get("startRef") or child.get("id") or ""
            yield Piece("close", number=started.get(reference) or _number(reference))
        elif kind == "mrk":
            yield from _pieces(child, started)
        if child.tail:
            yield Piece("text", text=child.tail)


def _number(identifier: str | None) -> int:
    """The number of a code; 0, which stands for nothing, where it is none of ours."""
    found = _CODE.match(identifier or "")
    return int(found[1]) if found else 0
