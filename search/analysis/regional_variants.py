"""One token for a word that the standards of Serbia, Montenegro, Bosnia and Herzegovina and Croatia call
differently.

Whoever types *kazneno djelo* means *krivično delo* as well: the four languages are read as one, and
their laws say the same in words of their own. The groups of such words are listed in
words/standards.txt; spelling and ekavian are told in `spelling`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from search.analysis.word_lists import standards

#: The words of each group, the one that stands for all first.
GROUPS: Final = standards()


def unified(
    lemmas: Mapping[str, str], stems: Mapping[str, str], token: Callable[[str], str]
) -> tuple[dict[str, str], dict[str, str]]:
    """A table's forms and stems, with one token for the words of a group. ``token`` says what a word
    comes to by them so far."""
    same: dict[str, str] = {}
    for first, *others in GROUPS:
        for other in others:
            same[token(other)] = token(first)
    for first, *_ in GROUPS:
        same.pop(token(first), None)
    mapped = {form: same.get(lemma, lemma) for form, lemma in lemmas.items()}
    # What is guessed comes to its stem where that leads to no lemma.
    return mapped, same | {stem: same.get(lemma, lemma) for stem, lemma in stems.items()}
