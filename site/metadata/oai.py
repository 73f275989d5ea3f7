"""The library by OAI-PMH 2.0, with oai_repo: what this site answers to each verb.

``oai_repo`` brings a client for the network that a repository may read its data with. Nothing here uses it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.utils import parseaddr
from typing import Final
from urllib.parse import urlsplit

import oai_repo
from django.conf import settings
from django.utils import translation
from lxml import etree
from oai_repo.error import OAIErrorResponse
from oai_repo.exceptions import OAIErrorBadArgument, OAIErrorBadResumptionToken
from oai_repo.resumption import ResumptionToken

from documents.choices import Kind
from documents.exports.akoma_ntoso import as_element
from documents.exports.edition import frame_language
from documents.text.akoma_ntoso import NS as AKN
from metadata.dublin_core import OAI_DC, description, dublin_core
from metadata.records import Record, all_records
from people.models import Country
from theme.locales import native_name

ON_A_PAGE: Final = 50
TEXTS_ON_A_PAGE: Final = 5
"""Whole texts in one answer."""
DAY: Final = "YYYY-MM-DD"
FIRST_DAY: Final = date(2026, 1, 1)
"""Of a library in which nothing is public yet."""
GONE: Final = "gone"
FORMATS: Final = (
    oai_repo.MetadataFormat("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC),
    oai_repo.MetadataFormat(
        "akn",
        "http://docs.oasis-open.org/legaldocml/akn-core/v1.0/os/part2-specs/schemas/akomantoso30.xsd",
        AKN,
    ),
)
UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Identity(oai_repo.Identify):  # type: ignore[misc]  # the library has no types
    """Its address and e-mail come from the settings, which are checked when Kodeks starts."""

    def errors(self) -> list[str]:
        return []


class Library(oai_repo.DataInterface):  # type: ignore[misc]
    """The records of the library, read once for an answer."""

    def __init__(self, prefix: str = "") -> None:
        self.limit = TEXTS_ON_A_PAGE if prefix == "akn" else ON_A_PAGE
        self.records = {identifier(record): record for record in all_records()}

    def get_identify(self) -> oai_repo.Identify:
        days = [record.changed.date() for record in self.records.values()]
        return Identity(
            repository_name=settings.KODEKS_DATA_PUBLISHER,
            base_url=base_url(),
            admin_email=[parseaddr(settings.KODEKS_DATA_MAIL or settings.DEFAULT_FROM_EMAIL)[1]],
            earliest_datestamp=min(days, default=FIRST_DAY).isoformat(),
            deleted_record="persistent",
            granularity=DAY,
        )

    def is_valid_identifier(self, identifier: str) -> bool:
        return identifier in self.records

    def get_metadata_formats(self, identifier: str | None = None) -> list[oai_repo.MetadataFormat]:
        return list(FORMATS)

    def get_record_header(self, identifier: str) -> oai_repo.RecordHeader:
        record = self.records[identifier]
        return oai_repo.RecordHeader(identifier, record.changed.date().isoformat(), sets_of(record))

    def get_record_metadata(self, identifier: str, metadataprefix: str) -> etree._Element:
        record = self.records[identifier]
        if record.deleted:
            return etree.Element(GONE)  # the library would leave the record out; answer() takes this away
        if metadataprefix == "akn":
            with translation.override(frame_language(record.text)):
                return as_element(record.gathered(), record.edition)
        same = [
            other
            for other in self.records.values()
            if other.edition.pk == record.edition.pk and other.key != record.key and not other.deleted
        ]
        return dublin_core(record, same)

    def get_record_abouts(self, identifier: str) -> list[etree._Element]:
        return []

    def list_set_specs(self, identifier: str = "", cursor: int = 0) -> tuple[list[str], int, None]:
        specs = sorted({spec for record in self.records.values() for spec in sets_of(record)})
        return specs, len(specs), None

    def get_set(self, setspec: str) -> oai_repo.Set:
        group, _, value = setspec.partition(":")
        if group == "country":
            country = Country.objects.get(pk=value)
            footnote = str(country.footnote_en or "")  # type: ignore[attr-defined]
            return oai_repo.Set(setspec, str(country), [description(footnote)] if footnote else [])
        name = native_name(value) if group == "language" else str(Kind(value).label)
        return oai_repo.Set(setspec, name, [])

    def list_identifiers(
        self,
        metadataprefix: str,
        filter_from: datetime | None = None,
        filter_until: datetime | None = None,
        filter_set: str = "",
        cursor: int = 0,
    ) -> tuple[list[str], int, None]:
        if cursor < 0:
            raise OAIErrorBadResumptionToken("The resumptionToken is not one of this repository.")
        if filter_from and filter_until and filter_from > filter_until:
            raise OAIErrorBadArgument("The argument from is later than the argument until.")
        # The oldest first: what changes meanwhile goes to the end.
        found = [
            name
            for name, record in reversed(self.records.items())
            if not (filter_from and record.changed.date() < filter_from.date())
            and not (filter_until and record.changed.date() > filter_until.date())
            and not (filter_set and filter_set not in sets_of(record))
        ]
        return found[cursor : cursor + self.limit], len(found), None


def base_url() -> str:
    return f"{settings.PUBLIC_BASE_URL}/oai/"


def identifier(record: Record) -> str:
    return f"oai:{urlsplit(settings.PUBLIC_BASE_URL).hostname}:{record.key}"


def sets_of(record: Record) -> list[str]:
    instrument = record.edition.instrument
    return [f"country:{instrument.country_id}", f"kind:{instrument.kind}", f"language:{record.language}"]


def answer(given: Mapping[str, Sequence[str]]) -> bytes:
    """The answer to the arguments of a request, as XML; an error is an answer too."""
    asked = {name: values[0] for name, values in given.items()}
    with translation.override("en"):
        library = Library(_prefix(asked))
        repository = oai_repo.OAIRepository(library)
        verb = asked.get("verb", "")
        if why := _refused(given):
            response = OAIErrorResponse(repository, OAIErrorBadArgument(why))
        else:
            response = repository.process(asked)
    root = response.root()
    if response:
        root.find("request").set("verb", verb)
    _mark_deleted(root, library)
    return bytes(response)


def _refused(given: Mapping[str, Sequence[str]]) -> str:
    if any(len(values) > 1 for values in given.values()):
        return "An argument is repeated."
    if any(UNPRINTABLE.search(value) for values in given.values() for value in values):
        return "An argument has characters that XML has not."
    return ""


def _prefix(asked: Mapping[str, str]) -> str:
    """The format that is asked for, also by a token."""
    if token := asked.get("resumptionToken"):
        read = ResumptionToken()
        try:
            read.parse(token)
        except OAIErrorBadResumptionToken:
            return ""
        return str((read.args or {}).get("metadataPrefix", ""))
    return asked.get("metadataPrefix", "")


def _mark_deleted(root: etree._Element, library: Library) -> None:
    """The library knows no deleted records: their headers get their status, and no metadata."""
    for header in list(root.iter("header")):
        record = library.records[header.findtext("identifier") or ""]
        if record.deleted:
            header.set("status", "deleted")
            parent = header.getparent()
            metadata = parent.find("metadata") if parent is not None else None
            if parent is not None and metadata is not None:
                parent.remove(metadata)
