"""From text to tokens, in any language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from search.analysis import light_stemmers, spelling
from search.analysis.endings import guesser
from search.analysis.families import BCMS, FAMILIES, MACEDONIAN, family_of
from search.analysis.lexicon import Lexicon, compile_lexicon, source_version, spellings_of
from search.analysis.tables import TableError, open_lexicon
from search.analysis.tokenise import spelled
from search.analysis.word_lists import listed, silent_forms


class Token(NamedTuple):
    """A word of a text: where it is (end exclusive), and what it is indexed under.

    `lemma` is the same for every form, script and spelling; `prefix` is its beginning, which relatives
    share.
    """

    start: int
    end: int
    text: str
    lemma: str
    prefix: str


# Words remembered by family: more would take more memory than they save time.
_REMEMBERED: Final = 1 << 15
_LONGEST_WORD: Final = 64


class Analyser:
    """Analyses texts with the tables of a directory.

    A family without a current table is read from the dictionaries of its packages: slower, and less
    complete. `version` says so, so that an index made with it is stale once the tables are there.
    """

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory
        self._words: dict[str, _Words] = {}
        self._lock = Lock()

    def tokens(self, text: str, language: str) -> list[Token]:
        """The tokens of a text in a language (any code: "sr-Latn", "mk", "fr")."""
        found = self._family(family_of(language)).found
        # Of some ways to write this, twice as fast as calling Token for each match. A word begins with a
        # letter or a digit, and between two words there is none: the next place with its letters is its own.
        place, end = text.index, 0
        return [
            _new(Token, (start := place(word, end), end := start + len(word)) + found[word])
            for word in spelled(text)
        ]

    def is_silent(self, word: str, language: str) -> bool:
        """Whether the word says nothing in a query as long as it has others (and, the, of)."""
        return self._family(family_of(language)).is_silent(word)

    def is_asking(self, word: str, language: str) -> bool:
        """Whether the word asks, and is not what is asked for (who, find, want)."""
        return self._family(family_of(language)).is_asking(word)

    def has_word(self, word: str, language: str) -> bool:
        """Whether the dictionaries of a language have the word in any form."""
        return self._family(family_of(language)).has_word(word)

    def version(self) -> str:
        """Names everything that the tokens depend on: an index with another version must be rebuilt."""
        versions = [f"{family}={self._version(family)}" for family in FAMILIES]
        return ";".join([*versions, f"light={light_stemmers.RULES_VERSION}"])

    def has_tables(self) -> bool:
        """Whether every family has its table."""
        return all(self._mapped(family) is not None for family in FAMILIES)

    def _version(self, family: str) -> str:
        # What is in use counts, even if tables were laid down since.
        loaded = self._words.get(family)
        return loaded.version if loaded else source_version(family, full=self._mapped(family) is not None)

    def _family(self, family: str) -> _Words:
        known = self._words.get(family)
        if known is None:
            with self._lock:
                known = self._words.get(family) or _Words(self._lexicon(family))
                self._words[family] = known
        return known

    def _lexicon(self, family: str) -> Lexicon:
        if family not in FAMILIES:
            return Lexicon(family, "", {}, {})
        return self._mapped(family) or compile_lexicon(family, full=False)

    def _mapped(self, family: str) -> Lexicon | None:
        if self._directory is None:
            return None
        try:
            lexicon = open_lexicon(table_path(self._directory, family))
        except (OSError, TableError):
            return None
        return lexicon if lexicon.version == source_version(family) else None


def table_path(directory: Path, family: str) -> Path:
    """Where a family's table lies."""
    return directory / f"{family}.lexicon"


def prefix_of(lemma: str) -> str:
    """The beginning of a lemma that its relatives share (*kazna*, *kažnjavanje*). Four letters measured
    best."""
    return lemma[:4]


_new: Final = tuple.__new__


class _Found(dict[str, tuple[str, str, str]]):
    """A word, its lemma and its prefix, by the word as written. Computed on first use; emptied when full."""

    def __init__(self, lemma: Callable[[str], str]) -> None:
        self._lemma = lemma

    def __missing__(self, word: str) -> tuple[str, str, str]:
        if len(self) >= _REMEMBERED:
            self.clear()
        lemma = self._lemma(word)
        found = self[word] = (word, lemma, prefix_of(lemma))
        return found


class _Words:
    """The words of one family."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.version = lexicon.version
        self._bcms = lexicon.family == BCMS
        self._macedonian = lexicon.family == MACEDONIAN
        self._lemmas = lexicon.lemmas
        self._endings = lexicon.endings
        self._forms = lexicon.forms
        self._guess = guesser(lexicon.family)
        self._light = lexicon.family if lexicon.family in light_stemmers.LIGHT else ""
        # Macedonian ones in Latin letters too, as they are typed (*trgovija so lugje*).
        silent = {self._form(form) for form in silent_forms(lexicon.family)}
        typed = {spell(form) for form in silent for spell in spellings_of(lexicon.family)}
        self._silent = {spelling.plain(form) for form in silent | typed}
        #: A word as written, its lemma and prefix.
        self.found = _Found(self._lemma_as_written)
        asking = listed(lexicon.family, "asking") or listed("light", f"{lexicon.family}_asking")
        self._asking = frozenset(self.found[word][1] for word in asking)

    def is_silent(self, word: str) -> bool:
        return spelling.plain(self._form(word)) in self._silent

    def is_asking(self, word: str) -> bool:
        return bool(self._asking) and self.found[word][1] in self._asking

    def has_word(self, word: str) -> bool:
        """Whether the word list has the word as it is, or as it is with diacritics."""
        form = self._form(word)
        return form in self._forms or spelling.plain(form) in self._forms

    def _form(self, word: str) -> str:
        form = spelling.lower(spelling.unparted(word))
        if self._bcms:
            return spelling.bcms(form)
        if self._macedonian:
            return spelling.macedonian(form)
        return light_stemmers.normal(self._light, form) if self._light else form

    def _lemma_as_written(self, word: str) -> str:
        return self._lemma(self._form(word[:_LONGEST_WORD]))

    def _lemma(self, form: str) -> str:
        if form.isdigit():
            return form
        known = self._lemmas.get(form)
        if known is not None:
            return known
        plain = spelling.plain(form)
        known = self._lemmas.get(plain) if plain != form else None
        if known is None:
            known = self._guess(plain, self._endings)
        return known
