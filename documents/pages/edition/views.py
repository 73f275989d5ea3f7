"""The reading pages: an instrument, an edition, a section."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from documents.choices import Translation
from documents.display import links
from documents.display.language import Text
from documents.editions.text_storage import check_language, load_tree
from documents.models import Contact, Edition, Instrument, Section
from documents.pages import lookup, panels
from documents.pages.decorators import door, referrer
from documents.pages.edition import search_marks
from documents.pages.edition.calls import Call, call_of
from documents.pages.edition.contents import Entry, as_html, family, folded
from documents.pages.edition.history import history
from documents.pages.edition.left_out import left_out
from documents.pages.edition.linked_data import linked_data
from documents.pages.edition.page import EditionPage
from documents.text.html import render_body, render_heading
from people.access import may
from people.roles import Verb
from theme.icons import icon_svg

WHOLE_AT_ONCE = 12
"""Up to how many sections an edition's own page shows its text and not only its contents."""


@door
def instrument(request: HttpRequest, country: str, slug: str) -> HttpResponse:
    """The edition in force."""
    editions = lookup.editions_of(request.user, country, slug)
    return _edition_page(request, EditionPage(request, lookup.shown_first(editions), editions))


@door
def edition(request: HttpRequest, country: str, slug: str, number: int) -> HttpResponse:
    """One edition, for good."""
    editions = lookup.editions_of(request.user, country, slug)
    return _edition_page(request, EditionPage(request, lookup.by_number(editions, number), editions))


@door
def on_day(request: HttpRequest, country: str, slug: str, day: date) -> HttpResponse:
    """The edition that was in force on a day; where there was none, all editions with their dates."""
    editions = lookup.editions_of(request.user, country, slug)
    found = lookup.on_day(editions, day)
    if found is None:
        return _dates_page(request, editions, day)
    return _edition_page(request, EditionPage(request, found, editions, on=day), {"day": day})


@door
def dates(request: HttpRequest, country: str, slug: str) -> HttpResponse:
    """All editions by date, and a field for a day."""
    editions = lookup.editions_of(request.user, country, slug)
    wanted = request.GET.get("day", "")
    if wanted:
        try:
            day = date.fromisoformat(wanted)
        except ValueError:
            return _dates_page(request, editions, None, wrong=wanted[:40])
        return HttpResponseRedirect(links.day_url(editions[0].instrument, day))
    return _dates_page(request, editions, None)


@door
def section_in_force(request: HttpRequest, country: str, slug: str, uid: UUID) -> HttpResponse:
    """Leads to a section in the edition in force, or in the newest one that holds it."""
    editions = lookup.editions_of(request.user, country, slug)
    query = {"text": request.GET.get("text", "")}
    holding = lookup.holding(editions, uid)
    if holding is not None:
        return HttpResponseRedirect(links.section_url(holding, uid, **query))
    for one in [lookup.shown_first(editions), *editions]:
        now = lookup.now_under(one, uid)
        if now:
            return HttpResponseRedirect(links.section_url(one, now, **query))
    raise Http404


@door
def section(request: HttpRequest, country: str, slug: str, number: int, uid: UUID) -> HttpResponse:
    """One section of one edition."""
    editions = lookup.editions_of(request.user, country, slug)
    found = lookup.by_number(editions, number)
    page = EditionPage(request, found, editions, uid)
    body = _body(page, uid, page.text.language)
    if body is None:
        now = lookup.now_under(found, uid)
        if now:
            return HttpResponseRedirect(links.section_url(found, now, **page.text.query))
        raise Http404
    return _section_page(request, page, body)


def _body(page: EditionPage, uid: UUID, language: str) -> dict[str, Any] | None:
    """A section's text with its corrigenda marked; None where there is no such section."""
    rows = Section.objects.filter(edition=page.edition, uid=uid)
    for (body,) in rows.values_list(f"body_{check_language(language)}"):
        return page.drawn(body, uid, language)
    return None


def _section_page(request: HttpRequest, page: EditionPage, body: dict[str, Any]) -> HttpResponse:
    contents = page.contents
    place = next(index for index, entry in enumerate(contents) if entry.uid == page.uid)
    entry = contents[place]
    above, below = family(contents, page.uid)
    moments = history(
        page.editions, page.uid, page.text.language, page.edition, page.corrected.of_all_editions
    )
    page.holders = {moment.edition.pk for moment in moments if moment.happened != "gone"}
    missing = entry.state == Translation.MISSING
    if missing:
        # Said on the page, and never silent: the original stands in for this one section.
        body = _body(page, UUID(page.uid), page.instrument.source_language) or {}
    mark = search_marks.mark_for(
        request, page.instrument.source_language if missing else page.text.language, body
    )
    context = replace(page.context(body), mark=mark)
    return render(
        request,
        "documents/edition/section.html",
        {
            "page": page,
            "searched": search_marks.searched(request) if mark else None,
            "unmarked_url": page.here(**page.text.query | page.numbered),
            "entry": entry,
            "above": above,
            "below": as_html(below, page.section_url, foreign_lang=page.source_lang),
            "previous": contents[place - 1] if place else None,
            "next": contents[place + 1] if place + 1 < len(contents) else None,
            "previous_url": page.section_url(contents[place - 1].uid) if place else "",
            "next_url": page.section_url(contents[place + 1].uid) if place + 1 < len(contents) else "",
            "rail": as_html(
                folded(contents, page.uid), page.section_url, current=page.uid, foreign_lang=page.source_lang
            ),
            "heading": mark_safe(render_heading(body, context)),  # noqa: S308 - escaped there
            "text": mark_safe(render_body(body, context)),  # noqa: S308 - escaped there
            "missing": missing,
            "stale": entry.state == Translation.STALE,
            "corrigenda": page.corrected.notes(page.uid, page.text),
            "original_url": page.here(text=page.instrument.source_language),
            "history": moments,
            "editions_url": links.section_editions_url(page.instrument, page.uid, **page.text.query),
            "contacts": calls(page.instrument, page.uid, page.text),
            "calls_url": _calls_url(request, page),
            "correct_url": _correct_url(request, page, missing),
            "panels": panels.panels(request, page.edition, page.uid, page.text.language),
            "referrer": referrer(request),
        },
    )


