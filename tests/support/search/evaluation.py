"""How well the analysis brings the forms of a word together, on a treebank that you have.

    python -m search.evaluation --lang sr sr_set-ud-dev.conllu
    python -m search.evaluation --lang mk forms.txt

Prints F1, precision and recall over pairs of forms: a pair is right where the treebank gives both a lemma in
common, and found where both get one token. With it, which part of the forms with diacritics gets the same
token when typed without. Words of the open classes only; each form counts once. A file that is no `.conllu`
holds the forms of one word in each line, parted by spaces.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from search.analysis import Analyser
from search.analysis.spelling import plain
from search.cli import DEFAULT_TABLES

_OPEN_CLASSES = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "ADV"})


@dataclass(frozen=True, slots=True)
class Score:
    f1: float
    precision: float
    recall: float
    pairs: int
    without_diacritics: float


def read_conllu(lines: Iterable[str]) -> dict[str, set[str]]:
    """Form to lemmas, in small letters, of a treebank in CoNLL-U."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        columns = line.rstrip("\n").split("\t")
        if len(columns) == 10 and columns[0].isdigit() and columns[3] in _OPEN_CLASSES:
            form = columns[1].lower()
            if form.isalpha():
                forms[form].add(columns[2].lower())
    return dict(forms)


def read_groups(lines: Iterable[str]) -> dict[str, set[str]]:
    """Form to the first form of its line, for every line in which it stands; lines that begin with # are left
    out."""
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


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m search.evaluation", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--lang", required=True)
    parser.add_argument("--tables", type=Path, default=DEFAULT_TABLES)
    parser.add_argument("treebank", nargs="+", type=Path)
    options = parser.parse_args(argv)
    analyser = Analyser(options.tables)

    def token(form: str) -> str:
        return " ".join(found.lemma for found in analyser.tokens(form, options.lang))

    for path in options.treebank:
        with path.open(encoding="utf-8") as lines:
            result = score(read_conllu(lines) if path.suffix == ".conllu" else read_groups(lines), token)
        print(
            f"{path.name}: F1 {result.f1:.3f} (precision {result.precision:.3f}, recall {result.recall:.3f}, "
            f"{result.pairs} pairs), without diacritics {result.without_diacritics:.3f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
