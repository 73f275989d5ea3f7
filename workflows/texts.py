"""Which language of a text a reader gets, and the texts that a round is compared with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from documents.choices import PUBLISHED
from documents.corrigenda.overlay import corrected, corrigenda_of
from documents.models import Corrigendum, Edition
from documents.reading import scripts
from documents.texts import load_tree, section_states, tree_key
from documents.tree import SectionTree
from documents.tree.canonical import language_version_hash
from documents.versions import Shown
from workflows.models import Review, RoundText


def content_language(edition: Edition, tag: str) -> str:
    """The language of the text for a reader of the interface in ``tag``: their own where the text has it, else the source's."""
    own = tag.lower().split("-")[0]
    return own if own in edition.instrument.languages else edition.instrument.source_language


def title_for(edition: Edition, tag: str) -> str:
    """The title for a reader of the interface in ``tag``: in their language where there is one, and in their script."""
    return scripts.title_of(edition, content_language(edition, tag), tag)


@dataclass(frozen=True)
class Base:
    """What the text of a review is compared with: ``edition`` (in force when the review began), an earlier ``former``
    round, or nothing. Its text is fetched only when it is asked for."""

    language: str
    edition: Edition | None = None
    former: Review | None = None

    @property
    def round(self) -> int | None:
        return self.former.round if self.former else None

    @cached_property
    def tree(self) -> SectionTree:
        if self.former is not None:
            return RoundText.objects.get(review=self.former, language=self.language).tree
        if self.edition is not None:
            return corrected(self._kept, self._corrigenda)
        return SectionTree(self.language, "", ())

    @cached_property
    def key(self) -> str:
        """Names the text: another text has another key."""
        if self.former is not None:
            return f"round:{self.former.pk}"  # kept once, never changed
        if self.edition is None:
            return "-"
        if self._frozen:
            name = self._frozen
        elif self._shown.kept(self.language) is None:
            name = section_states(self.edition, self.language).key(self.language)
        else:
            name = tree_key(self._kept)  # an earlier number: its text stands beside the columns
        return name + "".join(f"+{one.sha256}" for one in self._corrigenda)

    @cached_property
    def _frozen(self) -> str:
        """The name of a text that nothing changes any more: the number that readers see of an adopted edition."""
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
        if self.former is not None or self.edition is None or self._frozen:
            return self.key
        return tree_key(self._kept) + "".join(f"+{one.sha256}" for one in self._corrigenda)


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


def former_round(review: Review) -> Review | None:
    """The round before this one, if there was one."""
    return Review.objects.filter(edition=review.edition_id, round__lt=review.round).order_by("-round").first()


def base_of(review: Review, language: str, against: str = "", before: Review | None = None) -> Base:
    """What a reader compares with: the last round (``before``) where there was one, or, ``against="force"``, the edition in
    force.

    A first edition is compared with nothing: everything in it is new.
    """
    if (
        before is not None
        and against != "force"
        and RoundText.objects.filter(review=before, language=language).exists()
    ):
        return Base(language, former=before)
    return Base(language, edition=former_edition(review.edition))


def text_of(review: Review, language: str) -> SectionTree | None:
    """The text of a round that has ended, as it was then: kept where the round was followed by another, else the edition's own
    while that is, hashed anew, what the round was about. None where it is not kept, as before Kodeks kept every round.
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

    Letters and digraphs (џ, dž) differ in length, so that places can't be counted over: word by word they can.
    """
    wanted = shown.split()
    words = list(re.finditer(r"\S+", text))
    read = [convert(word.group()) for word in words]
    for start in range(len(read) - len(wanted) + 1):
        if all(
            whole == part or (part in whole and place in (0, len(wanted) - 1))
            for place, (whole, part) in enumerate(zip(read[start:], wanted, strict=False))
        ):
            return text[words[start].start() : words[start + len(wanted) - 1].end()]
    return ""
