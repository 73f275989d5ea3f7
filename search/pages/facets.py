"""Filters next to the results: each value with its count, and the address with or without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.choices import Kind, Topic
from documents.display import language as display_language
from people.models import Country, Institution
from search.engines.base import FacetCount
from search.pages.params import FILTERS, SearchParams
from search.pages.service import Reader
from search.pages.titles import current_titles
from theme import locales
from theme.localized_names import localized_name
from theme.state_labels import STATES

_MOST_DOCUMENTS = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter. ``url`` puts it in, or takes it out where it is chosen."""

    name: str
    lang: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    key: str
    name: str
    choices: list[Choice]
    all_url: str = ""
    """The address without any value of this filter; empty where none is chosen."""


class Names:
    """The names of values. Countries and counted institutions are read once a page."""

    def __init__(self, institutions: Iterable[str] = ()) -> None:
        self.countries = {country.pk: country for country in Country.objects.all()}
        wanted = [int(pk) for pk in institutions]
        found = (
            Institution.objects.filter(pk__in=wanted).select_related("country")
            if wanted
            else Institution.objects.none()
        )
        self.institutions = {str(one.pk): localized_name(one) for one in found}

    def country(self, code: str) -> str:
        return localized_name(self.countries[code]) if code in self.countries else code.upper()

    def of(self, facet: str, value: str) -> str:
        """The label of a value; the value itself where it is none of ours."""
        if facet == "country":
            return self.country(value)
        if facet == "language":
            return display_language.name_of(value)
        if facet == "institution":
            return self.institutions.get(value, "")
        if facet == "year":
            return value
        if facet == "status":
            return str(STATES[value].word) if value in STATES else value
        words = Kind if facet == "kind" else Topic
        return str(words(value).label) if value in words.values else value


def facet_names() -> dict[str, str]:
    """What each filter is called."""
    return {
        "status": _("State"),
        "country": _("Country"),
        "kind": _("Kind"),
        "language": _("Language of the text"),
        "topic": _("Topic"),
        "institution": _("Institution"),
        "year": _("Year it came into force"),
    }


def sort_names() -> tuple[str, str, str]:
    """What the orders are called, in the order of `SORTS`."""
    return _("Most relevant first"), _("Newest first"), _("Oldest first")


def facets_of(
    params: SearchParams, counts: Mapping[str, tuple[FacetCount, ...]], names: Names
) -> list[Facet]:
    """The filters that have something to choose from; the state in any case."""
    titles = facet_names()
    found = []
    for facet in FILTERS:
        chosen = params.filters.get(facet, ())
        counted = {one.value: one.count for one in counts.get(facet, ())}
        values = [*counted, *(value for value in chosen if value not in counted)]
        # Of an institution named in the address and not found nothing is said: not even that it exists.
        values = [value for value in values if facet != "institution" or value in counted]
        # The field for a day stands with the states: where nothing is found, another day can still be asked
        # for.
        if not values and facet != "status":
            continue
        choices = [
            Choice(
                name=names.of(facet, value),
                lang=locales.html_lang(value) if facet == "language" else "",
                count=counted.get(value, 0),
                chosen=value in chosen,
                url=params.with_value(facet, value),
            )
            for value in _ordered(facet, values)
        ]
        found.append(Facet(facet, titles[facet], choices, params.address(**{facet: ()}) if chosen else ""))
    return found


def _ordered(facet: str, values: Iterable[str]) -> list[str]:
    """States in the order of a text's life, years from the last; the others as they come, most first."""
    if facet == "year":
        return sorted(values, reverse=True)
    if facet != "status":
        return list(values)
    life = ["in_force", "approved", "in_review", "draft", "superseded", "repealed"]
    return sorted(values, key=lambda value: life.index(value) if value in life else len(life))


def documents_facet(
    params: SearchParams, counts: tuple[FacetCount, ...], tag: str, reader: Reader
) -> Facet | None:
    """In which documents most was found, as one more filter. One query."""
    most = counts[:_MOST_DOCUMENTS]
    if len(most) < 2 and not params.document:
        return None
    wanted = {one.value: one.count for one in most}
    if params.document:
        wanted.setdefault(params.document, 0)
    titles = current_titles(wanted, tag, reader.editions())
    choices = []
    for path, count in wanted.items():
        # Of a document named in the address and not found, nothing is said: not even that it exists.
        if path not in titles or not count:
            continue
        language, title = titles[path]
        chosen = path == params.document
        url = params.address(document="" if chosen else path)
        choices.append(Choice(title, locales.html_lang(language), count, chosen, url))
    return Facet("in", _("Document"), choices, params.address(document="") if params.document else "")
