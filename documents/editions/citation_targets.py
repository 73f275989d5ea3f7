"""From what a text cites to what Kodeks holds: the document, its section, and whether that still holds.

A number is read in the edition that was in force when the citing text was adopted. So a renumbered section is
still found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.conf import settings
from django.utils import timezone

from documents.choices import ADOPTED, Classification, State
from documents.citations import Cited, Labelled, Name, Names, section_for
from documents.citations.find import GAZETTE
from documents.editions.text_storage import load_outline
from documents.models import AdoptionAct, Broken, Edition, Instrument, Section

_CITABLE: Final = (*ADOPTED, State.WITHDRAWN)
_GAZETTE_NUMBER: Final = re.compile(r"(\d+)\s*[/-]\s*(\d{2,4})")


@dataclass(frozen=True, slots=True)
class Target:
    """What a citation leads to."""

    instrument: int | None = None
    uid: str | None = None
    broken: str = ""


class Targets:
    """What can be cited, read once for many texts."""

    def __init__(self) -> None:
        self._outlines: dict[tuple[int, str], list[Labelled]] = {}
        self._uids: dict[int, dict[str, str]] = {}

    @cached_property
    def editions(self) -> dict[int, list[Edition]]:
        """The editions of each document that were adopted or withdrawn, newest first."""
        found: dict[int, list[Edition]] = defaultdict(list)
        editions = Edition.objects.filter(state__in=_CITABLE).select_related("instrument")
        for edition in editions.order_by("instrument", "-number"):
            found[edition.instrument_id].append(edition)
        return found

    @cached_property
    def names(self) -> Names:
        return Names(_names())

    @cached_property
    def _gazettes(self) -> dict[tuple[str, str], set[int]]:
        """Documents by country and the number of the gazette that an act of theirs was published in."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        columns = ("edition__instrument", "edition__instrument__country", "gazette_number", "gazette_year")
        for instrument, country, number, year in AdoptionAct.objects.values_list(*columns):
            full = number if _GAZETTE_NUMBER.search(number) else f"{number}/{year or ''}"
            if key := _gazette_key(full):
                found[country, key].add(instrument)
        return found

    def target_of(self, cited: Cited, edition: Edition, language: str) -> Target | None:
        """What a citation of an edition leads to; None for what is none after all."""
        if cited.sort == GAZETTE:
            found = self._gazettes.get((edition.instrument.country_id, _gazette_key(cited.number)), set())
            if found == {edition.instrument_id}:
                return None
            return self._target_in(min(found), cited, edition, language) if len(found) == 1 else Target()
        if cited.own or not (cited.act or cited.instruments):
            return self._own(cited, edition, language)
        instrument = self._meant(cited.instruments, edition)
        if instrument == edition.instrument_id:
            return self._own(cited, edition, language) if cited.number else None
        if instrument is None:
            return Target()
        return self._target_in(instrument, cited, edition, language)

    def _meant(self, instruments: Sequence[int], edition: Edition) -> int | None:
        """Of documents with one name, that of the citing country; none where several are left."""
        if edition.instrument_id in instruments:
            return edition.instrument_id
        known = {one: self.editions[one][0].instrument for one in instruments if one in self.editions}
        own = [one for one, row in known.items() if row.country_id == edition.instrument.country_id]
        left = own or list(known)
        return left[0] if len(left) == 1 else None

    def _own(self, cited: Cited, edition: Edition, language: str) -> Target | None:
        outline = self._outline(edition, language)
        uid = section_for(cited.sort, cited.number, language, outline)
        if uid:
            return Target(edition.instrument_id, uid)
        explicit = cited.own or edition.instrument_id in cited.instruments
        if explicit and _numbered(cited.sort, language, outline):
            return Target(edition.instrument_id, None, Broken.GONE)
        return None

    def cross_reference(self, uid: str, edition: Edition) -> Target:
        """What a reference leads to that the editor of a text set."""
        own = self._sections(edition)
        return Target(edition.instrument_id, own.get(uid, uid), "" if uid in own else Broken.GONE)

    def _target_in(self, instrument: int, cited: Cited, edition: Edition, language: str) -> Target:
        editions = self.editions[instrument]
        adopted = [one for one in editions if one.adopted]
        if not adopted:
            return Target(instrument, None, Broken.WITHDRAWN)
        current = next((one for one in adopted if one.state == State.IN_FORCE), None)
        if current is None and adopted[0].state != State.APPROVED:
            return Target(instrument, self._section(adopted, cited, language), Broken.REPEALED)
        if not cited.number or cited.sort == GAZETTE:
            return Target(instrument)
        current = current or adopted[0]
        then = [one for one in adopted if _holds_on(one, _day_of(edition))]
        uid = self._section([*then, current, *adopted], cited, language)
        if uid is None:
            numbered = _numbered(cited.sort, language, self._outline(current, language))
            return Target(instrument, None, Broken.GONE if numbered else "")
        now = self._sections(current)
        return Target(instrument, now.get(uid, uid), "" if uid in now else Broken.GONE)

    def _section(self, editions: Sequence[Edition], cited: Cited, language: str) -> str | None:
        """The section that bears the number, in the first of the editions that has one."""
        for edition in editions:
            own = language if language in edition.instrument.languages else ""
            outline = self._outline(edition, own or edition.instrument.source_language)
            uid = section_for(cited.sort, cited.number, own or edition.instrument.source_language, outline)
            if uid:
                return uid
        return None

    def _outline(self, edition: Edition, language: str) -> list[Labelled]:
        key = edition.pk, language
        if language not in edition.instrument.languages:
            key = edition.pk, edition.instrument.source_language
        if key not in self._outlines:
            self._outlines[key] = [
                Labelled(row.uid, row.kind, row.label, row.heading, row.level)
                for row in load_outline(edition, key[1])
            ]
        return self._outlines[key]

    def _sections(self, edition: Edition) -> dict[str, str]:
        """The sections of an edition, and those that became part of one of them."""
        if edition.pk not in self._uids:
            rows = list(Section.objects.filter(edition=edition).values_list("uid", "origins"))
            joined = {str(origin): str(uid) for uid, origins in rows for origin in origins or ()}
            self._uids[edition.pk] = joined | {str(uid): str(uid) for uid, _ in rows}
        return self._uids[edition.pk]


