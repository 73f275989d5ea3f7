"""Adoption acts as they are shown: on the page, in the PDF, in the Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.actions.check_papers import results
from documents.actions.redact_acts import acts_as_read
from documents.choices import ActKind
from documents.display import links
from documents.display.script import TWO_SCRIPTS
from documents.display.signed_papers import ShownPaper, show
from documents.models import AdoptionAct, BlobUse, Edition
from documents.models.acts import ActFields
from theme import dates
from theme.dates import one_dot
from theme.locales import native_name
from theme.localized_names import localized_name


@dataclass(frozen=True, slots=True)
class Act:
    """An act in words, and its signed paper where readers may fetch it."""

    text: str
    file_url: str
    file_name: str
    paper: ShownPaper | None = None


def acts_of(edition: Edition, language: str = "") -> list[Act]:
    """The acts that adopted an edition, oldest first. With a ``language`` only those that adopted the text in
    it. Of a translation all, because every adopted text is authentic."""
    found = acts_read(edition)
    return describe_acts(edition, (_adopting(found, language) if language else []) or found)


def acts_read(edition: Edition) -> list[AdoptionAct]:
    """The acts that readers see: of a redacted edition those of its original, without what was left out."""
    if edition.instrument.redacts_id:
        return acts_as_read(edition.redaction)
    return list(AdoptionAct.objects.filter(edition=edition))


def _adopting(acts: Sequence[AdoptionAct], language: str) -> list[AdoptionAct]:
    """The acts that cover a language; one that names none covers all of its edition."""
    return [act for act in acts if not act.covers or language in act.covers]


def describe_acts(edition: Edition, found: Sequence[ActFields]) -> list[Act]:
    """Acts of an edition, or of a corrigendum of it, in words."""
    signed = [act.signed_file_id for act in found if act.signed_file_id]
    names: dict[str, str] = {}
    # Where it may be no file, documents.pages.edition.files hands out none.
    if signed and edition.instrument.may_be_file:
        uses = BlobUse.objects.filter(edition=edition, blob__in=signed, drafters_only=False)
        names = dict(uses.values_list("blob", "name"))
    checks = results(names) if names else {}
    return [
        Act(
            text=_named(edition, act),
            file_url=links.file_url(act.signed_file_id, names[act.signed_file_id])
            if act.signed_file_id in names
            else "",
            file_name=names.get(act.signed_file_id or "", ""),
            paper=show(checks.get(act.signed_file_id), act.signed_file_id)
            if act.signed_file_id in names
            else None,
        )
        for act in found
    ]


def acts_by_edition(editions: Sequence[Edition]) -> dict[int, list[str]]:
    """The acts of several editions in words, by the edition's key; one query, and those of redacted ones."""
    redacted = [edition for edition in editions if edition.instrument.redacts_id]
    found = {edition.pk: list(acts_read(edition)) for edition in redacted}
    for act in AdoptionAct.objects.filter(edition__in={one.pk for one in editions} - found.keys()):
        found.setdefault(act.edition_id, []).append(act)
    return {one.pk: [_named(one, act) for act in found[one.pk]] for one in editions if one.pk in found}


def _named(edition: Edition, act: ActFields) -> str:
    """An act in one line; a Serbian body's name turned into Latin on a page in Serbian Latin."""
    serbian = edition.instrument.source_language in TWO_SCRIPTS
    line = describe_act(act, _languages(edition, act))
    return localized_name(line) if serbian else line


def _languages(edition: Edition, act: ActFields) -> list[str]:
    """The languages whose text an act adopted, where the document has several authentic ones. Else none. None
    for the act of a corrigendum either, which corrects one language and names it."""
    several = len(edition.instrument.authentic_languages) > 1
    return sorted(act.covers) if several and isinstance(act, AdoptionAct) else []


def describe_act(act: ActFields, languages: Sequence[str] = ()) -> str:
    """An act in one line: kind, body, number and date, protocol, session, gazette, day of publication. And
    the ``languages`` whose text it adopts."""
    tag = get_language() or "en"
    gazette = describe_gazette(act.gazette, act.gazette_number, act.gazette_year)
    if act.published:
        on = _("published on %(date)s") % {"date": dates.of_date(act.published, tag)}
        gazette = f"{gazette}, {on}" if gazette else on
    pieces = [
        f"{ActKind(act.kind).label}: {act.body}",
        _("no. %(number)s of %(date)s") % {"number": act.number, "date": dates.of_date(act.date, tag)},
        _("protocol no. %(number)s") % {"number": act.protocol} if act.protocol else "",
        _session(act.session),
        gazette,
        _("adopts the text in: %(languages)s") % {"languages": ", ".join(map(native_name, languages))}
        if languages
        else "",
    ]
    return one_dot(", ".join(part for part in pieces if part))


def _session(session: str) -> str:
    """Older acts name the session in words ("83rd session"): a number alone gets its noun."""
    return (
        _("session no. %(number)s") % {"number": session}
        if session[:1].isdecimal() and " " not in session
        else session
    )


def describe_gazette(title: str, number: str, year: int | None) -> str:
    """Title, number and year of a gazette: "Official Gazette 7/2026"."""
    numbered = f"{number}/{year}" if number and year else number or (str(year) if year else "")
    return f"{title} {numbered}".strip()
