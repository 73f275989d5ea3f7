"""The Albanian paradigms of `uniparser-albanian` (MIT), written out as forms.

Its grammar is two text files; 58,000 lexemes give about a million forms, which are looked up like any others.
Derivations are left out: they are in the list as lexemes of their own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Final

from search.analysis import spelling
from search.analysis.families import ALBANIAN
from search.analysis.word_lists import frequent, lemma_of_form

PACKAGE: Final = "uniparser-albanian"

_STEMS: Final = re.compile(r"<([0-9,]+)>")
# Forms of the old language and of dialects would double the table; laws are not written in them.
_NOT_STANDARD: Final = re.compile(r"\b(?:nonst|Gheg|old)\b")
_PARTICIPLE: Final = ("uar", "yer", "ur", "ër")
_SHORT_PARTICIPLE: Final = ("rë", "në")  # "bërë", "dhënë"
_WOMAN: Final = (
    "are", "ore", "iste", "ante", "ente", "uese", "yese", "ëse", "ate", "ane", "jeke", "ike", "ologe", "ere"
)  # fmt: skip
# A chain of linked paradigms is never longer than this in the grammar.
_DEEPEST: Final = 4


@dataclass
class _Flex:
    """One ending: to which stems, what is added, and the paradigms that go on from there."""

    stems: frozenset[int]
    text: str
    standard: bool = True
    links: list[str] = field(default_factory=list)


@dataclass
class _Lexeme:
    lemma: str = ""
    verb: bool = False
    stems: list[list[str]] = field(default_factory=list)
    paradigms: list[str] = field(default_factory=list)


def with_paradigms(forms: Mapping[str, str]) -> dict[str, str]:
    """The forms given, and those of the paradigms; where a form belongs to several lexemes, the likeliest."""
    lemmas: defaultdict[str, set[str]] = defaultdict(set)
    sizes: Counter[str] = Counter()
    verbs: set[str] = set()
    for form, lemma, verb in paradigm_forms():
        if verb:
            verbs.add(lemma)
        if lemma not in lemmas[form]:
            lemmas[form].add(lemma)
            sizes[lemma] += 1
    chosen = dict(forms)
    for form, candidates in lemmas.items():
        chosen[form] = _likeliest(form, candidates, forms.get(form), verbs, sizes)
    for form, lemma in chosen.items():
        if lemma.endswith(_PARTICIPLE) and chosen.get(lemma) in verbs and forms.get(form) != form:
            chosen[form] = chosen[lemma]  # "të dënuara", "të dënuarit" go with "dënoj", as "dënuar" does
    _women_with_men(chosen)
    _give_way(chosen, forms, verbs)
    return chosen | lemma_of_form(frequent(ALBANIAN))


def _women_with_men(chosen: dict[str, str]) -> None:
    """*Dëshmitare* goes with *dëshmitar*: "deshmitare" is the woman and the plural of the man."""
    lemmas = set(chosen.values())
    for form, lemma in chosen.items():
        if lemma.endswith(_WOMAN) and len(lemma) > 4 and lemma[:-1] in lemmas:
            chosen[form] = lemma[:-1]


def _give_way(chosen: dict[str, str], listed: Mapping[str, str], verbs: set[str]) -> None:
    """Leave out rare forms that equal a frequent one typed without diacritics. A grammar makes "jeten" of a
    verb, for "jetën"."""

    def strength(form: str) -> int:
        if form in listed:
            return 2
        return int(chosen[form] not in verbs)

    for form in [form for form in chosen if not form.isascii()]:
        typed = spelling.plain(form)
        if typed in chosen and strength(typed) < strength(form):
            del chosen[typed]


def _likeliest(
    form: str, candidates: set[str], listed: str | None, verbs: set[str], sizes: Counter[str]
) -> str:
    """A participle goes with its verb. Else a noun precedes a verb ("masë" is no form of "mat") unless the
    list differs. Of several nouns the shorter is the one ("ligjet" is of "ligj", "organet" of "organ")."""
    itself = form in candidates
    participle = form.endswith(_PARTICIPLE) or (itself and form.endswith(_SHORT_PARTICIPLE))

    def order(lemma: str) -> tuple[bool, bool, bool, bool, int, bool, int, str]:
        verb, is_listed = lemma in verbs, lemma == listed
        # "tokë" is a noun, though the list takes it for a form of "tok"; "shkojë" is no noun.
        noun = itself and form == lemma + "ë" and not lemma.endswith("j")
        sure = verb and (participle or (is_listed and not noun))
        # "liri" and "politikë" are words, not "li" and "politik" with an ending.
        whole = is_listed and lemma == form and form.endswith(("i", "ë"))
        return (
            not sure,
            verb,
            verb and not is_listed,
            not whole,
            len(lemma),
            not is_listed,
            -sizes[lemma],
            lemma,
        )

    return min(candidates, key=order)


def paradigm_forms() -> Iterator[tuple[str, str, bool]]:
    """Every small-lettered form, its lemma, and whether that is a verb; none without the package."""
    if find_spec("uniparser_albanian") is None:
        return
    endings = _endings(_read_paradigms(_lines("paradigms.txt")))
    for lexeme in _read_lexemes(_lines("lexemes.txt")):
        for name in lexeme.paradigms:
            for stems, text in endings(name):
                for form in _forms_with(lexeme, stems, text):
                    yield form, lexeme.lemma, lexeme.verb


def glosses() -> Iterator[tuple[str, str]]:
    """Every lexeme with its English gloss; none without the package."""
    if find_spec("uniparser_albanian") is None:
        return
    lemma = ""
    for line in _lines("lexemes.txt"):
        key, _, value = line.strip().partition(":")
        if key == "lex":
            lemma = value.strip()
        elif key == "trans_en" and lemma:
            yield lemma, value.strip()


def _endings(paradigms: dict[str, list[_Flex]]) -> Callable[[str], tuple[tuple[frozenset[int], str], ...]]:
    """All endings of a paradigm by its name, those of the paradigms that it links to among them."""

    @cache
    def endings(name: str, depth: int = 0) -> tuple[tuple[frozenset[int], str], ...]:
        found: list[tuple[frozenset[int], str]] = []
        for flex in paradigms.get(name, ()):
            if not flex.standard:
                continue
            if not flex.links:
                found.append((flex.stems, flex.text))
            elif depth < _DEEPEST:
                for link in flex.links:
                    found += [(flex.stems, flex.text + text) for _, text in endings(link, depth + 1)]
        return tuple(dict.fromkeys(found))

    return endings


def _forms_with(lexeme: _Lexeme, stems: frozenset[int], ending: str) -> Iterator[str]:
    for number, variants in enumerate(lexeme.stems):
        if stems and len(lexeme.stems) > 1 and number not in stems:
            continue
        for stem in variants:
            form = spelling.lower(stem + ending)
            # Some stems of the list are broken off ("i" for vllazënim).
            if len(form) > 2 or len(lexeme.lemma) < 6:
                yield form


def _lines(name: str) -> Iterator[str]:
    with (files("uniparser_albanian.data_strict") / name).open(encoding="utf-8") as lines:
        yield from lines


def _read_paradigms(lines: Iterator[str]) -> dict[str, list[_Flex]]:
    paradigms: dict[str, list[_Flex]] = {}
    current: list[_Flex] = []
    last: list[_Flex] = []
    for line in lines:
        key, _, value = line.strip().partition(":")
        value = value.strip()
        if key == "-paradigm":
            current = paradigms.setdefault(value, [])
        elif key == "-flex":
            last = [_flex(variant) for variant in value.split("//")]
            current += last
        elif key == "gramm":
            for flex in last:
                flex.standard = not _NOT_STANDARD.search(value)
        elif key == "paradigm" and not _NOT_STANDARD.search(value):
            for flex in last:
                flex.links.append(value)
    return paradigms


def _flex(value: str) -> _Flex:
    numbers = _STEMS.match(value)
    stems = frozenset(int(number) for number in numbers[1].split(",")) if numbers else frozenset[int]()
    return _Flex(stems, re.sub(r"[.<>0]", "", _STEMS.sub("", value)))


def _read_lexemes(lines: Iterator[str]) -> Iterator[_Lexeme]:
    lexeme = _Lexeme()
    for line in lines:
        if line.startswith("-lexeme"):
            yield lexeme
            lexeme = _Lexeme()
        key, _, value = line.strip().partition(":")
        value = value.strip()
        if key in {"lex", "lexref"}:
            lexeme.lemma = spelling.lower(value)
        elif key == "gramm":
            lexeme.verb = value.split(",")[0] == "V"
        elif key == "stem":
            lexeme.stems = [_variants(stem) for stem in value.split("|")]
        elif key == "paradigm":
            lexeme.paradigms.append(value)
    yield lexeme


def _variants(stem: str) -> list[str]:
    return [variant.replace(".", "") for variant in stem.split("//") if variant and "nostem" not in variant]
