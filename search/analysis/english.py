"""English: the regular forms that the word list leaves to rules."""

from __future__ import annotations

from collections import Counter
from typing import Final

from search.analysis.families import ENGLISH
from search.analysis.word_lists import frequent, lemma_of_form, listed

_VOWELS: Final = "aeiou"
# Nouns of their own, whose verb says something else.
_APART: Final = frozenset(listed(ENGLISH, "apart"))


def mended(forms: dict[str, str]) -> dict[str, str]:
    """The list with the regular forms of every lemma, and with *-ing* next to its verb."""
    forms = dict(forms)
    sizes = Counter(forms.values())
    for lemma in sorted(sizes):
        if (
            len(lemma) < 3
            or not lemma.isascii()
            or not lemma.isalpha()
            or forms.get(lemma) not in (lemma, None)
        ):
            continue
        for form in _regular(lemma):
            known = forms.setdefault(form, lemma)
            if known in (lemma + "e", lemma[:-1]) and sizes[known] < sizes[lemma]:
                forms[form] = lemma  # "developed" of "develope"
            elif known == form and form.endswith(("ing", "ings")) and form.removesuffix("s") not in _APART:
                forms[form] = lemma
    return forms | lemma_of_form(frequent(ENGLISH))


def _regular(lemma: str) -> list[str]:
    if lemma.endswith(("ing", "ed")) and len(lemma) > 5:
        return [lemma + "s"]
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        stems, plural = [lemma], lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return [lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    elif lemma.endswith("e"):
        kept = lemma if lemma.endswith(("ee", "oe", "ye")) else lemma[:-1]
        return [lemma + "s", lemma + "d", kept + "ing", kept + "ings"]
    else:
        stems, plural = [lemma], lemma + "s"
        if lemma[-1] not in _VOWELS + "wxy" and lemma[-2] in _VOWELS and lemma[-3] not in _VOWELS:
            stems.append(lemma + lemma[-1])
    return [plural, *(stem + ending for stem in stems for ending in ("ed", "ing", "ings"))]
