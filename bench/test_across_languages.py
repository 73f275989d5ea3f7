"""How well words find what stands in another language: `make bench-search` prints the figures.

Four words of a sentence are asked, and its translation is to be among the first ten of 1,004 sentences in
the other language, in each direction between English, Albanian, Macedonian and Serbian. The sentences are
those of the Universal Declaration of Human Rights; the others are the demonstration's, and those of the
treebanks in KODEKS_TREEBANKS.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from django.conf import settings

from bench.declaration import Line, lines
from search.analysis import Analyser, family_of
from search.engines.base import Document, Query
from search.engines.ranking import rarity_of
from search.engines.tantivy_engine import TantivyEngine
from search.glossary import Table, expand
from search.glossary.dictionary import Dictionary, build_dictionaries, open_dictionary
from search.glossary.entries import Glossary, shipped
from search.glossary.expansion import Term
from search.glossary.pairs import Passage, pairs_of, telling
from search.glossary.synonyms import shipped_synonyms
from search.glossary.training import train
from tests.support.search.fixtures import analyser
from tests.support.services.missing import provide

__all__ = ["analyser"]

DEMO = Path(__file__).parents[1] / "documents" / "demo"
TREEBANKS = Path(os.environ.get("KODEKS_TREEBANKS", "/nowhere"))
PARTS = {
    "en": ["en_ewt-ud-dev.conllu"],
    "sr": ["sr_set-ud-dev.conllu", "hr_set-ud-dev.conllu"],
    "sq": ["sq_staf-ud-train.conllu", "sq_staf-ud-dev.conllu"],
    "mk": [],
}
LANGUAGES = tuple(PARTS)
SENTENCES = 1004
WORDS = 4
QUESTIONS = 3
Translate = Callable[[Sequence[str], str, str], Sequence[Term]]


@pytest.fixture(scope="module")
def declaration(analyser: Analyser) -> list[Line]:
    found = provide(lines)
    return [line for line in found if all(len(telling(line[one], one, analyser)) >= WORDS for one in line)]


@pytest.fixture(scope="module")
def dictionary(analyser: Analyser) -> Dictionary:
    folder = Path(settings.KODEKS_TABLES)
    list(build_dictionaries(folder, analyser, settings.KODEKS_DICTIONARIES))
    return open_dictionary(folder, analyser)


def others(language: str, analyser: Analyser) -> list[str]:
    """Sentences that are not looked for, in an order of their own."""
    newest = {path.parent.parent: path for path in sorted(DEMO.glob(f"*/edition-*/{language}.md"))}
    texts = [path.read_text("utf-8") for path in newest.values()]
    found = {line.strip("#*- |>") for text in texts for line in text.splitlines()}
    for name in PARTS[language]:
        if (TREEBANKS / name).exists():
            rows = (TREEBANKS / name).read_text("utf-8").splitlines()
            found.update(row.removeprefix("# text = ") for row in rows if row.startswith("# text = "))
    sentences = {part for text in found for part in re.split(r"(?<=[.;:!?])\s+", text)}
    telling_ones = sorted(one for one in sentences if len(telling(one, language, analyser)) >= WORDS)
    random.Random(3).shuffle(telling_ones)
    return telling_ones


class Bench:
    """An index for each language, and what is asked."""

    def __init__(self, folder: Path, analyser: Analyser, aligned: list[Line], *, alone: bool = False) -> None:
        self.analyser = analyser
        self.aligned = aligned
        self.languages = tuple(aligned[0])
        self.engines: dict[str, TantivyEngine] = {}
        for language in self.languages:
            texts = [line[language] for line in aligned]
            texts += [] if alone else others(language, analyser)[: SENTENCES - len(texts)]
            engine = TantivyEngine(folder / language, analyser)
            engine.rebuild(_document(number, text, language) for number, text in enumerate(texts))
            self.engines[language] = engine

    def questions(self, language: str, count: int = QUESTIONS) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The number of a line, and the tokens of four of its words."""
        lot = random.Random(11)
        for number, line in enumerate(self.aligned):
            words = dict.fromkeys(
                token.text.lower()
                for token in self.analyser.tokens(line[language], language)
                if len(token.text) > 2
                and not token.text.isdigit()
                and not self.analyser.is_silent(token.text, language)
            )
            for _ in range(count if len(words) >= WORDS else 0):
                asked = lot.sample(list(words), WORDS)
                yield number, telling(" ".join(asked), language, self.analyser)

    def recall(self, translate: Translate, asked: Sequence[int] | None = None) -> dict[str, float]:
        """By direction, how often the line is among the first ten."""
        found = {}
        for source, target in permutations(self.languages, 2):
            questions = [
                question
                for question in self.questions(source, 1 if asked else QUESTIONS)
                if asked is None or question[0] in asked
            ]
            hits = sum(self._finds(number, tokens, source, target, translate) for number, tokens in questions)
            found[f"{source}-{target}"] = hits / len(questions)
        return found

    def _finds(
        self, number: int, tokens: Sequence[str], source: str, target: str, translate: Translate
    ) -> bool:
        words: defaultdict[int, list[tuple[str, float]]] = defaultdict(list)
        for term in translate(tokens, family_of(source), family_of(target)):
            words[term.of].append((term.token, term.weight))
        across = {family_of(target): tuple(map(tuple, words.values()))}
        query = Query("", frozenset({"pub"}), (source,), facets=(), across=across)
        engine = self.engines[target]
        hits = (
            engine.search(replace(query, rarity=rarity_of(engine.frequencies(query)))).hits if words else ()
        )
        return any(hit.document.uid == str(number) for hit in hits)


