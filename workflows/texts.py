"""Which language of a text a reader gets, and the texts that it is compared with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language

from documents.choices import PUBLISHED
from documents.display import script as display_script
from documents.editions.corrected import corrected, corrigenda_of
from documents.editions.language_versions import Shown
from documents.editions.text_storage import load_tree, section_states, tree_key
from documents.models import Corrigendum, Edition
from documents.text import SectionTree
from documents.text.canonical import language_version_hash
from workflows.models import AnsweredText, Review, RoundText, SignOff


def content_language(edition: Edition, tag: str) -> str:
    """The reader's language where the text has it, else the source's."""
    own = tag.lower().split("-")[0]
    return own if own in edition.instrument.languages else edition.instrument.source_language


def title_for(edition: Edition, tag: str = "") -> str:
    """The title in the language and script of the reader, or of the page."""
    tag = tag or get_language() or "en"
    return display_script.title_of(edition, content_language(edition, tag), tag)


@dataclass(frozen=True)
class Base:
    """What a text is compared with: what was answered last, the end of a round, an edition, or nothing.
    Lazy."""

    language: str
    edition: Edition | None = None
    former: RoundText | None = None
    answer: SignOff | None = None
    answered: AnsweredText | None = None

    @property
    def round(self) -> int | None:
        """The number of the round at whose end, or in which, the text was so; None for an edition."""
        if self.answer is not None:
            return self.answer.seat.stage.review.round
        return self.former.review.round if self.former else None

    @cached_property
    def tree(self) -> SectionTree:
        stored = self.answered or self.former
        if stored is not None:
            return stored.tree
        if self.answer is not None:
            review = self.answer.seat.stage.review
            return text_of(review, self.language) or SectionTree(self.language, "", ())
        if self.edition is not None:
            return corrected(self._adopted_tree, self._corrigenda)
        return SectionTree(self.language, "", ())

    @cached_property
    def key(self) -> str:
        """Names the text: another text has another key."""
        if self.answered is not None:
            return self.answered.key
        if self.former is not None:
            return f"round:{self.former.review_id}"  # kept once, never changed
        if self.answer is not None:
            return f"signed:{self.answer.manifest_id}"  # locked, so that nothing changes it
        if self.edition is None:
            return "-"
        if self._frozen:
            name = self._frozen
        elif self._shown.stored(self.language) is None:
            name = section_states(self.edition, self.language).key(self.language)
        else:
            name = tree_key(self._adopted_tree)  # an earlier number: its text stands beside the columns
        return name + "".join(f"+{one.sha256}" for one in self._corrigenda)

    @cached_property
    def _frozen(self) -> str:
        """The name of an adopted number, which nothing changes; else empty."""
        read = self._shown.shown(self.language)
        return f"version:{read.pk}:{read.sha256}" if read is not None and read.sha256 else ""

    @cached_property
    def _adopted_tree(self) -> SectionTree:
        """The edition's text as it was adopted."""
        if self.edition is None:
            return SectionTree(self.language, "", ())
        return self._shown.tree(self.language)

    @cached_property
    def _shown(self) -> Shown:
        assert self.edition is not None  # noqa: S101 - asked for where there is one only
        return Shown(self.edition)

    @cached_property
    def _corrigenda(self) -> list[Corrigendum]:
        return corrigenda_of(self.edition, self.language) if self.edition is not None else []

    @property
    def own_key(self) -> str:
        """The same, recomputed from the text as it was fetched."""
        if self.edition is None or self._frozen:
            return self.key
        return tree_key(self._adopted_tree) + "".join(f"+{one.sha256}" for one in self._corrigenda)


@dataclass(frozen=True)
class Since:
    """What a reader knows of the text: their institution's answers, newest first, or the round before.

    ``open``: whether any was given on an open text. ``answer_shown``: the answer whose text is shown.
    ``own``: the answer of the page's stage. ``respondent``: whether they answer for an institution.
    """

    respondent: bool = False
    open: bool = False
    answers: Sequence[SignOff] = ()
    answer_shown: SignOff | None = None
    own: SignOff | None = None
    round: Review | None = None


NOTHING = Since()


