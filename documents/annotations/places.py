"""Where the words that comments speak of stand now: followed through every text that their section had since."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from documents.annotations import anchor
from documents.annotations.anchor import Place
from documents.models import Comment, Edition, SectionChange
from documents.tree import body_text

WRITTEN = (SectionChange.Verb.SAVE, SectionChange.Verb.IMPORT)
Json = dict[str, Any]


class Places:
    """The places of an edition's comments. One query for all of them, and only where somebody asks for one whose section was
    changed since."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def _changes(self) -> dict[tuple[str, str], list[SectionChange]]:
        """The changes of every text that somebody marked words in, by section and language, the oldest first."""
        marked = Comment.objects.filter(edition=self.edition, parent=None).exclude(quote="")
        first = marked.order_by("written").values_list("written", flat=True).first()
        found: dict[tuple[str, str], list[SectionChange]] = defaultdict(list)
        changes = SectionChange.objects.filter(
            edition=self.edition, uid__in=marked.values("uid"), verb__in=WRITTEN, at__gte=first
        )
        for change in changes.order_by("id"):
            found[str(change.uid), change.language].append(change)
        return found

    def of(self, comment: Comment, text: str) -> Place | None:
        """Where the words of a comment stand in ``text``, that of its section (:func:`documents.annotations.actions.section_text`);
        None where they are gone, or it speaks of none."""
        quote, prefix, suffix = comment.quote, comment.prefix, comment.suffix
        exact = anchor.places(quote, text)
        sure = len(exact) == 1 and len(quote) >= anchor.TELLING
        if not quote.strip() or sure:
            return exact[0] if exact else None
        since = [
            change
            for change in self._changes.get((str(comment.uid), comment.language), ())
            if change.at >= comment.written
        ]
        if not since:
            return anchor.find(quote, prefix, suffix, text)
        states = [since[0].before, *(change.after for change in since)]
        return followed(quote, prefix, suffix, [*(_words(one) for one in states), text])


def followed(quote: str, prefix: str, suffix: str, texts: list[str]) -> Place | None:
    """The place in the last of ``texts``, which follow each other in time; the words were marked in the first of them in which they
    stand in their surroundings (a comment that came by a Word file bears the day on which it was written there). Where a text
    comes back that was there before, so does the place in it."""
    known: dict[str, Place | None] = {}
    at, last = None, ""
    for now in texts:
        if now not in known:
            known[now] = anchor.follow(at, last, now) if at else _marked(quote, prefix, suffix, now)
        if known[now] is not None:
            at, last = known[now], now
    return known[texts[-1]] if at else anchor.find(quote, prefix, suffix, texts[-1])


def _marked(quote: str, prefix: str, suffix: str, text: str) -> Place | None:
    found = anchor.find(quote, prefix, suffix, text)
    return found if found and anchor.stands_between(found, prefix, suffix, text) else None


def _words(body: Json | None) -> str:
    return body_text(body, heading=True) if body else ""
