"""The text of a review in the language and script of its reader, and what changed in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.choices import Translation
from documents.comparison import Comparison, SectionChange, compare
from documents.display import language as display_language
from documents.display import script as display_script
from documents.display.language import Text
from documents.display.script import Convert, Script
from documents.editions.language_versions import unfinished_languages
from documents.editions.text_storage import load_tree, section_states, tree_key
from documents.models import Edition
from documents.pages.compare.page import converted, edition_name, samples, without
from documents.pages.edition.files import files_of
from documents.text import SectionTree, text_hash
from workflows.models import AnsweredText, Review, SignOff
from workflows.pages.review.comparison_cache import ComparedTexts, compare_once
from workflows.texts import NOTHING, Base, Since, answered_texts, base_of, text_of


@dataclass(frozen=True)
class Compared:
    """The text under review against ``base``; ``missing`` sections have no translation."""

    review: Review
    text: Text
    base: Base
    texts: ComparedTexts
    hashes: dict[str, str]
    """The stored hash of each section, as it is now or when the round ended."""
    missing: int
    last_key: str
    """Names the text as it is now, or as it was when the round ended, whichever is shown."""
    answered: Mapping[str, AnsweredText]
    """The texts in this language that were answered while they were open, by their hashes."""
    not_stored: bool = False
    """Whether the text of a round that has ended is not stored, and nothing is shown in its place."""
    answer_shown: SignOff | None = None
    """The answer whose text is shown, where the round had another one later."""
    stale_uids: frozenset[str] = frozenset()
    """Sections whose translation is older than the original."""

    @property
    def stale(self) -> int:
        return len(self.stale_uids)

    @property
    def unseen(self) -> frozenset[str]:
        """The sections of which this language does not show what changed."""
        return self.stale_uids | self.texts.silent

    def changed_unseen(self, original: Compared) -> list[SectionChange]:
        """What of the changes in the original is not seen in this language."""
        unseen = self.unseen - {change.uid for change in self.shown}
        return [change for change in original.shown if change.uid in unseen]

    @property
    def comparison(self) -> Comparison:
        return self.texts.comparison

    @property
    def tree(self) -> SectionTree:
        """The text under review as stored, in its own script: what comments are anchored in."""
        return self.texts.tree

    @property
    def convert(self) -> Convert:
        """From the text as stored to the script in which it is read."""
        return self.texts.convert

    @property
    def shown(self) -> tuple[SectionChange, ...]:
        return self.comparison.shown

    @property
    def base_name(self) -> str:
        if self.base.answer is not None:
            return _("Text answered in round %(number)d") % {"number": self.base.round}
        if self.base.round is not None:
            return _("Round %(number)d") % {"number": self.base.round}
        return edition_name(self.base.edition) if self.base.edition else _("Before")

    def hash_of(self, change: SectionChange) -> str:
        """The hash of a section's text as it is shown; empty for one that was removed."""
        return self.hashes.get(change.uid, "") if change.new else ""

    def image_url(self) -> Callable[[str], str]:
        """Where the pictures of the changed sections are fetched."""
        olds, news = self.texts.images
        files = files_of(self.review.edition, {*news, *olds})
        if self.base.edition is not None and olds:
            files = {**files_of(self.base.edition, set(olds)), **files}
        return lambda sha256: files[sha256].url if sha256 in files else ""


def compare_review(
    review: Review, page_tag: str, wanted: str = "", against: str = "", since: Since = NOTHING
) -> Compared:
    """The text under review against what the reader knows (``since``), or the edition in force."""
    edition = review.edition
    source = edition.instrument.source_language
    # It is read in one of these: what is asked for, what the page speaks, or the original.
    likely = {display_language.content_language(wanted), display_language.content_language(page_tag), source}
    states = section_states(edition, *sorted(likely & {source, *edition.instrument.languages}), any_text=True)
    # What is written after the adoption is none of the text that was reviewed, and nobody has checked it.
    written = set(unfinished_languages(edition))
    available = sorted((states.languages - written) | {source})
    text = display_language.choose(page_tag, wanted, source, available, samples(edition))
    shown = states.key(text.language) if review.running else ""
    answered = answered_texts(edition, text.language, since)
    answered_text = _answered(since.answer_shown, text.language, answered)
    if not review.running or (answered_text is not None and answered_text.key != shown):
        return _then(review, text, since, against, answered, shown)
    base = base_of(review, text.language, since, answered, shown, against)
    own = states.of(text.language)
    missing = {uid for uid, state in own.items() if state == Translation.MISSING}
    texts = _compared(edition, text, lambda: load_tree(edition, text.language), base, shown, missing)
    return Compared(
        review=review,
        text=text,
        base=base,
        texts=texts,
        hashes=states.hashes(text.language),
        missing=len(missing | texts.silent),
        last_key=shown,
        answered=answered,
        stale_uids=frozenset(uid for uid, state in own.items() if state == Translation.STALE),
    )


