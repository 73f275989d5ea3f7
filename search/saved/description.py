"""Describe in words what a saved search asks for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.pages.facets import Names, facet_names, sort_names
from search.pages.params import FILTERS, SORTS, SearchParams
from search.pages.service import Reader
from search.pages.titles import current_titles
from theme import dates, locales


@dataclass(frozen=True, slots=True)
class Value:
    """``lang``: the language where it is not the page's; None where it is unknown (what was typed)."""

    text: str
    lang: str | None = ""


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    values: list[Value]


def describe(params: SearchParams, reader: Reader, tag: str) -> list[Line]:
    """Words, state or day, filters, document, order, and whether other languages are looked in. The name of a
    document or an institution is left out where this person may read nothing of it."""
    lines = [Line(_("Search words"), [Value(params.words, None)])] if params.words else []
    if params.on:
        lines.append(
            Line(_("Day"), [Value(_("In force on %(date)s") % {"date": dates.of_date(params.on, tag)})])
        )
    elif not params.filters.get("status"):
        lines.append(Line(facet_names()["status"], [Value(_("All editions"))]))
    names = Names(_known_institutions(params, reader))
    for facet in FILTERS:
        values = [
            Value(
                names.of(facet, value) or _("not available to you"),
                locales.html_lang(value) if facet == "language" else "",
            )
            for value in params.filters.get(facet, ())
        ]
        if values:
            lines.append(Line(facet_names()[facet], values))
    if params.document:
        found = current_titles([params.document], tag, reader.editions())
        lang, title = found.get(params.document, ("", _("not available to you")))
        lines.append(Line(_("Document"), [Value(title, locales.html_lang(lang) if lang else "")]))
    if params.sort != SORTS[0]:
        lines.append(Line(_("Sort order"), [Value(dict(zip(SORTS, sort_names(), strict=True))[params.sort])]))
    if params.across:
        lines.append(Line(_("Other languages"), [Value(_("included, using translations of your words"))]))
    return lines


def _known_institutions(params: SearchParams, reader: Reader) -> list[str]:
    wanted = params.filters.get("institution", ())
    if not wanted:
        return []
    owners = reader.editions().filter(instrument__owner__in=[int(pk) for pk in wanted if pk.isdecimal()])
    return [str(pk) for pk in owners.values_list("instrument__owner", flat=True).distinct()]
