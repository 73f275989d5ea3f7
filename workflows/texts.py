"""Which language of a text a reader gets, and the texts that it is compared with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from documents.choices import PUBLISHED
from documents.corrigenda.overlay import corrected, corrigenda_of
from documents.language_versions import Shown
from documents.models import Corrigendum, Edition
from documents.pages import display_script
from documents.text import SectionTree
from documents.text.canonical import language_version_hash
from documents.text_storage import load_tree, section_states, tree_key
from workflows.models import AnsweredText, Review, RoundText, SignOff


def content_language(edition: Edition, tag: str) -> str:
    """The language of the text for a reader of the interface in ``tag``: their own where the text has it,
    else the source's."""
    own = tag.lower().split("-")[0]
    return own if own in edition.instrument.languages else edition.instrument.source_language


def title_for(edition: Edition, tag: str) -> str:
    """The title for a reader of the interface in ``tag``: in their language where there is one, and in their
    script."""
    return display_script.title_of(edition, content_language(edition, tag), tag)


@dataclass(frozen=True)
class Base:
    """What the text of a review is compared with: what an institution answered last (``answer``), how an
    earlier round ended (``former``), ``edition`` (in force when the review began), or nothing. Its text is
    fetched only when it is asked for."""

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
        kept = self.answered or self.former
        if kept is not None:
            return kept.tree
        if self.answer is not None:
            review = self.answer.seat.stage.review
            return text_of(review, self.language) or SectionTree(self.language, "", ())
        if self.edition is not None:
            return corrected(self._kept, self._corrigenda)
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
            name = tree_key(self._kept)  # an earlier number: its text stands beside the columns
        return name + "".join(f"+{one.sha256}" for one in self._corrigenda)

    @cached_property
    def _frozen(self) -> str:
        """The name of a text that nothing changes any more: the number that readers see of an adopted
        edition."""
        read = self._shown.shown(self.language)
        return f"version:{read.pk}:{read.sha256}" if read is not None and read.sha256 else ""

    @cached_property
    def _kept(self) -> SectionTree:
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
        """The same, made anew from the text as it was fetched."""
        if self.edition is None or self._frozen:
            return self.key
        return tree_key(self._kept) + "".join(f"+{one.sha256}" for one in self._corrigenda)


@dataclass(frozen=True)
class Since:
    """What a reader knows of the text: what their institution answered, the newest first, or the round
    before.

    ``open``: whether anything was answered in a stage that did not lock the text. ``told``: the answer whose
    text the page shows, in place of the text as it is now or as its round ended. ``own``: the answer in the
    stage of which the page speaks, where the text may have changed since. ``asked``: whether they answer for
    an institution.
    """

    asked: bool = False
    open: bool = False
    answers: Sequence[SignOff] = ()
    told: SignOff | None = None
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
    """What an institution answered of the text in this round and those before it, the newest first: also what
    no longer counts, for it was read. Silence that was taken as assent is no answer."""
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
    """What a reader compares with, where ``shown`` names the text that the page shows: what their institution
    answered last (``answered``: :func:`answered_texts` in that language), else the edition in force. Who
    answers for no institution (``since.asked``) compares with the round before, if there was one.
    ``against="force"``: the edition in force in any case.

    A first edition that nobody answered is compared with nothing: everything in it is new.
    """
    if against != "force":
        for answer in since.answers:
            base = _base_of_answer(answer, language, answered)
            if base is None:
                break
            # Straight after an answer nothing differs from it: one still sees what it was given for.
            if answer != since.own or base.key != shown:
                return base
        if not since.asked and since.round is not None:
            kept = RoundText.objects.filter(review=since.round, language=language).defer("text").first()
            if kept is not None:
                kept.review = since.round
                return Base(language, former=kept)
    return Base(language, edition=former_edition(review.edition))


def _base_of_answer(answer: SignOff, language: str, answered: Mapping[str, AnsweredText]) -> Base | None:
    """The text for which an institution answered; None where it is not kept (an open text, before Kodeks kept
    these)."""
    stage = answer.seat.stage
    if stage.locked:
        ended = RoundText.objects.filter(review=stage.review_id, language=language).defer("text").first()
        return Base(language, answer=answer, former=ended)
    kept = answered.get(answer.manifest.versions.get(language, ""))
    return Base(language, answer=answer, answered=kept) if kept is not None else None


def answered_texts(edition: Edition, language: str, since: Since) -> dict[str, AnsweredText]:
    """The texts of an edition that were answered while they were open, by their hashes; none is asked for
    where there are none."""
    if not since.open:
        return {}
    kept = AnsweredText.objects.filter(edition=edition, language=language)
    return {one.sha256: one for one in kept.defer("text")}


def text_of(review: Review, language: str) -> SectionTree | None:
    """The text of a round that has ended, as it was then: kept where the round was followed by another, else
    the edition's own while that is, hashed anew, what the round was about. None where it is not kept, as
    before Kodeks kept every round.
    """
    kept = RoundText.objects.filter(review=review, language=language).first()
    if kept is not None:
        return kept.tree
    wanted = review.manifest.versions.get(language)
    for tree in (
        lambda: load_tree(review.edition, language),
        lambda: Shown(review.edition, {language: 1}).tree(language),
    ):
        if language_version_hash(found := tree()) == wanted:
            return found
    return None


def original_words(text: str, convert: Callable[[str], str], shown: str) -> str:
    """The stretch of ``text`` that reads as ``shown`` when converted; empty where there is none.

    Letters and digraphs (џ, dž) differ in length, so that places can't be counted over: word by word they
    can.
    """
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
    """Where in ``word`` what reads as ``part`` begins and ends: a full stop or a bracket was not marked with
    it."""
    for begin in range(len(word)):
        for end in range(len(word), begin, -1):
            if convert(word[begin:end]) == part:
                return begin, end
    return 0, len(word)
