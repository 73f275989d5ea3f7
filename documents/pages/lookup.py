"""From an address to what it names, for this reader: what they may not see is not found."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet
from django.http import Http404

from audit.models import Entry
from audit.trail import thing_name
from documents.choices import State
from documents.models import Edition, Instrument, OldSlug, Section
from documents.models.instruments import OPEN_TO_ALL


class Moved(Exception):
    """The instrument is at another address: it was renamed, or is read in its redacted edition."""

    def __init__(self, instrument: Instrument, *, for_good: bool = True) -> None:
        super().__init__(instrument.path)
        self.instrument = instrument
        self.for_good = for_good


def editions_of(user: Any, country: str, slug: str) -> list[Edition]:
    """The editions of an instrument that ``user`` may read, newest first. Raises Http404 where there is none,
    and :class:`Moved` for a former address."""
    found = list(_visible(user).filter(instrument__country=country, instrument__slug=slug))
    if found:
        return found
    old = OldSlug.objects.filter(country=country, slug=slug).values_list("instrument", flat=True).first()
    if old is not None:
        moved = _visible(user).filter(instrument=old).first()
        if moved is not None:
            raise Moved(moved.instrument)
    redacted = _visible(user).filter(instrument__redacts__country=country, instrument__redacts__slug=slug)
    public = redacted.select_related("instrument__redacts").first()
    if public is not None and _was_public(public.instrument.redacts):
        # Who may not read the original reads what is left of it; this may change with their rights.
        raise Moved(public.instrument, for_good=False)
    raise Http404


def _was_public(instrument: Instrument | None) -> bool:
    """Whether everybody could read a document under its address before it was closed. An address that was
    never public must not lead anywhere: that would confirm a guess."""
    if instrument is None:
        return False
    entries = Entry.objects.filter(refused=False)
    editions = [thing_name(one) for one in instrument.editions.all()]
    began = entries.filter(verb="enter_into_force", thing__in=editions).aggregate(Min("at"))["at__min"]
    closed = entries.filter(verb="classify", thing=thing_name(instrument), detail__before__in=OPEN_TO_ALL)
    return began is not None and closed.filter(at__gt=began).exists()


def _visible(user: Any) -> QuerySet[Edition]:
    return (
        Edition.objects.visible_to(user)
        .select_related("instrument__country", "instrument__owner__country")
        .order_by("-number")
    )


def by_number(editions: list[Edition], number: int) -> Edition:
    """The edition with that number; Http404 where the reader sees none."""
    for edition in editions:
        if edition.number == number:
            return edition
    raise Http404


def in_force(editions: list[Edition]) -> Edition | None:
    """The edition in force today, if there is one that the reader sees."""
    return next((edition for edition in editions if edition.state == State.IN_FORCE), None)


def on_day(editions: list[Edition], day: date) -> Edition | None:
    """The edition that was in force on a day."""
    return next(
        (
            edition
            for edition in editions
            if edition.published
            and edition.valid_from is not None
            and edition.valid_from <= day
            and (edition.valid_until is None or edition.valid_until > day)
        ),
        None,
    )


def shown_first(editions: list[Edition]) -> Edition:
    """What an instrument's own address shows: in force, else the newest adopted, else the newest."""
    return (
        in_force(editions) or next((edition for edition in editions if edition.adopted), None) or editions[0]
    )


def now_under(edition: Edition, uid: UUID | str) -> str:
    """The section of an edition that took in the section ``uid`` (two were joined), or an empty text."""
    rows = Section.objects.filter(edition=edition).exclude(origins=[]).values_list("uid", "origins")
    return next((str(row) for row, origins in rows if str(uid) in (origins or ())), "")


def holding(editions: list[Edition], uid: UUID) -> Edition | None:
    """The edition in which a section is read: the one in force if it holds it, else the newest."""
    have = set(Section.objects.filter(edition__in=editions, uid=uid).values_list("edition_id", flat=True))
    current = in_force(editions)
    if current is not None and current.pk in have:
        return current
    return next((edition for edition in editions if edition.pk in have), None)