def _document(number: int, text: str, language: str) -> Document:
    return Document(
        id=f"1-{number}-{language}", instrument=f"i{number}", edition="1", uid=str(number), language=language, title="", heading="",
        text=text, keys=frozenset({"pub"}), fingerprint=str(number),
    )  # fmt: skip


def shown(name: str, recall: dict[str, float]) -> str:
    each = " ".join(f"{direction} {share:.2f}" for direction, share in recall.items())
    mean = sum(recall.values()) / len(recall)
    return f"\n  {name}: recall@10 worst {min(recall.values()):.3f}, mean {mean:.3f} ({each})"


def test_nothing_learned(
    declaration: list[Line],
    dictionary: Dictionary,
    analyser: Analyser,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bench = Bench(tmp_path, analyser, declaration)
    glossary, everyday = shipped(analyser), shipped_synonyms(analyser)

    def by_glossary(tokens: Sequence[str], source: str, target: str) -> Sequence[Term]:
        return expand(tokens, source, target, Table(), glossary, sure=True)

    def by_all(tokens: Sequence[str], source: str, target: str) -> Sequence[Term]:
        return expand(tokens, source, target, Table(), glossary, dictionary, everyday=everyday, sure=True)

    alone, together = bench.recall(by_glossary), bench.recall(by_all)
    added: Counter[str] = Counter()
    for source, target in permutations(bench.languages, 2):
        one, other = family_of(source), family_of(target)
        for number, tokens in bench.questions(source, 1):
            there = set(telling(declaration[number][target], target, analyser))
            terms = by_all(tokens, one, other)
            best = {term.of: term for term in reversed(terms)}
            added["all"] += len(terms)
            added["confirmed"] += sum(
                _confirmed(term, tokens, one, other, dictionary, (glossary, everyday)) for term in terms
            )
            added["best"] += len(best)
            added["best there"] += sum(term.token in there for term in best.values())
    with capsys.disabled():
        print(shown("nothing learned, glossary alone", alone))
        print(
            shown(
                f"nothing learned, {len(dictionary.rows) // 2} pairs of languages with dictionaries", together
            )
        )
        print(
            f"\n  of {added['all']} words added the glossary, a dictionary or two of them confirm "
            f"{added['confirmed'] / added['all']:.3f}; the best one of each word stands in the sentence itself "
            f"{added['best there'] / added['best']:.3f}"
        )
    assert added["confirmed"] == added["all"]
    assert sum(together.values()) > sum(alone.values())


def _confirmed(
    term: Term,
    tokens: Sequence[str],
    source: str,
    target: str,
    dictionary: Dictionary,
    known: Sequence[Glossary],
) -> bool:
    token = tokens[term.of]
    in_terms = any(
        place <= term.of < place + length and term.token in words
        for glossary in known
        for place, length, words in glossary.find(tokens, source, target)
    )
    return in_terms or token == term.token or dictionary.confirms(token, term.token, source, target)


def test_learned_from_lines_of_one_kind(
    dictionary: Dictionary, analyser: Analyser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    aligned = demonstration(("en", "sq", "mk"), analyser)
    asked = range(0, len(aligned), 5)
    learned = [Passage(tuple(line.items())) for number, line in enumerate(aligned) if number % 5]
    table = train(pairs_of(learned, analyser))
    bench = Bench(tmp_path, analyser, aligned, alone=True)

    def by_lines(tokens: Sequence[str], source: str, target: str) -> Sequence[Term]:
        return expand(tokens, source, target, table)

    def by_all(tokens: Sequence[str], source: str, target: str) -> Sequence[Term]:
        everyday = shipped_synonyms(analyser)
        return expand(tokens, source, target, table, shipped(analyser), dictionary, everyday=everyday)

    alone, together = bench.recall(by_lines, asked), bench.recall(by_all, asked)
    with capsys.disabled():
        print(shown(f"learned from {len(learned)} lines of the demonstration", alone))
        print(shown("the same, with glossary and dictionaries", together))
    assert sum(together.values()) > 0.9 * len(together)


def demonstration(languages: Sequence[str], analyser: Analyser) -> list[Line]:
    """The lines of the demonstration's newest texts that stand in all of the languages."""
    found: list[Line] = []
    for document in sorted(DEMO.glob("*")):
        for edition in sorted(document.glob("edition-*"))[-1:]:
            texts = [(edition / f"{language}.md") for language in languages]
            if not all(path.exists() for path in texts):
                continue
            rows = [path.read_text("utf-8").splitlines() for path in texts]
            if len({len(row) for row in rows}) == 1:
                found += [dict(zip(languages, row, strict=True)) for row in zip(*rows, strict=True)]
    return [line for line in found if all(len(telling(line[one], one, analyser)) >= WORDS for one in line)]