def _names() -> Iterator[Name]:
    """The titles of documents that were adopted and of their editions, and the short ones. A citation of what
    is TLP:RED, or not yet adopted, would tell that there is such a document."""
    languages = settings.MODELTRANSLATION_LANGUAGES
    columns = [f"title_{language}" for language in languages]
    citable = Edition.objects.filter(state__in=_CITABLE).exclude(
        instrument__classification=Classification.TLP_RED
    )
    for row in Instrument.objects.filter(pk__in=citable.values("instrument")).values(
        "pk", "short_titles", *columns
    ):
        yield from (Name(row["pk"], one, row[f"title_{one}"]) for one in languages if row[f"title_{one}"])
        for language, short in (row["short_titles"] or {}).items():
            yield from (Name(row["pk"], language, one, short=True) for one in short)
    for row in citable.values("instrument", *columns).distinct().order_by():
        for one in languages:
            if row[f"title_{one}"]:
                yield Name(row["instrument"], one, row[f"title_{one}"])


def _numbered(sort: str, language: str, outline: Sequence[Labelled]) -> bool:
    """Whether sections of the sort are numbered at all, so that a number that is missing means something."""
    return sum(bool(section_for(sort, str(number), language, outline)) for number in range(1, 4)) > 0


def _day_of(edition: Edition) -> date:
    return edition.valid_from if edition.adopted and edition.valid_from else timezone.localdate()


def _holds_on(edition: Edition, day: date) -> bool:
    if edition.valid_from is None or edition.valid_from > day:
        return False
    return edition.valid_until is None or edition.valid_until > day


def _gazette_key(number: str) -> str:
    """ "24/18" for "24/2018", of the first number of several."""
    match = _GAZETTE_NUMBER.search(number)
    return f"{int(match[1])}/{match[2][-2:]}" if match else ""