def former_edition(edition: Edition) -> Edition | None:
    """The edition that this one would replace."""
    if edition.supersedes is not None:
        return edition.supersedes
    if edition.number <= 1:
        return None
    return (
        Edition.objects.filter(
            instrument=edition.instrument_id, state__in=PUBLISHED, number__lt=edition.number
        )
        .order_by("-number")
        .first()
    )


def answers_of(review: Review, institution: int) -> list[SignOff]:
    """What an institution answered in this round and before, newest first, voided ones too."""
    found = SignOff.objects.filter(
        seat__institution=institution,
        seat__stage__review__edition=review.edition_id,
        seat__stage__review__round__lte=review.round,
    )
    listed = list(
        found.select_related("manifest", "seat__stage__review")
        .defer("manifest__texts", "seat__stage__review__procedure")
        .order_by("-at", "-pk")
    )
    for one in listed:
        one.seat.stage.review.edition = review.edition
    return listed


def base_of(
    review: Review,
    language: str,
    since: Since,
    answered: Mapping[str, AnsweredText],
    shown: str = "",
    against: str = "",
) -> Base:
    """What a reader compares with: the last answer (``since``), the round before, or the edition in force.

    ``shown`` names the text on the page; ``against="force"``: the edition in force in any case.
    """
    if against != "force":
        for answer in since.answers:
            base = _base_of_answer(answer, language, answered)
            if base is None:
                break
            # Straight after an answer nothing differs from it: one still sees what it was given for.
            if answer != since.own or base.key != shown:
                return base
        if not since.respondent and since.round is not None:
            stored = RoundText.objects.filter(review=since.round, language=language).defer("text").first()
            if stored is not None:
                stored.review = since.round
                return Base(language, former=stored)
    return Base(language, edition=former_edition(review.edition))


def _base_of_answer(answer: SignOff, language: str, answered: Mapping[str, AnsweredText]) -> Base | None:
    """The text that was answered; None where it was not stored."""
    stage = answer.seat.stage
    if stage.locked:
        ended = RoundText.objects.filter(review=stage.review_id, language=language).defer("text").first()
        return Base(language, answer=answer, former=ended)
    stored = answered.get(answer.manifest.versions.get(language, ""))
    return Base(language, answer=answer, answered=stored) if stored is not None else None


def answered_texts(edition: Edition, language: str, since: Since) -> dict[str, AnsweredText]:
    """The texts of an edition that were answered while open, by hash."""
    if not since.open:
        return {}
    stored = AnsweredText.objects.filter(edition=edition, language=language)
    return {one.sha256: one for one in stored.defer("text")}


def text_of(review: Review, language: str) -> SectionTree | None:
    """The text of an ended round: stored, or the edition's own if its hash is the round's. Else None."""
    stored = RoundText.objects.filter(review=review, language=language).first()
    if stored is not None:
        return stored.tree
    wanted = review.manifest.versions.get(language)
    for tree in (
        lambda: load_tree(review.edition, language),
        lambda: Shown(review.edition, {language: 1}).tree(language),
    ):
        if language_version_hash(found := tree()) == wanted:
            return found
    return None


def original_text(text: str, convert: Callable[[str], str], shown: str) -> str:
    """The stretch of ``text`` that reads as ``shown`` when converted, word by word; empty if there is
    none."""
    wanted = shown.split()
    words = list(re.finditer(r"\S+", text))
    read = [convert(word.group()) for word in words]
    for start in range(len(read) - len(wanted) + 1):
        if all(
            whole == part or (part in whole and place in (0, len(wanted) - 1))
            for place, (whole, part) in enumerate(zip(read[start:], wanted, strict=False))
        ):
            first, last = words[start], words[start + len(wanted) - 1]
            begin, end = _cut(first.group(), convert, wanted[0])
            if len(wanted) > 1:
                end = _cut(last.group(), convert, wanted[-1])[1]
            return text[first.start() + begin : last.start() + end]
    return ""


def _cut(word: str, convert: Callable[[str], str], part: str) -> tuple[int, int]:
    """Where in ``word`` what reads as ``part`` begins and ends, without punctuation."""
    for begin in range(len(word)):
        for end in range(len(word), begin, -1):
            if convert(word[begin:end]) == part:
                return begin, end
    return 0, len(word)
