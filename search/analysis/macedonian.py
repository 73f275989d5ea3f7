"""Macedonian: bring the forms of a word together.

The word list leaves out most forms of participles (*заштитени*) and verbal nouns (*заштитувањето*). It
gives some forms of adjectives to a rarer verb (*јавни* to *јавне*).
"""

from __future__ import annotations

from typing import Final

from search.analysis.families import MACEDONIAN
from search.analysis.word_lists import frequent, lemma_of_form, listed

_ARTICLES: Final = (
    "",
    *["а", "о", "и", "иот", "ата", "ото", "ите", "иов", "ава", "ово", "иве", "ион", "ана", "оно", "ине"],
)
_VERBAL_NOUN: Final = ("е", "ето", "а", "ата", "ево", "ено", "ава", "ана")

# Verbs that are more frequent than the plural that looks like their third person; of others the plural is.
_VERBS: Final = frozenset(listed(MACEDONIAN, "verbs"))
# Far more often adverbs than the neuter of the adjective.
_ADVERBS: Final = frozenset(listed(MACEDONIAN, "adverbs"))


def mended(forms: dict[str, str]) -> dict[str, str]:
    """The list with participles, verbal nouns and adjectives whole."""
    forms = dict(forms)
    verbs = {lemma for lemma in set(forms.values()) if forms.get(lemma + "ш") == lemma}
    _adjectives_whole(forms, verbs)
    _past_with_verbs(forms, verbs)
    _plurals_with_nouns(forms, verbs)
    for form, lemma in list(forms.items()):
        if lemma not in verbs:
            continue
        if form.endswith("ње"):
            for ending in _VERBAL_NOUN:
                forms[form[:-1] + ending] = form
        elif form.endswith(("ено", "ано", "ето")) and len(form) > 5:
            _participle(form[:-1], lemma, forms)
        elif form.endswith(("ен", "ан")) and len(form) > 4:
            _participle(form, lemma, forms)
    _participles_with_verbs(forms, verbs)
    return forms | lemma_of_form(frequent(MACEDONIAN))


def _past_with_verbs(forms: dict[str, str], verbs: set[str]) -> None:
    """*Вратила* is of *врати*, seldom of *вратило*; *донесол* is no word of its own."""
    for form, lemma in list(forms.items()):
        if lemma in verbs and form.endswith(("л", "ла", "ле")):
            _past_of_all_genders(form.rstrip("ае"), lemma, forms, verbs)
    for form, lemma in list(forms.items()):
        if lemma in verbs and form.endswith("ов") and form[-3:-2] not in "аеиоу":
            for ending in ("ол", "ла", "ло", "ле"):
                forms.setdefault(form[:-2] + ending, lemma)  # донесов, донесол
    for form in [form for form, lemma in forms.items() if form == lemma and form.endswith(("ол", "ел"))]:
        stems = (form[:-2] + "и", form[:-2] + "е")
        verb = next((stem for stem in stems if stem in verbs), None)
        if verb is not None:  # донесол, видел
            middle = "" if form.endswith("ол") else "е"
            for candidate in (form, *(form[:-2] + middle + ending for ending in ("ла", "ло", "ле"))):
                if forms.get(candidate, candidate) in (candidate, form[:-2] + middle + "ло"):
                    forms[candidate] = verb


def _past_of_all_genders(stem: str, lemma: str, forms: dict[str, str], verbs: set[str]) -> None:
    for ending in ("", "а", "о", "е"):
        candidate = stem + ending
        rival = forms.get(candidate)
        if rival is None or (rival not in verbs and rival in (candidate, stem + "о", stem + "а")):
            forms[candidate] = lemma


def _participles_with_verbs(forms: dict[str, str], verbs: set[str]) -> None:
    """*Упатен*, in the list an adjective, goes with *упати*; *потребен*, *потребна* is no participle."""
    for form in [
        form for form, lemma in forms.items() if form == lemma and form.endswith(("ен", "ан", "ет", "ат"))
    ]:
        if len(form) < 5:
            continue
        if form.endswith("ат") and (form[:-2] + "е" in verbs or form[:-2] + "и" in verbs):
            forms[form] = form[:-2] + ("е" if form[:-2] + "е" in verbs else "и")  # the third persons: останат
            continue
        whole = forms.get(form + "а")
        if whole is None or forms.get(form[:-2] + "на") == form:
            continue
        stems = (
            [form[:-2] + "и", form[:-2] + "е"]
            if form[-2] == "е"
            else [form[:-1], form[:-2] + "е", form[:-2] + "и"]
        )
        if form.endswith("ран"):
            stems.append(form[:-3] + "ере")  # разбран
        verb = whole if whole in verbs else next((stem for stem in stems if stem in verbs), None)
        if verb is not None:
            for ending in _ARTICLES:
                if forms.get(form + ending, form) == form:
                    forms[form + ending] = verb


def _plurals_with_nouns(forms: dict[str, str], verbs: set[str]) -> None:
    """*Казни* and *казните* are rather of *казна* than of the verb *казни*."""
    for verb in verbs:
        if not verb.endswith("и") or verb in _VERBS or len(verb) < 4:
            continue
        noun = verb[:-1] + "а"
        if forms.get(noun) == noun and forms.get(noun + "та") == noun and noun not in verbs:
            forms[verb] = forms[verb + "те"] = noun
    for verb in _VERBS & verbs:
        forms[verb] = verb
    for form, lemma in list(forms.items()):
        # "услуги" is of "услуга", as "услугите" is, and not of a word "услуг" without an article of its own.
        if form.endswith("и") and lemma == form[:-1] and lemma + "от" not in forms:
            noun = forms.get(form + "те", lemma)
            if noun not in verbs:
                forms[form] = noun


def _participle(stem: str, verb: str, forms: dict[str, str]) -> None:
    """All forms of a participle go with its verb."""
    for ending in _ARTICLES:
        forms.setdefault(stem + ending, verb)


def _adjectives_whole(forms: dict[str, str], verbs: set[str]) -> None:
    for form, lemma in list(forms.items()):
        if not form.endswith("иот") or lemma in verbs or form.startswith(("нај", "по")):
            continue
        stem = form[:-3]
        for ending in _ARTICLES[1:]:
            candidate = stem + ending
            rival = forms.setdefault(candidate, lemma)
            if rival in verbs or (ending == "о" and rival == candidate and candidate not in _ADVERBS):
                forms[candidate] = lemma
            for more in ("по", "нај"):
                if forms.get(more + form) == lemma and forms.get(more + candidate, candidate) == candidate:
                    forms[more + candidate] = lemma
