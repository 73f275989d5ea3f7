"""Where the words that comments speak of stand now: followed through every text that their section had since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Subquery

from documents.comments.above import WRITTEN, Above
from documents.comments.anchor import Place, fit, places, stands_between
from documents.comments.follow import followed
from documents.comments.parts import Parts
from documents.comments.proof import Accepted, PutIn, Taken, proven, same_heading
from documents.models import Comment, Edition, SectionChange, Suggestion
from documents.suggestions import suggestion
from documents.text import plain_line

IN_WORDS = (
    suggestion.HEADING,
    suggestion.CHANGED,
    suggestion.ADDED,
    suggestion.REMOVED,
    suggestion.SHIFTED,
)
"""The kinds of suggestions from Word that change a section's own text."""
By = dict[tuple[str, str], list[tuple[datetime, Accepted]]]
"""By section and language, each with the moment at which it was accepted."""


class Places:
    """The places of an edition's comments. One query for all of them, and only where somebody asks for one whose section was
    changed since."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def _texts(self) -> dict[tuple[str, str], list[tuple[datetime, Parts]]]:
        """Every text that a section had in which somebody marked words, by section and language, the oldest first, each with the
        moment until which it stood."""
        marked = Comment.objects.filter(edition=self.edition, parent=None).exclude(quote="")
        first = marked.order_by("written").values("written")[:1]
        found: dict[tuple[str, str], list[tuple[datetime, Parts]]] = defaultdict(list)
        changes = SectionChange.objects.filter(
            edition=self.edition, uid__in=marked.values("uid"), verb__in=WRITTEN, at__gte=Subquery(first)
        )
        for uid, language, at, before in changes.order_by("id").values_list(
            "uid", "language", "at", "before"
        ):
            found[str(uid), language].append((at, Parts.read(before)))
        return found

    @cached_property
    def _put_in(self) -> By:
        """The words that comments spoke of and those that were put in their place."""
        found: By = defaultdict(list)
        applied = Comment.objects.filter(edition=self.edition, applied__isnull=False)
        for uid, language, quote, words, at in applied.values_list(
            "uid", "language", "quote", "suggestion", "applied"
        ):
            if at is not None:
                found[str(uid), language].append((at, PutIn(quote, plain_line(words))))
        return found

    @cached_property
    def _taken(self) -> By:
        """The suggestions from Word files that were accepted."""
        found: By = defaultdict(list)
        rows = Suggestion.objects.filter(
            edition=self.edition, state=Suggestion.State.ACCEPTED, kind__in=IN_WORDS
        )
        for uid, language, at, *change in rows.values_list(
            "uid", "language", "decided", "kind", "before", "after", "place"
        ):
            if at is not None:
                found[str(uid), language].append((at, Taken(*change)))
        return found

    @cached_property
    def _above(self) -> Above:
        marked = Comment.objects.filter(edition=self.edition, parent=None).exclude(quote="")
        return Above(self.edition, Subquery(marked.order_by("written").values("written")[:1]))

    def of(self, comment: Comment, text: str) -> Place | None:
        """Where the words of a comment stand in ``text``, that of its section (:func:`documents.comments.actions.section_text`);
        None where they are gone, or it speaks of none."""
        if not comment.quote.strip():
            return None
        since = self._since(comment, comment.written)
        return followed(comment.quote, comment.prefix, comment.suffix, [*since, text])

    def is_sure(self, comment: Comment, place: Place, body: Mapping[str, Any]) -> bool:
        """Whether the words at ``place`` of the section's text, with ``body`` now, are the very ones that were marked, for certain
        (:mod:`documents.comments.proof`)."""
        texts = [*self._kept(comment, comment.written), Parts.read(body)]
        uid, language, since = str(comment.uid), comment.language, comment.written
        marked = comment.quote, comment.prefix, comment.suffix
        found = proven(*marked, texts, _accepted(self._put_in, uid, language, since))
        if found != place:  # looked for only here: they are long
            found = proven(*marked, texts, self._accepted(uid, language, since))
        if found != place or self._above.stood_elsewhere(uid, since):
            return False
        return all(
            same_heading(headings, self._accepted(outer, language, since))
            for outer, headings in self._above.changed(uid, language, since).items()
        )

    def _accepted(self, uid: str, language: str, since: datetime) -> list[Accepted]:
        """The suggestions for a section that were accepted since a moment."""
        return [one for by in (self._put_in, self._taken) for one in _accepted(by, uid, language, since)]

    def of_put_in(self, comment: Comment, text: str) -> Place | None:
        """Where the words that were put in as a comment suggests them stand in ``text``, as they were or edited since; None where
        they were taken out."""
        words = plain_line(comment.suggestion)
        since = self._since(comment, comment.applied) if comment.applied else []
        first = since[0] if since else text
        stands = [
            one for one in places(words, first) if stands_between(one, comment.prefix, comment.suffix, first)
        ]
        if not stands or not since:
            return max(stands, key=lambda one: fit(one, comment.prefix, comment.suffix, first), default=None)
        return followed(words, comment.prefix, comment.suffix, [*since, text])

    def first(self, comment: Comment, text: str) -> str:
        """The text that its section had when a comment was written; ``text`` is the one that it has now."""
        return next(iter(self._since(comment, comment.written)), text)

    def _since(self, comment: Comment, moment: datetime) -> list[str]:
        """The texts that the section of a comment had since a moment, without the one that it has now."""
        then = self._texts.get((str(comment.uid), comment.language), ())
        return [one.text for until, one in then if until >= moment]

    def _kept(self, comment: Comment, moment: datetime) -> list[Parts]:
        then = self._texts.get((str(comment.uid), comment.language), ())
        return [one for until, one in then if until >= moment]


def _accepted(by: By, uid: str, language: str, since: datetime) -> list[Accepted]:
    return [one for at, one in by.get((uid, language), ()) if at >= since]