def _calls_url(request: HttpRequest, page: EditionPage) -> str:
    """Where a coordinator keeps the numbers of this section; empty for everybody else."""
    if request.public or not may(request.user, Verb.CALLS, page.edition):
        return ""
    return reverse("desk:calls", args=[page.edition.pk, page.uid])


def _correct_url(request: HttpRequest, page: EditionPage, missing: bool) -> str:
    """Where a corrigendum is proposed; empty for who may not, and in a translation."""
    authentic = any(one.authentic and one.language == page.text.language for one in page.language_versions)
    if request.public or missing or not authentic or not may(request.user, Verb.CORRECT, page.edition):
        return ""
    return reverse("desk:correct", args=[page.edition.pk, page.uid, page.text.language])


def _edition_page(
    request: HttpRequest, page: EditionPage, more: dict[str, Any] | None = None
) -> HttpResponse:
    whole = request.GET.get("whole") == "1" or len(page.outline) <= WHOLE_AT_ONCE
    contents = page.contents
    inside = whole and bool(contents)

    def to(uid: str) -> str:
        return f"#s-{uid}" if inside else page.section_url(uid)

    return render(
        request,
        "documents/edition/edition.html",
        {
            "page": page,
            "whole": inside,
            "contents": as_html(contents, to, marks=_mark(page), foreign_lang=page.source_lang),
            "sections": _sections(page) if inside else [],
            "corrigenda": page.corrected.notes("", page.text),
            "first": contents[0] if contents else None,
            "first_url": page.section_url(contents[0].uid) if contents else "",
            "panels": panels.panels(request, page.edition, "", page.text.language),
            "things": linked_data(page),
            "left_out": left_out(page, to),
            "referrer": referrer(request),
            **(more or {}),
        },
    )


def _sections(page: EditionPage) -> list[dict[str, Any]]:
    """Every section with its text, for a page that shows them all; two queries however many there are."""
    tree = load_tree(page.edition, page.text.language)
    bodies = [section.text.body for section in tree]
    shared = page.context(*bodies, url=lambda uid: f"#s-{uid}")
    source = page.instrument.source_language
    originals = {}
    if any(entry.state == Translation.MISSING for entry in page.contents):
        originals = {one.uid: one.text.body for one in load_tree(page.edition, source)}
    rows = []
    for number, (entry, body) in enumerate(zip(page.contents, bodies, strict=True), start=1):
        missing = entry.state == Translation.MISSING
        context = shared.with_prefix(f"s{number}-")
        shown = originals.get(entry.uid, {}) if missing else body
        shown = page.drawn(shown, entry.uid, source if missing else page.text.language)
        rows.append(
            {
                "entry": entry,
                "tag": f"h{min(entry.depth + 1, 6)}",
                "url": page.section_url(entry.uid),
                "heading": mark_safe(render_heading(shown, context)),  # noqa: S308 - escaped there
                "text": mark_safe(render_body(shown, context)),  # noqa: S308 - escaped there
                "missing": missing,
                "stale": entry.state == Translation.STALE,
            }
        )
    return rows


def _mark(page: EditionPage) -> Any:
    """Marks in the contents of a translation: sections that are older, or not translated."""
    wording = {
        Translation.STALE: (icon_svg("clock"), escape(_("out of date")), "t-old"),
        Translation.MISSING: (icon_svg("minus"), escape(_("not translated")), "t-no"),
    }

    def mark(entry: Entry) -> str:
        if entry.state not in wording:
            return ""
        icon, word, css = wording[entry.state]
        return f' <small class="tstate {css}">{icon}{word}</small>'

    return mark


def _dates_page(
    request: HttpRequest, editions: list[Edition], day: date | None, wrong: str = ""
) -> HttpResponse:
    zone = ZoneInfo(editions[0].instrument.country.time_zone)
    return render(
        request,
        "documents/edition/dates.html",
        {
            "page": EditionPage(request, lookup.shown_first(editions), editions),
            "day": day,
            "wrong": wrong,
            "today": timezone.now().astimezone(zone).date(),
            "referrer": referrer(request),
        },
    )


def calls(instrument: Instrument, uid: str, text: Text) -> list[Call]:
    """Whom to call next to a section, in the language that is read."""
    return [
        call_of(contact, text.language, instrument.source_language, text.script.convert)
        for contact in Contact.objects.filter(instrument=instrument, uid=uid)
    ]
