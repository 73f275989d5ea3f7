"""The texts that comments speak of, as who reviewed them may read them: after the adoption as it was adopted, and nothing of what
is being written since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from documents.choices import CommentOutcome
from documents.comments.anchor import (
    AROUND,
    Place,
    around,
    is_sure,
    like,
    places,
    same_words,
)
from documents.comments.came_in import came_in
from documents.comments.places import Places
from documents.language_versions import Shown
from documents.models import Comment, Edition
from documents.pages.display_script import TWO_SCRIPTS, Convert, as_page
from documents.text import Section, SectionTree, body_text, plain_line, text_hash


def accepted(edition: Edition) -> QuerySet[Comment]:
    """The comments of a text that suggest words and were accepted as they are."""
    found = Comment.objects.filter(edition=edition, parent=None, outcome=CommentOutcome.ACCEPTED)
    return found.exclude(suggestion="")


def is_accepted(comment: Comment) -> bool:
    """Whether it is one of these, and was not opened again since."""
    return bool(comment.suggestion) and comment.outcome == CommentOutcome.ACCEPTED and not comment.reopened


def can_put_in(comment: Comment) -> bool:
    """Whether a comment suggests words that were neither put in nor rejected."""
    return bool(comment.suggestion) and not comment.applied and comment.outcome != CommentOutcome.REJECTED


@dataclass(frozen=True)
class Marked:
    """Words in their text, with what stands before and after them."""

    words: str = ""
    before: str = ""
    after: str = ""

    @property
    def lead(self) -> str:
        """The few words before them, whole ones of the same line; two places with the same words are told apart by these."""
        line = self.before.rpartition("\n")[2]
        return line if len(self.before) < AROUND or line != self.before else line.partition(" ")[2]

    @property
    def tail(self) -> str:
        """The few words after them."""
        line = self.after.partition("\n")[0]
        return line if len(self.after) < AROUND or line != self.after else line.rpartition(" ")[0]

    @property
    def in_text(self) -> tuple[str, str, str]:
        """What stands before them, they, and what stands after them."""
        return self.before, self.words, self.after


class SpokenOf:
    """The texts of an edition by language, each fetched once; ``known`` are those that are there already."""

    def __init__(self, edition: Edition, known: Mapping[str, SectionTree] | None = None) -> None:
        self.edition = edition
        self._trees = dict(known or {})
        self._words: dict[tuple[str, str], str] = {}
        self._places = Places(edition)
        self._found: dict[int, Place | None] = {}
        self._converts: dict[str, Convert] = {}
        self._hashes: dict[tuple[str, str], str] = {}

    @cached_property
    def _shown(self) -> Shown:
        return Shown(self.edition)

    def tree(self, language: str) -> SectionTree:
        if language not in self._trees:
            self._trees[language] = self._shown.tree(language)
        return self._trees[language]

    def section(self, comment: Comment) -> Section | None:
        """The section that a comment speaks of; None where it was taken out."""
        return self.tree(comment.language).by_uid.get(str(comment.uid))

    def name(self, comment: Comment) -> str:
        """Number and heading of its section, in the language of the comment; where nobody may read it in that one yet, in the
        original. Empty where it was taken out."""
        for language in (comment.language, self.edition.instrument.source_language):
            section = self.tree(language).by_uid.get(str(comment.uid))
            if section is not None and not section.text.empty:
                return f"{section.text.label} {section.text.heading}".strip()
        return ""

    def convert(self, language: str) -> Convert:
        """The way of words of the text into the script of the page."""
        if language not in self._converts:
            sections = self.tree(language).sections[:40] if language in TWO_SCRIPTS else ()
            sample = " ".join(one.text.heading or one.text.plain[:200] for one in sections)
            self._converts[language] = as_page(language, sample)
        return self._converts[language]

    def lost(self, comment: Comment) -> bool:
        """Whether the words that it speaks of are no longer in the text, as far as there is one to be read."""
        section = self.section(comment)
        if section is None or not comment.quote:
            return section is None
        if section.text.empty and self._unread(comment.language):
            return False
        return self._place(comment, section) is None

    def marked(self, comment: Comment) -> Marked:
        """The words that it speaks of as they stand in the text now, or those that were put in their place; empty where they are gone."""
        section = self.section(comment)
        place = self._place(comment, section) if section is not None else None
        if section is None or place is None:
            return Marked()
        words = self._text(comment, section)
        return Marked(words[slice(*place)], *around(words, *place))

    def changed(self, comment: Comment) -> bool:
        """Whether its words still stand in the text, and were changed since it was written."""
        now = self.marked(comment).words if comment.quote else ""
        return bool(now) and not same_words(now, comment.quote)

    def replaced(self, comment: Comment) -> bool:
        """Whether the words that it suggested were put in, and edited or taken out since."""
        if not comment.applied:
            return False
        now = self.marked(comment).words
        return self.lost(comment) or (bool(now) and not same_words(now, plain_line(comment.suggestion)))

    def left_out(self, comment: Comment) -> bool:
        """Whether it was accepted, and the words that it suggests are not in the text: nobody put them in, or they were edited or taken
        out since."""
        if not is_accepted(comment):
            return False
        section = self.section(comment)
        if section is None:
            return True
        if section.text.empty and self._unread(comment.language):
            return False
        if comment.applied:
            return self.replaced(comment)
        now, words = self._text(comment, section), plain_line(comment.suggestion)
        times = came_in(words, comment.quote, self._places.first(comment, now), now)
        # Of several that suggest the same for other words, none is known to be in before all are.
        return not times or times < self._wanted(comment, words)

    def wants_words(self, comment: Comment) -> bool:
        """Whether words that it suggests are still to come into the text, or may be."""
        at_stake = can_put_in(comment) and not is_accepted(comment)
        return self.section(comment) is not None and (at_stake or self.left_out(comment))

    def _wanted(self, comment: Comment, words: str) -> int:
        """How many places of its section were to get the same words since it was written, its own among them."""
        same = {
            (one.quote, one.prefix, one.suffix)
            for one in self._accepted
            if (one.uid, one.language) == (comment.uid, comment.language)
            and plain_line(one.suggestion) == words
            and (one.applied is None or one.applied > comment.written)
        }
        return len(same | {(comment.quote, comment.prefix, comment.suffix)})

    @cached_property
    def _accepted(self) -> list[Comment]:
        return [one for one in accepted(self.edition) if is_accepted(one)]

    def several(self, comment: Comment) -> bool:
        """Whether the words that it speaks of stand more than once in its section."""
        section = self.section(comment) if comment.quote else None
        if section is None:
            return False
        words, place = self._text(comment, section), self._place(comment, section)
        if place is None or not same_words(words[slice(*place)], comment.quote):
            return len(places(comment.quote, words)) > 1
        return len(like(place, words)) > 1

    def alone_by_line(self, comment: Comment) -> bool:
        """Whether its words, with those of the same line around them, stand there once."""
        section, now = self.section(comment), self.marked(comment)
        place = self._place(comment, section) if section is not None else None
        if section is None or place is None:
            return True
        line = place[0] - len(now.lead), place[1] + len(now.tail)
        return len(like(line, self._text(comment, section))) == 1

    def astray(self, comment: Comment) -> bool:
        """Whether its words, as they are now, stand there more than once, and which of them are meant is not sure: none is marked."""
        section = self.section(comment) if comment.quote and not comment.applied else None
        place = self._place(comment, section) if section is not None else None
        if section is None or place is None:
            return False
        words = self._text(comment, section)
        return len(like(place, words)) > 1 and not is_sure(
            place, comment.quote, comment.prefix, comment.suffix, words
        )

    def unsure(self, comment: Comment) -> bool:
        """Whether its words stand in the text, and the text around them was changed so that they may be others: nothing is put in their
        place by a click."""
        section = self.section(comment) if comment.quote else None
        place = self._place(comment, section) if section is not None else None
        if section is None or place is None:
            return False
        return not self._places.is_sure(comment, place, section.text.body)

    def _text(self, comment: Comment, section: Section) -> str:
        key = (comment.language, str(comment.uid))
        if key not in self._words:
            self._words[key] = body_text(section.text.body, heading=True)
        return self._words[key]

    def _place(self, comment: Comment, section: Section) -> Place | None:
        if comment.pk not in self._found:
            words = self._text(comment, section)
            self._found[comment.pk] = (
                self._places.of_put_in(comment, words) if comment.applied else self._places.of(comment, words)
            )
        return self._found[comment.pk]

    def text_hash(self, comment: Comment) -> str:
        """That of its section's text as it is now; empty where it was taken out."""
        key = (comment.language, str(comment.uid))
        if key not in self._hashes:
            section = self.section(comment)
            self._hashes[key] = text_hash(section.text.body) if section else ""
        return self._hashes[key]

    def _unread(self, language: str) -> bool:
        """Whether an adopted edition has no text in that language for its readers yet."""
        return self.edition.adopted and self._shown.kept(language) == {}
