"""How far a translation is: each part compared with the part of the source that it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from public.translation.parts import Part


class State(models.TextChoices):
    """Of a part and of a page; the first that holds of a part holds of its page."""

    ABSENT = "absent", pgettext_lazy("state of a campaign", "Missing")
    MISSING = "missing", pgettext_lazy("state of a translation", "Not translated")
    STALE = "stale", pgettext_lazy("state of a translation", "Out of date")
    UNREVIEWED = "unreviewed", _("Machine-assisted, not reviewed")
    CURRENT = "current", pgettext_lazy("state of a translation", "Up to date")


class Origin(models.TextChoices):
    """How the translation of a part came about."""

    PERSON = "person", _("translated by a person")
    MACHINE = "machine", _("machine-assisted")
    DERIVED = "derived", _("made from the other script")


class Row(Protocol):
    """What is known of the translation of one part (public.models.BlockTranslation)."""

    @property
    def origin(self) -> str: ...
    @property
    def source_hash(self) -> str: ...
    @property
    def source_texts(self) -> Mapping[str, str]: ...
    @property
    def is_unreviewed(self) -> bool: ...


@dataclass(frozen=True)
class Comparison:
    """A part of the source and what the translation has of it."""

    source: Part
    own: Part | None
    row: Row | None

    @property
    def repeats_the_source(self) -> bool:
        """Whether a text of the translation is still that of the source."""
        return self.own is not None and bool(self.own.filled.items() & self.source.filled.items())

    @property
    def is_whole(self) -> bool:
        """A list may have other items than the source has, but no fewer texts."""
        return self.own is not None and len(self.own.filled) >= len(self.source.filled)

    @property
    def state(self) -> State:
        if self.own is None or not self.own.filled:
            return State.MISSING
        if self.row is None:
            return State.STALE if self.is_whole and not self.repeats_the_source else State.MISSING
        if self.row.source_hash != self.source.hash:
            return State.STALE
        return State.UNREVIEWED if self.row.is_unreviewed else State.CURRENT


def compare(source: Mapping[str, Part], own: Mapping[str, Part], rows: Mapping[str, Row]) -> list[Comparison]:
    """Each part of the source; what only the translation has needs no source."""
    return [Comparison(part, own.get(key), rows.get(key)) for key, part in source.items() if part.filled]


def state_of_page(found: Iterable[Comparison]) -> State:
    states = {one.state for one in found}
    return next((state for state in State if state in states), State.CURRENT)


def untranslated(found: Iterable[Comparison]) -> list[Part]:
    """What readers would see in the language of the source."""
    return [one.source for one in found if one.state == State.MISSING and one.own is not None]
