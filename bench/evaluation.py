"""How well the analysis brings the forms of a word together, on a treebank or on lists of forms.

A pair of forms is right where the treebank gives both a lemma in common, and found where both get one token.
Words of the open classes only; each form counts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from search.analysis.spelling import plain

_OPEN_CLASSES = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "ADV"})


@dataclass(frozen=True, slots=True)
class Score:
    f1: float
    precision: float
    recall: float
    pairs: int
    without_diacritics: float


def read_conllu(lines: Iterable[str], *, names: bool = True) -> dict[str, set[str]]:
    """Form to lemmas, in small letters, of a treebank in CoNLL-U; without ``names`` those only that are no
    names."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        columns = line.rstrip("\n").split("\t")
        if (
            len(columns) == 10
            and columns[0].isdigit()
            and columns[3] in _OPEN_CLASSES - (set() if names else {"PROPN"})
        ):
            form = columns[1].lower()
            if form.isalpha():
                forms[form].add(columns[2].lower())
    return dict(forms)


def read_groups(lines: Iterable[str]) -> dict[str, set[str]]:
    """Form to the first form of its lines; lines that begin with # are left out."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        words = line.lower().split()
        if words and not line.startswith("#"):
            for word in words:
                forms[word].add(words[0])
    return dict(forms)


def score(forms: Mapping[str, set[str]], token: Callable[[str], str]) -> Score:
    """Compare a treebank's lemmas with the tokens that a function gives."""
    right = _pairs((lemma, form) for form, lemmas in forms.items() for lemma in lemmas)
    found = _pairs((token(form), form) for form in forms)
    both = len(right & found)
    precision = both / len(found) if found else 0.0
    recall = both / len(right) if right else 0.0
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    marked = [form for form in forms if plain(form) != form]
    same = sum(token(plain(form)) == token(form) for form in marked)
    return Score(f1, precision, recall, len(right), same / len(marked) if marked else 1.0)


def _pairs(named: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for name, form in named:
        groups[name].add(form)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}
