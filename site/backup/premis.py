"""The adoptions as PREMIS 3 events, which archives read without Kodeks."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from documents.models import AdoptionAct

NAMESPACE = "http://www.loc.gov/premis/v3"


def write(path: Path) -> None:
    """One object and one event for each adopted edition and each act that adopted it."""
    root = etree.Element(_tag("premis"), nsmap={None: NAMESPACE}, version="3.0")  # type: ignore[dict-item]
    acts = list(AdoptionAct.objects.select_related("edition__instrument").order_by("pk"))
    for act in {act.edition_id: act for act in acts}.values():
        _object(root, act)
    for act in acts:
        _event(root, act)
    etree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    child = etree.SubElement(parent, _tag(name))
    if text:
        child.text = text
    return child


def _identifier(parent: etree._Element, name: str, kind: str, value: str) -> None:
    group = _add(parent, f"{name}Identifier")
    _add(group, f"{name}IdentifierType", kind)
    _add(group, f"{name}IdentifierValue", value)


def _edition(act: AdoptionAct) -> str:
    instrument = act.edition.instrument
    return f"{instrument.country_id}/{instrument.slug}/{act.edition.number}"


def _object(root: etree._Element, act: AdoptionAct) -> None:
    thing = _add(root, "object")
    thing.set("{http://www.w3.org/2001/XMLSchema-instance}type", "intellectualEntity")
    _identifier(thing, "object", "edition", _edition(act))
    _identifier(thing, "object", "sha256", act.edition_sha256)


def _event(root: etree._Element, act: AdoptionAct) -> None:
    event = _add(root, "event")
    _identifier(event, "event", "act", str(act.pk))
    _add(event, "eventType", "adoption")
    _add(event, "eventDateTime", act.date.isoformat())
    detail = _add(event, "eventDetailInformation")
    gazette = f"; {act.gazette} {act.gazette_number}/{act.gazette_year}" if act.gazette else ""
    _add(detail, "eventDetail", f"{act.get_kind_display()} {act.number}, {act.body}{gazette}")
    linked = _add(event, "linkingObjectIdentifier")
    _add(linked, "linkingObjectIdentifierType", "edition")
    _add(linked, "linkingObjectIdentifierValue", _edition(act))
