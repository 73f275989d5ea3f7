"""A public text as unqualified Dublin Core, in the form that every harvester reads (oai_dc)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.utils import translation
from lxml import etree
from oai_repo import NSMAP_OAIDC, OAIDC_SCHEMA

from documents.choices import Topic
from documents.display.acts import describe_gazette
from documents.models import AdoptionAct
from metadata.records import Record

DC = str(NSMAP_OAIDC["dc"], "ascii")
OAI_DC = str(NSMAP_OAIDC["oai_dc"], "ascii")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


Value = tuple[str, str, str]
"""Name, text and language of an element."""


def dublin_core(record: Record, others: Sequence[Record]) -> etree._Element:
    """``others``: the same edition in other languages. Names stand in English."""
    with translation.override("en"):
        return _element(_values(record, others))


def description(text: str) -> etree._Element:
    """A sentence about a set."""
    return _element([("description", text, "en")])


def _element(values: Iterable[Value]) -> etree._Element:
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap=NSMAP_OAIDC)
    root.set(*OAIDC_SCHEMA)
    for name, text, language in values:
        if text:
            element = etree.SubElement(root, f"{{{DC}}}{name}")
            element.text = text
            if language:
                element.set(XML_LANG, language)
    return root


def _values(record: Record, others: Sequence[Record]) -> Iterator[Value]:
    edition, instrument = record.edition, record.edition.instrument
    yield "title", record.title, record.html_lang
    yield "creator", str(instrument.owner), ""
    for topic in instrument.topics:
        yield "subject", str(Topic(topic).label), "en"
    yield "description", f"{edition.get_state_display()}. Edition {edition.number}.", "en"
    if instrument.demonstration:
        yield "description", "Demonstration example. This is not a regulation in force.", "en"
    if footnote := str(instrument.country.footnote_en or ""):
        yield "description", footnote, "en"
    yield "publisher", settings.KODEKS_DATA_PUBLISHER, ""
    if edition.valid_from:
        yield "date", edition.valid_from.isoformat(), ""
    yield "type", "Text", ""
    yield "type", instrument.get_kind_display(), "en"
    for form in ("text/html", "application/pdf", "application/akn+xml"):
        yield "format", form, ""
    yield "identifier", record.address, ""
    for act in AdoptionAct.objects.filter(edition=edition).exclude(gazette=""):
        yield "source", describe_gazette(act.gazette, act.gazette_number, act.gazette_year), ""
    yield "language", record.html_lang, ""
    for other in others:
        yield "relation", other.address, ""
    yield "coverage", str(instrument.country), ""
    yield "rights", f"{settings.KODEKS_DATA_LICENCE} {settings.KODEKS_DATA_LICENCE_URL}", ""
