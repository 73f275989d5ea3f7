"""Where comments are in the text, as its reviewers may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from documents.choices import CommentOutcome
from documents.display.script import TWO_SCRIPTS, Convert, as_page
from documents.editions.language_versions import Shown
from documents.models import Comment, Edition
from documents.text import Section, SectionTree, body_text, plain_line, text_hash
from documents.text.text_quote import AROUND, Anchor, around, locate, places


def accepted(edition: Edition) -> QuerySet[Comment]:
    """The comments of a text that suggest words and were accepted as they are."""
    found = Comment.objects.filter(edition=edition, parent=None, outcome=CommentOutcome.ACCEPTED)
    return found.exclude(suggestion="")


def is_accepted(comment: Comment) -> bool:
    """Whether it is one of these, and was not opened again since."""
    return bool(comment.suggestion) and comment.outcome == CommentOutcome.ACCEPTED and not comment.reopened


def can_put_in(comment: Comment) -> bool:
    """Whether a comment suggests words that were neither inserted nor rejected."""
    return bool(comment.suggestion) and not comment.applied and comment.outcome != CommentOutcome.REJECTED


@dataclass(frozen=True)
class Marked:
    """Words in their text, with what is before and after them."""

    words: str = ""
    before: str = ""
    after: str = ""

    @property
    def lead(self) -> str:
        """The few whole words before them on the same line."""
        line = self.before.rpartition("\n")[2]
        return line if len(self.before) < AROUND or line != self.before else line.partition(" ")[2]

    @property
    def tail(self) -> str:
        """The few words after them."""
        line = self.after.partition("\n")[0]
        return line if len(self.after) < AROUND or line != self.after else line.rpartition(" ")[0]

    @property
    def in_text(self) -> tuple[str, str, str]:
        """What is before them, they, and what is after them."""
        return self.before, self.words, self.after


class CommentAnchors:
    """The texts of an edition by language, each fetched once; ``known`` are those that are there already."""

    def __init__(self, edition: Edition, known: Mapping[str, SectionTree] | None = None) -> None:
        self.edition = edition
        self._trees = dict(known or {})
        self._words: dict[tuple[str, str], str] = {}
        self._found: dict[int, Anchor] = {}
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
        """The section of a comment; None where it was removed."""
        return self.tree(comment.language).by_uid.get(str(comment.uid))

    def name(self, comment: Comment) -> str:
        """Number and heading of the section, in the comment's language or the original; "" if it is gone."""
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
        """Whether its quoted words are no longer in the text."""
        section = self.section(comment)
        if section is None or not comment.quote:
            return section is None
        if section.text.empty and self._unread(comment.language):
            return False
        return not self._anchor(comment, section).count

    def marked(self, comment: Comment) -> Marked:
        """The quoted or applied words as they are now; empty where they are gone or not sure."""
        section = self.section(comment)
        place = self._anchor(comment, section).place if section is not None else None
        if section is None or place is None:
            return Marked()
        text = self._text(comment, section)
        return Marked(text[slice(*place)], *around(text, *place))

    def replaced(self, comment: Comment) -> bool:
        """Whether the words that it suggested were inserted, and edited or removed since."""
        return bool(comment.applied) and self.lost(comment)

    def left_out(self, comment: Comment) -> bool:
        """Whether it was accepted and its suggested words are not in the text."""
        if not is_accepted(comment):
            return False
        section = self.section(comment)
        if section is None:
            return True
        if section.text.empty and self._unread(comment.language):
            return False
        return self.replaced(comment) if comment.applied else not self._written_by_hand(comment, section)

    def _written_by_hand(self, comment: Comment, section: Section) -> bool:
        """Whether the suggested words are in the section in place of the quote."""
        text = plain_line(comment.suggestion)
        if not places(text, self._text(comment, section)):
            return False
        return bool(places(comment.quote, text)) or not self._anchor(comment, section).count

    def wants_suggestion(self, comment: Comment) -> bool:
        """Whether words that it suggests are still to come into the text, or may be."""
        at_stake = can_put_in(comment) and not is_accepted(comment)
        return self.section(comment) is not None and (at_stake or self.left_out(comment))

    def several(self, comment: Comment) -> bool:
        """Whether the words that it is about are more than once in its section."""
        section = self.section(comment) if comment.quote else None
        return section is not None and len(places(comment.quote, self._text(comment, section))) > 1

    def ambiguous(self, comment: Comment) -> bool:
        """Whether several places may be meant by now: none is marked."""
        section = self.section(comment) if comment.quote and not comment.applied else None
        return section is not None and self._anchor(comment, section).ambiguous

    def certain(self, comment: Comment) -> bool:
        """Whether its quote is in the text once with its surroundings, so that a click may apply it."""
        section = self.section(comment) if comment.quote else None
        return section is not None and self._anchor(comment, section).certain is not None

    def _text(self, comment: Comment, section: Section) -> str:
        key = (comment.language, str(comment.uid))
        if key not in self._words:
            self._words[key] = body_text(section.text.body, heading=True)
        return self._words[key]

    def _anchor(self, comment: Comment, section: Section) -> Anchor:
        """The place of its words, or of those that replaced them."""
        if comment.pk not in self._found:
            wanted = plain_line(comment.suggestion) if comment.applied else comment.quote
            text = self._text(comment, section)
            self._found[comment.pk] = locate(wanted, comment.prefix, comment.suffix, text)
        return self._found[comment.pk]

    def text_hash(self, comment: Comment) -> str:
        """That of its section's text as it is now; empty where it was removed."""
        key = (comment.language, str(comment.uid))
        if key not in self._hashes:
            section = self.section(comment)
            self._hashes[key] = text_hash(section.text.body) if section else ""
        return self._hashes[key]

    def _unread(self, language: str) -> bool:
        """Whether an adopted edition has no text in that language for its readers yet."""
        return self.edition.adopted and self._shown.stored(language) == {}
