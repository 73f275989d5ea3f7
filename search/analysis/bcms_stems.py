"""Bosnian, Croatian, Montenegrin and Serbian words that no dictionary has: names, new words, rare ones.

Endings of known words would make verbs of names (*Rehn* to *rehti*). So an unknown word is cut to a stem
that its cases share. Everything is in plain ekavian Latin letters.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Final

from search.analysis.spelling import ekavian, plain

_SHORTEST: Final = 3
_ADJECTIVE: Final = r"(?:a|o|i|e|u|ih|im|ima|og|oga|om|oj)"

_VERB: Final = re.compile(
    r"(.{2,}(?:ira|[^r]isa|ova|iva|ava))"
    rf"(ti|t|o|la|lo|li|le|m|s|mo|te|ju|juci|vsi|[nt]{_ADJECTIVE}?|ce|cu|)$"
)
_VERB_PRESENT: Final = re.compile(r"(.{2,})uj(?:em|es|e|emo|ete|u|uci)$")
_VERB_NU: Final = re.compile(rf"(.{{3,}})nu(?:ti|t|o|la|lo|li|le|vsi|t{_ADJECTIVE})$")
_VERB_I: Final = re.compile(r"(.{4,})i(?:ti|t|o|la|lo|li|le|vsi)$")
_VERB_A: Final = re.compile(r"(.{4,})a(?:ti|t|o|la|lo|li|le|vsi|ju|juci|cu|ce)$")
_PARTICIPLE: Final = re.compile(rf"(.{{3,}}(?:lj|nj|dj|c|s|z))en{_ADJECTIVE}?$")
_VERBAL_NOUN: Final = re.compile(r"(.{2,}[aeu]nj)(?:e|a|u|em|ima)$")
_OF_TIME: Final = re.compile(r"(.{3,}snj)(?:i|a|e|u|eg|ega|em|emu|ih|im|ima|oj|om)$")
_QUALITY: Final = re.compile(r"(.{2,}ost)(?:|i|u|ima)$|(.{2,}os)cu$")
# Who does something: učinilac, učinioca, učinilaca.
_DOER: Final = re.compile(r"(.{2,}[aiu])(?:la?c|laca|oc(?:a|u|em|e|i|ima))$")
_DOERS: Final = re.compile(r"(.{3,}n)ic(?:i|ima)$")
_RIGHTFUL: Final = re.compile(r".*pravan$")
_COMPARED: Final = re.compile(r"(?:naj)?(.{3,}[nvtkl])ij(?:i|a|e|eg|ega|em|emu|ih|im|ima|u|oj|om)$")
_CASE: Final = re.compile(
    r"(?:ovima|evima|ovi|ove|evi|eve|ima|ama|oga|ome|omu|ega|emu|om|em|og|eg|oj|ih|im|[aeiou])$"
)
_VOWELS: Final = re.compile(r"[aeiouyj]+$")
# The vowel that comes and goes: Petar, Petra; folkloran, folklorna.
_FLEETING: Final = re.compile(r"([bcdfghjklmnprstvz])a([cknrl])$")
_SOFT: Final = ("lj", "nj", "dj", "c", "s", "z")


def stem(word: str) -> str:
    """What the forms of an unknown word have in common."""
    return _verb(word) or _noun(word)


def _verb(word: str) -> str:
    if (found := _VERB.match(word)) and not _RIGHTFUL.match(word):
        theme, ending = found.groups()
        # "-ova" alone and "-ovam" are of nouns and names; "-ira" alone is a verb's.
        if theme.endswith("ira") or (ending and not (theme.endswith("ova") and ending == "m")):
            return f"{theme}ti"
    if found := _VERB_PRESENT.match(word):
        root = found[1]
        return root + ("ivati" if root.endswith(_SOFT) and not root.endswith("iz") else "ovati")
    for pattern, make in _BY_ENDING:
        if found := pattern.match(word):
            return make(found)
    return ""


_BY_ENDING: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (_VERBAL_NOUN, lambda found: f"{found[1]}e"),
    (_OF_TIME, lambda found: f"{found[1]}i"),
    (_QUALITY, lambda found: found[1] or f"{found[2]}t"),
    (_VERB_NU, lambda found: f"{found[1]}nuti"),
    (_VERB_I, lambda found: f"{found[1]}iti"),
    (_PARTICIPLE, lambda found: f"{found[1].removesuffix('j')}iti"),
    (_VERB_A, lambda found: f"{found[1]}ati"),
)
"""By the ending of a word, its stem; the first pattern that fits decides."""


def _noun(word: str) -> str:
    if found := _DOER.match(word):
        return f"{found[1]}lc"
    if found := _DOERS.match(word):
        return f"{found[1]}ik"
    if found := _COMPARED.match(word):
        word = found[1]
    word = _if_long(_CASE.sub("", word), word)
    word = _if_long(_VOWELS.sub("", word), word)
    return _FLEETING.sub(r"\1\2", word) if len(word) > 4 else word


def _if_long(cut: str, word: str) -> str:
    return cut if len(cut) >= _SHORTEST else word


# Kinds of words of which the lists know the lemma and leave out cases; a name seldom ends like them.
_REGULAR: Final = re.compile(r"(?:[sc]ki|ni|an|stvo|ost)$")
_MOSTLY: Final = 0.7
_LEAST: Final = 5


def lemmas_by_stem(forms: Mapping[str, str]) -> dict[str, str]:
    """Stem to lemma of known regular adjectives and nouns, for their unlisted cases."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, lemma in forms.items():
        counted[stem(ekavian(plain(form)))][ekavian(plain(lemma))] += 1
    found: dict[str, str] = {}
    for key, lemmas in counted.items():
        lemma, number = lemmas.most_common(1)[0]
        if len(key) >= _LEAST and number >= _MOSTLY * lemmas.total() and _REGULAR.search(lemma):
            found[key] = lemma
    return found


def guess(word: str, stems: Mapping[str, str]) -> str:
    """The token of a plain word that no dictionary has."""
    found = stem(ekavian(word))
    return stems.get(found, found)
