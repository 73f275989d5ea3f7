"""Adoption acts as they are shown: on the page, in the PDF, in the Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.choices import ActKind, Classification
from documents.models import AdoptionAct, BlobUse, Edition
from documents.models.acts import ActFields
from documents.reading import addresses
from documents.reading.banner import one_dot
from documents.reading.scripts import TWO_SCRIPTS, unchanged
from theme import dates
from theme.names import spoken


@dataclass(frozen=True, slots=True)
class Act:
    """An act in words, and its signed paper where readers may fetch it."""

    text: str
    file_url: str
    file_name: str


def acts_of(edition: Edition) -> list[Act]:
    """The acts that adopted an edition, oldest first."""
    return said(edition, list(AdoptionAct.objects.filter(edition=edition)))


def said(edition: Edition, found: Sequence[ActFields]) -> list[Act]:
    """Acts of an edition, or of a corrigendum of it, in words."""
    signed = [act.signed_file_id for act in found if act.signed_file_id]
    names: dict[str, str] = {}
    # TLP:RED is read on the page and goes into no file; documents.reading.files hands out none.
    if signed and edition.instrument.classification != Classification.TLP_RED:
        uses = BlobUse.objects.filter(edition=edition, blob__in=signed, drafters_only=False)
        names = dict(uses.values_list("blob", "name"))
    # A Serbian body's name on a page in Serbian Latin; nobody else's name is turned.
    own = spoken if edition.instrument.source_language in TWO_SCRIPTS else unchanged
    return [
        Act(
            text=own(in_words(act)),
            file_url=addresses.file_url(act.signed_file_id, names[act.signed_file_id])
            if act.signed_file_id in names
            else "",
            file_name=names.get(act.signed_file_id or "", ""),
        )
        for act in found
    ]


def acts_by_edition(editions: Sequence[Edition]) -> dict[int, list[str]]:
    """The acts of several editions in words, by the edition's key; one query."""
    sources = {edition.pk: edition.instrument.source_language for edition in editions}
    found: dict[int, list[str]] = {}
    for act in AdoptionAct.objects.filter(edition__in=sources):
        own = spoken if sources[act.edition_id] in TWO_SCRIPTS else unchanged
        found.setdefault(act.edition_id, []).append(own(in_words(act)))
    return found


def in_words(act: ActFields) -> str:
    """An act in one line: kind, body, number and date, protocol, session, gazette, day of publication."""
    tag = get_language() or "en"
    gazette = gazette_in_words(act.gazette, act.gazette_number, act.gazette_year)
    if act.published:
        on = _("published on %(date)s") % {"date": dates.of_date(act.published, tag)}
        gazette = f"{gazette}, {on}" if gazette else on
    parts = [
        f"{ActKind(act.kind).label}: {act.body}",
        _("no. %(number)s of %(date)s") % {"number": act.number, "date": dates.of_date(act.date, tag)},
        _("protocol no. %(number)s") % {"number": act.protocol} if act.protocol else "",
        _session(act.session),
        gazette,
    ]
    return one_dot(", ".join(part for part in parts if part))


def _session(session: str) -> str:
    """Older acts name the session in words ("83rd session"): a number alone is told what it is of."""
    return (
        _("session no. %(number)s") % {"number": session}
        if session[:1].isdecimal() and " " not in session
        else session
    )


def gazette_in_words(title: str, number: str, year: int | None) -> str:
    """Title, number and year of a gazette: "Official Gazette 7/2026"; older acts have the year in the number."""
    numbered = f"{number}/{year}" if number and year else number or (str(year) if year else "")
    return f"{title} {numbered}".strip()
