"""Bosnian, Croatian, Montenegrin and Serbian: bring the forms of a word together.

The word list gives every form one lemma, often the rarer one ("radi" of *rad*). It has some lemmas as forms
of others ("nova" of *nov*). Paradigms are completed from each lemma and its number of forms. All in small
Latin letters with diacritics.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from search.analysis.families import BCMS
from search.analysis.word_lists import frequent, listed

_VERB: Final = ("ti", "ći")
_ADJECTIVE: Final = ("i", "a", "o", "e", "u", "ih", "im", "ima", "oj", "om", "og", "oga", "ome", "omu")
_SOFT: Final = ("i", "a", "e", "u", "ih", "im", "ima", "oj", "om", "eg", "ega", "em", "emu")
# Of a noun in -a, without what a verb has more often (*promeni*).
_ON_A: Final = ("a", "e", "u", "om", "ama")
# So many forms has a word at least of which the list knows the paradigm.
_KNOWN: Final = 5
# The endings of adjectives in the lists.
_HARD: Final = "-a -o -e -i -u -og -oga -om -ome -omu -oj -ih -im -ima"
_SOFT_ENDINGS: Final = "-i -a -e -u -eg -ega -em -emu -om -oj -ih -im -ima"
# Nouns that look like a form of an adjective or a verb, and are far more frequent than it.
_NOUNS: Final = frozenset(listed(BCMS, "nouns"))
# Nouns that end as a past participle does.
_NOT_PAST: Final = frozenset(listed(BCMS, "not_past"))


def frequent_forms() -> dict[str, str]:
    """Form to lemma of the frequent words. An ending behind "-" is added to the stem before."""
    found: dict[str, str] = {}
    for lemma, forms in frequent(BCMS).items():
        parts = forms.format(hard=f"- {_HARD}", hard_cases=_HARD, soft=_SOFT_ENDINGS).split()
        stem = ""
        for part, following in zip(parts, [*parts[1:], ""], strict=True):
            if part.startswith("-"):
                found[stem + part[1:]] = lemma
                continue
            stem = part
            if not following.startswith("-"):
                found[part] = lemma
    on_a = listed(BCMS, "on_a")
    nouns = {noun[:-1] + ending: noun for noun in on_a if noun.endswith("a") for ending in _ON_A}
    return nouns | found | {word: word for word in listed(BCMS, "adverbs")}


def mended(forms: dict[str, str]) -> dict[str, str]:
    """The list with the words whole: what is a form of what is decided once more."""
    sizes = Counter(forms.values())
    adjectives = _adjectives(forms)
    forms = dict(forms)
    _follow(forms, sizes, adjectives)
    _adjectives_whole(forms, sizes, adjectives)
    _verbs_apart(forms)
    _verbs_whole(forms, sizes)
    _plurals_of_men(forms, sizes)
    _verbal_nouns(forms)
    _foreign_verbs(forms)
    return forms | frequent_forms()


def _is_verb(lemma: str) -> bool:
    return lemma.endswith(_VERB) and len(lemma) > 3


def _adjectives(forms: dict[str, str]) -> dict[str, str]:
    """Lemma to stem of every adjective: what has a form in -ih and one in -og or -eg."""
    stems: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, lemma in forms.items():
        if form.startswith("naj") and not lemma.startswith("naj"):
            continue
        for ending in ("ih", "og", "eg", "im", "oj"):
            if form.endswith(ending) and len(form) > len(ending) + 1:
                stems[lemma][form[: -len(ending)]] += 1
    found = {}
    for lemma, counted in stems.items():
        if _is_verb(lemma):
            continue
        for stem, count in counted.most_common(3):
            if count >= 3 and abs(len(stem) - len(lemma)) <= 2 and not stem.endswith(("ij", "š")):
                found[lemma] = stem
                break
    return found


def _follow(forms: dict[str, str], sizes: Counter[str], adjectives: dict[str, str]) -> None:
    """Lemmas that are also a form of another lemma: both are one word, or the form was given away wrongly."""
    merged: dict[str, str] = {}
    for lemma in sizes:
        other = forms.get(lemma, lemma)
        if other == lemma or lemma in _NOUNS:
            forms[lemma] = lemma
        elif _is_verb(other):
            _follow_verb(lemma, other, sizes[lemma], adjectives.get(lemma) == lemma, forms, merged)
        elif (other in adjectives and lemma not in adjectives) or sizes[lemma] < sizes[other]:
            merged[lemma] = other
        else:
            forms[lemma] = lemma
    for form, lemma in forms.items():
        for _ in range(3):
            lemma = merged.get(lemma, lemma)
        forms[form] = lemma


def _follow_verb(
    lemma: str, verb: str, size: int, adjective: bool, forms: dict[str, str], merged: dict[str, str]
) -> None:
    if lemma.endswith("o"):
        return  # a past participle
    if lemma.endswith(("n", "t")) and adjective:
        merged[lemma] = verb  # a participle goes with its verb
    elif size >= 3:
        forms[lemma] = lemma


def _adjectives_whole(forms: dict[str, str], sizes: Counter[str], adjectives: dict[str, str]) -> None:
    for lemma, stem in adjectives.items():
        whole = forms.get(lemma, lemma)
        for ending in _SOFT if stem.endswith(("š", "ž", "č", "ć", "đ", "j", "lj", "nj", "c")) else _ADJECTIVE:
            form = stem + ending
            if forms.setdefault(form, whole) != whole and sizes[forms[form]] < _KNOWN:
                forms[form] = whole


def _verbs_apart(forms: dict[str, str]) -> None:
    """*Predlagati* is a verb of its own, not a form of *predložiti*."""
    for form, lemma in list(forms.items()):
        if form.endswith("ati") and lemma != form and _is_verb(lemma) and len(form) > 5:
            for ending in ("ti", "o", "la", "lo", "li", "le", "vši", "t"):
                if forms.get(form_of_verb := form[:-2] + ending, lemma) == lemma:
                    forms[form_of_verb] = form


def _verbs_whole(forms: dict[str, str], sizes: Counter[str]) -> None:
    """Third persons of the present, from the first person; participles; the short infinitive."""
    lasting = {lemma for form, lemma in forms.items() if form.endswith(("eći", "ući")) and _is_verb(lemma)}
    for form, lemma in list(forms.items()):
        if not _is_verb(lemma):
            _past(form, lemma, forms)
            continue
        if form == lemma:
            forms.setdefault(lemma[:-1], lemma)
        elif form.endswith("la") and lemma.endswith(("ći", "sti")):
            for ending in ("lo", "li", "le"):
                forms.setdefault(form[:-2] + ending, lemma)
        elif form.endswith(("n", "t")) and forms.get(form + "a") == lemma:
            for ending in _ADJECTIVE:
                forms.setdefault(form + ending, lemma)
        elif form.endswith("m") and forms.get(form + "o") == lemma:
            _third_persons(form[:-1], lemma, lemma in lasting, forms)


def _third_persons(stem: str, lemma: str, lasting: bool, forms: dict[str, str]) -> None:
    many = {"i": stem[:-1] + "e", "a": stem + "ju", "e": stem[:-1] + "u"}.get(stem[-1:])
    for person in (stem, many) if many else (stem,):
        rival = forms.get(person)
        if rival is None or (rival != lemma and _gives_way(person, rival, lasting, forms)):
            forms[person] = lemma


def _past(form: str, lemma: str, forms: dict[str, str]) -> None:
    """*Povećala* is of *povećati* rather than of *povećalo*."""
    if form[-2:] in ("la", "lo", "li", "le"):
        verb = form[:-2] + "ti"
        if lemma in _NOT_PAST:
            return
        if (
            forms.get(verb) == verb
            and forms.get(form[:-2] + "li", verb) != form
            and lemma[-2:] in ("la", "lo")
        ):
            forms[form] = verb


def _gives_way(form: str, noun: str, lasting: bool, forms: dict[str, str]) -> bool:
    """Whether a noun's form is rather the verb's: rare cases give way, frequent ones stay."""
    if form == noun or _is_verb(noun) or not form.endswith(("i", "e")):
        return False
    if form[:-1] == noun and (noun + "ovi" in forms or noun + "evi" in forms):
        return True  # only the vocative, which nobody uses
    return lasting and (form[:-1] == noun or noun.endswith(("st", "ć")))


def _plurals_of_men(forms: dict[str, str], sizes: Counter[str]) -> None:
    """*Predstavnici* are of *predstavnik*, seldom of *predstavnica*."""
    for lemma in sizes:
        if lemma.endswith("k") and sizes[lemma] >= 4:
            plural = lemma[:-1] + "ci"
            if plural in forms and forms[plural] == lemma[:-1] + "ca":
                forms[plural] = lemma


def _verbal_nouns(forms: dict[str, str]) -> None:
    """*Glasanje* is a noun with forms of its own, as dictionaries have it."""
    for form, lemma in list(forms.items()):
        if form.endswith("nje") and _is_verb(lemma):
            noun = form
            forms[noun] = noun
            for ending in ("a", "u", "em", "ima"):
                forms[noun[:-1] + ending] = noun


_PRESENT: Final = ("em", "eš", "e", "emo", "ete")
_PAST: Final = [
    "ti",
    "o",
    "la",
    "lo",
    "li",
    "le",
    "n",
    "na",
    "no",
    "ni",
    "ne",
    "nih",
    "nog",
    "nom",
    "noj",
    "nu",
    "nim",
    "vši",
    "će",
    "t",
]


def _foreign_verbs(forms: dict[str, str]) -> None:
    """*Organizovati* and *kontrolisati* are *organizirati* and *kontrolirati* in another standard."""
    for lemma in sorted({lemma for lemma in forms.values() if lemma.endswith("irati") and len(lemma) > 7}):
        stem = lemma[:-5]
        candidates = [stem + vowel + ending for vowel in ("ova", "isa") for ending in _PAST]
        candidates += [
            stem + present + ending for present in ("uj", "iš") for ending in (*_PRESENT, "u", "ući")
        ]
        for form in candidates:
            old = forms.get(form)
            if old is None or old in (stem + "ovati", stem + "isati"):
                forms[form] = lemma
