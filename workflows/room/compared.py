"""The text of a review in the language and script of its reader, and what changed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from documents.choices import State, Translation
from documents.comparison import Comparison, SectionChange, compare
from documents.models import Edition
from documents.reading import languages, scripts
from documents.reading.compare import converted, edition_name, languages_of, samples, tree_in, without
from documents.reading.files import files_of
from documents.reading.languages import Text
from documents.reading.scripts import Convert, Script
from documents.texts import language_states, load_tree
from documents.tree import SectionTree, text_hash
from documents.tree.text import image_hashes
from workflows.models import Review
from workflows.texts import Base, base_of


@dataclass(frozen=True)
class Compared:
    """The text under review, compared with ``base``; ``missing`` sections have no translation and are left out."""

    review: Review
    text: Text
    base: Base
    comparison: Comparison
    tree: SectionTree
    """The text under review as it is kept, in its own script: what comments are anchored in."""
    convert: Convert
    """From the text as it is kept to the script in which it is read."""
    missing: int
    stale: int
    """Sections whose translation is older than the original: what changed there since is not seen in this language."""

    @cached_property
    def own_hashes(self) -> dict[str, str]:
        return {section.uid: text_hash(section.text.body) for section in self.tree}

    @property
    def shown(self) -> tuple[SectionChange, ...]:
        return self.comparison.shown

    @property
    def base_name(self) -> str:
        if self.base.round is not None:
            return _("Round %(number)d") % {"number": self.base.round}
        return edition_name(self.base.edition) if self.base.edition else _("Before")

    def hash_of(self, change: SectionChange) -> str:
        """The hash of a section's text as it is now; empty for one that was removed."""
        if self.review.edition.state == State.DRAFT:
            # In a consultation the text goes on being changed: what the manifest names is how it began.
            return self.own_hashes.get(change.uid, "") if change.new else ""
        texts: dict[str, dict[str, str]] = self.review.manifest.texts
        return texts.get(change.uid, {}).get(self.text.language, "") if change.new else ""

    def image_url(self) -> Callable[[str], str]:
        """Where the pictures of the changed sections are fetched."""
        news: set[str] = set()
        olds: set[str] = set()
        for change in self.comparison.sections:
            news |= image_hashes(change.new.text.body) if change.new else set()
            olds |= image_hashes(change.old.text.body) if change.old else set()
        files = files_of(self.review.edition, news | olds)
        if self.base.edition is not None and olds:
            files = {**files_of(self.base.edition, olds), **files}
        return lambda sha256: files[sha256].url if sha256 in files else ""


def choose_text(edition: Edition, page_tag: str, wanted: str) -> Text:
    """The language and script in which a reader of the page gets the text."""
    available = languages_of(edition) | {edition.instrument.source_language}
    return languages.choose(
        page_tag, wanted, edition.instrument.source_language, sorted(available), samples(edition)
    )


def compare_review(review: Review, page_tag: str, wanted: str = "", against: str = "") -> Compared:
    """What a review asks about, compared with the round before it or with the edition in force (``against="force"``)."""
    edition = review.edition
    text = choose_text(edition, page_tag, wanted)
    now, missing = tree_in(edition, text)
    kept = load_tree(edition, text.language) if text.script.shown else now
    script = _script(kept, text)
    base = base_of(review, text.language, against)
    own = _script(base.tree, text)
    before = converted(base.tree, own.convert)
    lost: set[str] = set()
    stale = 0
    if text.language != edition.instrument.source_language:
        # An empty section of a translation is one that nobody has translated.
        empty = {section.uid for section in before if section.text.empty}
        stale = language_states(edition)[text.language].get(Translation.STALE, 0)
        lost = {section.uid for section in now if section.uid in empty and not section.text.empty}
    silent = missing | lost
    return Compared(
        review=review,
        text=text,
        base=base,
        comparison=compare(
            without(before, silent),
            without(now, silent),
            one_text_in_two_scripts=bool(base.tree.sections) and own.own != script.own,
        ),
        tree=kept,
        convert=script.convert,
        missing=len(silent),
        stale=stale,
    )


def _script(tree: SectionTree, text: Text) -> Script:
    """The script that a text came in, by its own words, and the way to the one in which it is read."""
    sample = " ".join(section.text.heading or section.text.plain[:200] for section in tree.sections[:40])
    return scripts.choose(text.language, text.script.shown, sample)