def _answered(
    answer: SignOff | None, language: str, answered: Mapping[str, AnsweredText]
) -> AnsweredText | None:
    """The text for which an answer was given, if it is among those."""
    return answered.get(answer.manifest.versions.get(language, "")) if answer is not None else None


def _then(
    review: Review, text: Text, since: Since, against: str, answered: Mapping[str, AnsweredText], now: str
) -> Compared:
    """The same of an earlier text: the one answered (``since.answer_shown``), or that of the ended round."""
    last = None if now else text_of(review, text.language)
    last_key = now or (tree_key(last) if last is not None else "")
    given = _answered(since.answer_shown, text.language, answered)
    shown_answer = since.answer_shown if given is not None and given.key != last_key else None
    stored = given.tree if shown_answer is not None and given is not None else last
    tree = stored or SectionTree(text.language, "", ())
    shown = tree_key(tree)
    base = base_of(review, text.language, since, answered, shown, against) if stored else Base(text.language)
    missing = _untranslated(review, tree, shown_answer, since) if stored is not None else set()
    texts = _compared(review.edition, text, lambda: tree, base, shown, missing)
    return Compared(
        review=review,
        text=text,
        base=base,
        texts=texts,
        hashes={one.uid: text_hash(one.text.body) for one in tree if not one.text.empty},
        missing=len(missing | texts.silent),
        last_key=last_key,
        not_stored=stored is None,
        answered=answered,
        answer_shown=shown_answer,
    )


def _untranslated(review: Review, tree: SectionTree, answer: SignOff | None, since: Since) -> set[str]:
    """The sections that the original had then and this language had not."""
    source = review.edition.instrument.source_language
    if tree.language == source:
        return set()
    of_source = _answered(answer, source, answered_texts(review.edition, source, since))
    original = of_source.tree if of_source is not None else text_of(review, source)
    translated = {section.uid for section in tree if not section.text.empty}
    return {one.uid for one in original or () if not one.text.empty} - translated


def _compared(
    edition: Edition,
    text: Text,
    load: Callable[[], SectionTree],
    base: Base,
    shown: str,
    missing: set[str],
) -> ComparedTexts:
    """The text named ``shown`` against ``base``, from the cache where it was compared before."""
    rest = (text.script.shown, *sorted(missing))

    def make() -> tuple[str, ComparedTexts]:
        found = _compare(edition, text, load(), base, missing)
        return ":".join((tree_key(found.tree), base.own_key, *rest)), found

    return compare_once(":".join((shown, base.key, *rest)), make)


def _compare(
    edition: Edition, text: Text, stored: SectionTree, base: Base, missing: set[str]
) -> ComparedTexts:
    """Compare a text with ``base``, without what is translated on one side only."""
    script = _script(stored, text)
    now = converted(stored, script.convert)
    own = _script(base.tree, text)
    before = converted(base.tree, own.convert)
    lost: set[str] = set()
    if text.language != edition.instrument.source_language:
        # An empty section of a translation is one that nobody has translated.
        empty = {section.uid for section in before if section.text.empty}
        lost = {section.uid for section in now if section.uid in empty and not section.text.empty}
    silent = frozenset(missing | lost)
    return ComparedTexts(
        comparison=compare(
            without(before, set(silent)),
            without(now, set(silent)),
            one_text_in_two_scripts=bool(base.tree.sections) and own.own != script.own,
        ),
        tree=stored,
        convert=script.convert,
        silent=silent,
    )


def _script(tree: SectionTree, text: Text) -> Script:
    """The script of a text, by its own words, and the way to the reader's."""
    sample = " ".join(section.text.heading or section.text.plain[:200] for section in tree.sections[:40])
    return display_script.choose(text.language, text.script.shown, sample)
