"""Addresses of what is read, on the host of the request (office or public library)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from documents.models import Edition, Instrument

AWKWARD = re.compile(r"[^\w.()-]+")


def instrument_url(instrument: Instrument, **query: str) -> str:
    """The edition in force, whichever that is on the day of reading."""
    return reverse("documents:instrument", args=[instrument.country_id, instrument.slug]) + _query(query)


def edition_url(edition: Edition, **query: str) -> str:
    """One edition, for good."""
    return reverse("documents:edition", args=_edition(edition)) + _query(query)


def section_url(edition: Edition, uid: object, **query: str) -> str:
    """One section of one edition, for good."""
    return reverse("documents:section", args=[*_edition(edition), uid]) + _query(query)


def section_in_force_url(instrument: Instrument, uid: object, **query: str) -> str:
    """A section in the edition in force, or in the newest one that has it."""
    args = [instrument.country_id, instrument.slug, uid]
    return reverse("documents:section_in_force", args=args) + _query(query)


def corrigenda_url(edition: Edition, **query: str) -> str:
    """The corrigenda of an edition."""
    return reverse("documents:corrigenda", args=_edition(edition)) + _query(query)


def corrigendum_url(edition: Edition, number: int, **query: str) -> str:
    """One corrigendum, for good."""
    return reverse("documents:corrigendum", args=[*_edition(edition), number]) + _query(query)


def section_editions_url(instrument: Instrument, uid: object, **query: str) -> str:
    """A section through all its editions."""
    args = [instrument.country_id, instrument.slug, uid]
    return reverse("documents:section_editions", args=args) + _query(query)


def dates_url(instrument: Instrument) -> str:
    """All editions by date, with the choice of a day."""
    return reverse("documents:dates", args=[instrument.country_id, instrument.slug])


def day_url(instrument: Instrument, day: date) -> str:
    """The edition that was in force on a day."""
    return reverse("documents:on", args=[instrument.country_id, instrument.slug, day])


def download_url(edition: Edition, kind: str, **query: str) -> str:
    """The file of an edition: ``kind`` is pdf, docx, html, bilingual, bilingual_docx, md, akn or json."""
    return reverse(f"documents:{kind}", args=_edition(edition)) + _query(query)


def compare_url(edition: Edition, other: int, uid: object = "", **query: str) -> str:
    """The comparison with another edition, at a section; empty on a host that shows no comparisons."""
    try:
        found = reverse("documents:compare", args=[*_edition(edition), other])
    except NoReverseMatch:
        return ""
    return found + _query(query) + (f"#s-{uid}" if uid else "")


def compared_file_url(edition: Edition, other: int, form: str = "docx", **query: str) -> str:
    """The comparison with another edition as a Word file with tracked changes, or as ``json``."""
    return reverse(f"documents:compare_{form}", args=[*_edition(edition), other]) + _query(query)


def file_url(sha256: str, name: str) -> str:
    """A file that an edition uses; the name is for the reader only."""
    return reverse("files:file", args=[sha256, AWKWARD.sub("-", name).strip("-.") or "file"])


def _edition(edition: Edition) -> list[object]:
    return [edition.instrument.country_id, edition.instrument.slug, edition.number]


def _query(query: Mapping[str, str]) -> str:
    given = {key: value for key, value in query.items() if value}
    return f"?{urlencode(given)}" if given else ""
