"""From the word lists of installed packages to the tables of the analysis. Their licences are for the
operator's machine: nothing of them is in this repository."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from search.analysis import albanian, bcms, bcms_stems, english, macedonian, spelling
from search.analysis.endings import endings_of, guesser
from search.analysis.families import ALBANIAN, BCMS, ENGLISH, MACEDONIAN
from search.analysis.word_lists import closed_forms, silent_forms, standards

#: Raised when the rules here change, so that tables and indexes made before are made anew.
RULES_VERSION: Final = 13


@dataclass(frozen=True)
class Lexicon:
    """A family's words. `lemmas` maps forms, with and without diacritics, to the lemma as indexed.
    `endings` is what `guessing` needs for words that are not there. `forms` are all forms of the
    dictionaries, also those that guessing finds."""

    family: str
    version: str
    lemmas: Mapping[str, str]
    endings: Mapping[str, str]
    forms: Container[str] = frozenset()


def source_version(family: str, *, full: bool = True) -> str:
    """Names what a lexicon is made of: rules, packages and their versions."""
    packages = ["simplemma"]
    if full and family == ALBANIAN:
        packages.append(albanian.PACKAGE)
    parts = [f"rules-{RULES_VERSION}" if full else f"rules-{RULES_VERSION}-plain"]
    for package in packages:
        try:
            parts.append(f"{package}-{version(package)}")
        except PackageNotFoundError:
            parts.append(f"no-{package}")
    return "+".join(parts)


def compile_lexicon(family: str, *, full: bool = True) -> Lexicon:
    """Read a family's word lists. Not full: quicker, without Albanian paradigms and without endings."""
    forms = _forms(family, full=full)
    finish = spelling.ekavian if family == BCMS else _same
    lemmas = {form: finish(spelling.plain(lemma)) for form, lemma in forms.items()}
    for spell in spellings_of(family):
        for form, lemma in _typed_otherwise(forms, spell, silent_forms(family)):
            lemmas.setdefault(form, finish(spelling.plain(lemma)))
    endings: dict[str, str] = {}
    every = frozenset(lemmas)
    if full:
        endings = bcms_stems.lemmas_by_stem(forms) if family == BCMS else endings_of(forms)
        guess = guesser(family)
        if family == BCMS:
            lemmas, endings = unified(lemmas, endings, _token_by(lemmas, endings, guess))
        lemmas = _without_the_guessed(lemmas, lambda plain: guess(plain, endings))
    return Lexicon(family, source_version(family, full=full), lemmas, endings, every)


def _token_by(
    lemmas: Mapping[str, str], endings: Mapping[str, str], guess: Callable[[str, Mapping[str, str]], str]
) -> Callable[[str], str]:
    """What a word comes to by these tables, as `analyser` looks it up."""

    def token(word: str) -> str:
        plain = spelling.plain(word)
        return lemmas.get(word) or lemmas.get(plain) or guess(plain, endings)

    return token


def _without_the_guessed(lemmas: dict[str, str], guess: Callable[[str], str]) -> dict[str, str]:
    """Leaves out forms that guessing gets right: a third of the memory, and the same tokens."""
    plain = {form: lemma for form, lemma in lemmas.items() if spelling.plain(form) == form}
    needed = {form: lemma for form, lemma in plain.items() if guess(form) != lemma}
    for form, lemma in lemmas.items():
        typed = spelling.plain(form)
        if typed != form and (plain.get(typed) or guess(typed)) != lemma:
            needed[form] = lemma
    return needed


def _same(lemma: str) -> str:
    return lemma


def _forms(family: str, *, full: bool) -> dict[str, str]:
    """Small-lettered form to small-lettered lemma, both with diacritics."""
    convert: Callable[[str], str] = _same
    if family == BCMS:
        convert = spelling.bcms
    elif family == MACEDONIAN:
        convert = spelling.macedonian
    proper: dict[str, str] = {}
    common: dict[str, str] = {}
    for form, lemma in _simplemma(family):
        if " " in form or not form:
            continue
        small = spelling.lower(form)
        (common if small == form else proper)[convert(small)] = convert(spelling.lower(lemma))
    forms = {**proper, **common}
    if full and family == ALBANIAN:
        forms = albanian.with_paradigms(forms)
    if family == BCMS:
        forms = bcms.mended(forms)
    elif family == MACEDONIAN:
        forms = macedonian.mended(forms)
    elif family == ENGLISH:
        forms = english.mended(forms)
    for lemma in set(forms.values()):
        forms.setdefault(lemma, lemma)
    forms |= closed_forms(family)
    return forms


def _simplemma(family: str) -> Iterator[tuple[str, str]]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    yield from DefaultDictionaryFactory(cache_max_size=1).get_dictionary(family).items()


def spellings_of(family: str) -> tuple[Callable[[str], str], ...]:
    """The ways in which people write a form when they leave out what it has."""
    if family == BCMS:
        return (spelling.plain, _plain_d)
    if family == MACEDONIAN:
        return (spelling.plain, spelling.macedonian_in_latin, _macedonian_in_short_latin)
    return (spelling.plain,)


def _plain_d(form: str) -> str:
    return spelling.plain(form.replace("đ", "d"))


def _macedonian_in_short_latin(form: str) -> str:
    return spelling.macedonian_in_latin(spelling.plain(form))


def _typed_otherwise(
    forms: Mapping[str, str], spell: Callable[[str], str], silent: frozenset[str]
) -> Iterable[tuple[str, str]]:
    """Each form as `spell` writes it, where that is no form itself, with the likeliest lemma.

    Where several words fall together, one of the small words that are ``silent`` wins (*so* is Macedonian
    *со*, not *шо*). Then the one with more such forms wins, then the shorter.
    """
    typed_of: dict[str, str] = {}
    several: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, lemma in forms.items():
        typed = spell(form)
        if typed == form or typed in forms:
            continue
        first = typed_of.setdefault(typed, lemma)
        if first != lemma:
            if typed not in several:
                several[typed][first] = 1
            several[typed][lemma] += 1
    for typed, lemmas in several.items():
        typed_of[typed] = min(lemmas, key=lambda lemma: (-lemmas[lemma], len(lemma), lemma))
    for form in sorted(silent):
        if (typed := spell(form)) != form and typed not in forms:
            typed_of[typed] = forms.get(form, form)
    return typed_of.items()


#: The words of each group, the one that stands for all first.
GROUPS: Final = standards()


def unified(
    lemmas: Mapping[str, str], stems: Mapping[str, str], token: Callable[[str], str]
) -> tuple[dict[str, str], dict[str, str]]:
    """A table's forms and stems, with one token for the words of a group."""
    same: dict[str, str] = {}
    for first, *others in GROUPS:
        for other in others:
            same[token(other)] = token(first)
    for first, *_ in GROUPS:
        same.pop(token(first), None)
    mapped = {form: same.get(lemma, lemma) for form, lemma in lemmas.items()}
    # What is guessed comes to its stem where that leads to no lemma.
    return mapped, same | {stem: same.get(lemma, lemma) for stem, lemma in stems.items()}
