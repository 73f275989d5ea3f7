"""Editions by their titles alone: of these there are many, and a row of all columns takes long to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from documents.choices import State
from documents.display import language as display_language
from search.pages.page_languages import script_of


@dataclass(frozen=True, slots=True)
class TitledEdition:
    """``titles``: by language, where there is one."""

    pk: int
    country: str
    slug: str
    number: int
    state: str
    source: str
    titles: Mapping[str, str]

    @property
    def path(self) -> str:
        """Country and slug of its instrument."""
        return f"{self.country}/{self.slug}"

    def shown(self, tag: str) -> tuple[str, str]:
        """The tag of the language and the title: in the page's language, the nearest or the source's."""
        language = display_language.nearest(tag, self.titles, self.source)
        title = self.titles.get(language, self.slug)
        convert, shown = script_of(language, tag, title)
        return shown, convert(title)


def titled(editions: Any, most: int | None = None) -> Iterator[TitledEdition]:
    """The editions of a queryset, ``most`` of them at most."""
    languages = settings.MODELTRANSLATION_LANGUAGES
    rows = editions.order_by().values_list(
        "pk",
        "instrument__country_id",
        "instrument__slug",
        "number",
        "state",
        "instrument__source_language",
        *(f"title_{language}" for language in languages),
    )
    for pk, country, slug, number, state, source, *titles in rows[:most]:
        own = {language: title for language, title in zip(languages, titles, strict=True) if title}
        yield TitledEdition(pk, country, slug, number, state, source, own)


def current_titles(paths: Iterable[str], tag: str, editions: Any) -> dict[str, tuple[str, str]]:
    """By country and slug, the language tag and current title of a document. It is that of the edition in
    force, or of the newest of the given ones. A document without one is left out. One query."""
    wanted = set(paths)
    slugs = {path.partition("/")[2] for path in wanted}
    found = titled(editions.filter(instrument__slug__in=slugs))
    # The last one stays: of each document the one in force, if there is one.
    ordered = sorted(found, key=lambda one: (one.state == State.IN_FORCE, one.number))
    current = {one.path: one for one in ordered}
    return {path: one.shown(tag) for path, one in current.items() if path in wanted}
