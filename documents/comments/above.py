"""Whether a section still stands under the headings under which somebody marked its words."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q

from documents.actions.edit_outline import Node, above, outline_of
from documents.comments.parts import Parts
from documents.models import Edition, SectionChange
from documents.models import Section as SectionRow
from documents.text_storage import check_language

WRITTEN = (SectionChange.Verb.SAVE, SectionChange.Verb.IMPORT)
OUTLINE = (SectionChange.Verb.ADD, SectionChange.Verb.MOVE, SectionChange.Verb.REMOVE)


class Above:
    """The sections in which those of an edition stand, and what became of these since a moment (``first``, the earliest that is asked
    about, or a query for it). A few queries for all."""

    def __init__(self, edition: Edition, first: Any) -> None:
        self.edition, self.first = edition, first

    @cached_property
    def _outline(self) -> list[Node]:
        return outline_of(self.edition)

    @cached_property
    def _levels(self) -> dict[str, int]:
        return {node.uid: node.level for node in self._outline}

    @cached_property
    def _above(self) -> dict[str, tuple[str, ...]]:
        return above(self._outline)

    @cached_property
    def _changes(self) -> list[tuple[str, str, datetime, list[str] | None]]:
        """What was done to the outline: how, to which section, when, and which sections stand in others by it, where the log says that.
        Of an original that was taken in anew any may."""
        source = self.edition.instrument.source_language
        did = Q(verb__in=OUTLINE) | Q(verb=SectionChange.Verb.IMPORT, language=source)
        rows = SectionChange.objects.filter(did, edition=self.edition, at__gte=self.first)
        # Not the texts: an original that was taken in has one for each section.
        every = rows.values_list("verb", "uid", "at", "after__led")
        return [(verb, str(uid), at, led) for verb, uid, at, led in every]

    @cached_property
    def _texts(self) -> dict[tuple[str, str], list[tuple[datetime, Parts]]]:
        """Every text that the sections had in which others stand, by section and language, each with the moment until which it
        stood."""
        outer = {uid for chain in self._above.values() for uid in chain}
        rows = SectionChange.objects.filter(
            edition=self.edition, uid__in=outer, verb__in=WRITTEN, at__gte=self.first
        )
        found: dict[tuple[str, str], list[tuple[datetime, Parts]]] = defaultdict(list)
        for uid, language, at, before in rows.order_by("id").values_list("uid", "language", "at", "before"):
            found[str(uid), language].append((at, Parts.read(before)))
        return found

    def stood_elsewhere(self, uid: str, since: datetime) -> bool:
        """Whether a section may have stood in others since a moment."""
        chain = self._above.get(uid, ())
        for verb, own, at, led in self._changes:
            if at < since:
                continue
            if verb == SectionChange.Verb.IMPORT:
                return True
            if uid in (led or ()) or (own == uid and verb != SectionChange.Verb.MOVE):
                return True
            # What was logged before the log said whose place became another one.
            left_one = verb != SectionChange.Verb.ADD and self._levels.get(uid, 0) > 1
            if led is None and (left_one or own in (uid, *chain)):
                return True
        return False

    def changed(self, uid: str, language: str, since: datetime) -> dict[str, list[Parts]]:
        """The texts that the sections in which this one stands had since a moment, the last one that of now, where there are several."""
        found: dict[str, list[Parts]] = {}
        for outer in self._above.get(uid, ()):
            texts = [one for until, one in self._texts.get((outer, language), ()) if until >= since]
            if texts:
                rows = SectionRow.objects.filter(edition=self.edition, uid=outer)
                now = rows.values_list(f"body_{check_language(language)}", flat=True).first()
                found[outer] = [*texts, Parts.read(now)]
        return found
