"""What everybody may read of the library, a record for each text of a published edition in one language; and
which records everybody could read once.

Dates come from the audit trail, which nobody can change: they need no table of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Q
from django.utils import translation

from audit.models import Entry
from documents.choices import PUBLISHED, State
from documents.display import language as display_language
from documents.display import links
from documents.display import script as display_script
from documents.display.language import Text
from documents.exports.edition import EditionFile, frame_language, gather
from documents.models import Corrigendum, Edition, LanguageVersion, Section
from documents.models.instruments import OPEN_TO_ALL
from documents.translation.scripts import to_latin
from theme.locales import html_lang

CHANGES = ("enter_into_force", "supersede", "repealed", "withdrawn")
"""Verbs of the trail that change what is known of a public edition."""


@dataclass(frozen=True)
class Record:
    """A text that is public, or was (``deleted``). ``changed``: when it last changed, or was closed."""

    edition: Edition
    language: str
    version: LanguageVersion
    published: datetime
    changed: datetime
    deleted: bool = False

    @property
    def key(self) -> str:
        """Its name in identifiers, which no renaming changes and which tells nothing of a closed text."""
        return f"{self.edition.pk}-{self.language}"

    @cached_property
    def text(self) -> Text:
        return text_as_stored(self.edition, self.language)

    @property
    def tag(self) -> str:
        return self.text.tag

    @property
    def html_lang(self) -> str:
        return html_lang(self.tag)

    @property
    def title(self) -> str:
        return self.edition.title_in(self.language)

    def title_as(self, tag: str) -> str:
        """The title in the script of a page."""
        return to_latin(self.title) if tag == "sr-latn" else self.title

    @property
    def path(self) -> str:
        """The permanent address of the text, without the host."""
        return edition_path(self.edition, frame_language(self.text))

    @property
    def address(self) -> str:
        return f"{settings.PUBLIC_BASE_URL}{self.path}"

    def file(self, ending: str) -> str:
        """The address of a file of the text: ``pdf``, ``akn``."""
        return f"{self.address.rstrip('/')}.{ending}"

    def gathered(self) -> EditionFile:
        """All that a file of the text says, as everybody may read it."""
        visible = Edition.objects.visible_to(AnonymousUser()).filter(instrument=self.edition.instrument_id)
        editions = list(visible.order_by("-number"))
        return gather(self.edition, editions, self.text, settings.PUBLIC_BASE_URL)


def text_as_stored(edition: Edition, language: str) -> Text:
    """The text in the script that it came in."""
    sample = ""
    if language in display_script.TWO_SCRIPTS:
        rows = Section.objects.filter(edition=edition).order_by("position")
        headings = rows.values_list(f"heading_{language}", flat=True)[:60]
        sample = " ".join([edition.title_in(language), *(heading or "" for heading in headings)])
    source = edition.instrument.source_language
    return display_language.choose(language, language, source, [language], {language: sample})


def edition_path(edition: Edition, tag: str) -> str:
    """The address of an edition on the public host, on the page of a language."""
    with translation.override(tag):
        return links.edition_url(edition)


def page_tags(languages: Iterable[str]) -> list[str]:
    """The pages that show texts in these languages: a Serbian text is read in either script."""
    content = set(languages)
    return [tag for tag in settings.KODEKS_OFFICE_LANGUAGES if tag.partition("-")[0] in content]


def public_records() -> list[Record]:
    """What everybody may read now, newest change first."""
    return [record for record in all_records() if not record.deleted]


def all_records() -> list[Record]:
    """The same, and what everybody could read once; six queries."""
    return sorted(_records(), key=lambda record: (record.changed, record.key), reverse=True)


def _records() -> Iterator[Record]:
    # A withdrawn redacted edition was public: who harvested it is told that it is gone.
    withdrawn = Q(state=State.WITHDRAWN, instrument__redacts__isnull=False)
    editions = list(
        Edition.objects.filter(Q(state__in=PUBLISHED) | withdrawn).select_related(
            "instrument__country", "instrument__owner__country"
        )
    )
    open_now = set(
        Edition.objects.visible_to(AnonymousUser()).filter(state__in=PUBLISHED).values_list("pk", flat=True)
    )
    versions, moments, corrected = _versions(editions), _Moments(), _corrected()
    for edition in editions:
        for version in versions.get(edition.pk, ()):
            begun = max(moments.entered(edition), version.finished if version.finished else edition.created)
            own = version.language
            if edition.pk in open_now:
                opened = moments.opened(edition)
                changed = [begun, *moments.of(edition), *corrected.get((edition.pk, own), ()), *opened]
                yield Record(edition, own, version, max([begun, *opened]), max(changed))
            elif (closed := moments.closed(edition)) and closed >= begun:
                yield Record(edition, own, version, begun, closed, deleted=True)


def _versions(editions: Iterable[Edition]) -> dict[int, list[LanguageVersion]]:
    """By edition the number of each language that readers have, where it has a text."""
    known = {edition.pk for edition in editions}
    texts: dict[str, Any] = {
        f"{language}_texts": Count("pk", filter=Q(**{f"text_hash_{language}__gt": ""}))
        for language in settings.MODELTRANSLATION_LANGUAGES
    }
    rows: Any = Section.objects.filter(edition__in=known).order_by().values("edition").annotate(**texts)
    counts: dict[int, dict[str, Any]] = {row["edition"]: row for row in rows}
    found: dict[int, dict[str, LanguageVersion]] = {}
    finished = LanguageVersion.objects.filter(edition__in=known, unfinished=False)
    for version in finished.order_by("edition", "language", "number"):
        if counts.get(version.edition_id, {}).get(f"{version.language}_texts"):
            found.setdefault(version.edition_id, {})[version.language] = version
    return {pk: list(by_language.values()) for pk, by_language in found.items()}


def _corrected() -> dict[tuple[int, str], list[datetime]]:
    rows = Corrigendum.objects.recorded().values_list("edition", "language").annotate(last=Max("recorded"))
    return {(edition, language): [last] for edition, language, last in rows if last}


class _Moments:
    """When public editions changed, and when documents were opened and closed, by the audit trail."""

    def __init__(self) -> None:
        self.changes: dict[str, list[datetime]] = {}
        self.entries: dict[str, datetime] = {}
        self.openings: dict[str, list[datetime]] = {}
        self.closings: dict[str, list[datetime]] = {}
        verbs = (*CHANGES, "classify")
        told = Entry.objects.filter(verb__in=verbs, refused=False).order_by("id")
        for verb, thing, at, detail in told.values_list("verb", "thing", "at", "detail"):
            if verb == "classify":
                self._classified(thing, at, detail)
            else:
                self.changes.setdefault(thing, []).append(at)
                if verb == "enter_into_force":
                    self.entries[thing] = at

    def _classified(self, thing: str, at: datetime, detail: dict[str, Any]) -> None:
        before, after = detail["before"] in OPEN_TO_ALL, detail["after"] in OPEN_TO_ALL
        if before != after:
            (self.openings if after else self.closings).setdefault(thing, []).append(at)

    def entered(self, edition: Edition) -> datetime:
        return self.entries.get(f"edition:{edition.pk}") or edition.created

    def of(self, edition: Edition) -> list[datetime]:
        return self.changes.get(f"edition:{edition.pk}", [])

    def opened(self, edition: Edition) -> list[datetime]:
        return self.openings.get(f"instrument:{edition.instrument_id}", [])[-1:]

    def closed(self, edition: Edition) -> datetime | None:
        """When the document of the edition was closed last, or the edition withdrawn."""
        if edition.state == State.WITHDRAWN:
            return max(self.of(edition), default=None)
        found = self.closings.get(f"instrument:{edition.instrument_id}", [])
        return found[-1] if found else None
