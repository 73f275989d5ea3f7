"""A text that is read, with its corrigenda: the marks in it, and the notes next to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from documents.display import links
from documents.display.acts import describe_act
from documents.display.language import Text, name_of
from documents.display.script import unchanged
from documents.editions.corrected import corrected_outline, of_section
from documents.editions.language_versions import Shown
from documents.editions.text_storage import OutlineRow
from documents.models import Corrigendum, Edition
from documents.text.correction import marked
from theme.localized_names import localized_name


@dataclass(frozen=True, slots=True)
class Note:
    """A corrigendum's note next to the text: its number, from when it applies, its acts in words."""

    number: int
    url: str
    valid_from: date | None
    exact: str
    words: str
    acts: tuple[str, ...]
    uid: str
    language: str
    language_name: str


Link = Callable[[dict[str, Any], object, str], dict[str, Any]]


class Corrected:
    """The corrigenda of an edition in effect on a day (today, where none is named), as one request reads
    them. None where the text is read as adopted."""

    def __init__(
        self,
        edition: Edition,
        editions: Sequence[Edition],
        on: date | None = None,
        as_adopted: bool = False,
        shown: Shown | None = None,
    ) -> None:
        self.edition = edition
        self.editions = editions
        self.on = on
        self.shown = shown or Shown(edition)
        self.as_adopted = as_adopted

    @cached_property
    def known(self) -> list[Corrigendum]:
        """Every corrigendum of the edition that holds."""
        return [
            one
            for one in self.of_all_editions
            if one.edition_id == self.edition.pk
            and (self.on is None or (one.valid_from or self.on) <= self.on)
        ]

    @cached_property
    def of_all_editions(self) -> list[Corrigendum]:
        """The corrigenda of every edition that the reader sees, in order; one query."""
        adopted = [one.pk for one in self.editions if one.adopted]
        found = Corrigendum.objects.recorded().filter(edition__in=adopted)
        return list(found.prefetch_related("acts")) if adopted else []

    @property
    def query(self) -> dict[str, str]:
        return {"as": "adopted"} if self.as_adopted else {}

    def drawn(
        self, body: dict[str, Any], uid: object, language: str, link: Link | None = None
    ) -> dict[str, Any]:
        """The body with what was corrected marked in it, to be drawn on a page. ``link`` draws citations into
        the adopted text, which they were found in."""
        body = self.shown.body(body, uid, language)
        body = link(body, uid, language) if link and body else body
        own = [] if self.as_adopted else of_section(self.known, uid, language)
        return marked(body, [one.correction for one in own]) if own else body

    def outline(self, language: str) -> list[OutlineRow]:
        rows = self.shown.outline(language)
        return rows if self.as_adopted else corrected_outline(rows, self.edition, self.known, language)

    def notes(self, uid: str, text: Text) -> list[Note]:
        """The notes on a section's corrigenda, or on all of the edition's, in whatever language."""
        convert = {text.language: text.script.convert}
        return [
            Note(
                number=one.number or 0,
                url=links.corrigendum_url(self.edition, one.number or 0, **text.query),
                valid_from=one.valid_from,
                exact=convert.get(one.language, unchanged)(one.exact),
                words=convert.get(one.language, unchanged)(one.words),
                acts=tuple(localized_name(describe_act(act)) for act in one.acts.all()),
                uid=str(one.uid),
                language=one.language,
                language_name=name_of(one.language),
            )
            for one in self.known
            if not uid or str(one.uid) == uid
        ]
