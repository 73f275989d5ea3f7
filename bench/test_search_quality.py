"""How well search finds what is meant: `make bench-search` prints the figures, each beside simplemma's lemmas
in the same run.

- **Two forms of a word**: the groups of `gold/`, written by hand for Albanian and Macedonian, and the
  treebanks of Universal
  Dependencies in the folder KODEKS_TREEBANKS (any of `sr_set-ud-dev.conllu`, `hr_set-ud-dev.conllu`,
  `en_ewt-ud-dev.conllu`).
- **A law's heading to its article**: the laws in the folder KODEKS_LAWS, a file for each (`name.hr.tsv`,
  `name.sr.tsv`; a line for
  an article: heading, tab, text). The heading is asked, and is no part of what is searched; between two laws,
  headings that both have.
- **A known text by inflected words**: three words of a sentence or section, each in another form, find it
  again (mean reciprocal
  rank). The other forms are the gold's, so that no dictionary of ours chooses them.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path

import pytest

from bench.evaluation import read_conllu, read_groups, score
from search.analysis import Analyser, family_of
from search.analysis.spelling import bcms, plain
from search.engines.base import Document, Query
from search.engines.ranking import rarity_of
from search.engines.tantivy_engine import TantivyEngine
from tests.support.search.fixtures import analyser

__all__ = ["analyser"]

GOLD = Path(__file__).parent / "gold"
DEMO = Path(__file__).parents[1] / "documents" / "demo"
LAWS = Path(os.environ.get("KODEKS_LAWS", "/nowhere"))
TREEBANKS = Path(os.environ.get("KODEKS_TREEBANKS", "/nowhere"))
PARTS = {"sr": "sr_set-ud-dev.conllu", "hr": "hr_set-ud-dev.conllu", "en": "en_ewt-ud-dev.conllu"}
_WORD = re.compile(r"[^\W\d_]+")
Forms = Mapping[str, set[str]]


def simplemma_token(language: str) -> Callable[[str], str]:
    """What simplemma alone makes of a word."""
    import simplemma

    family = family_of(language)

    def token(word: str) -> str:
        small = word.lower()
        return plain(simplemma.lemmatize(bcms(small) if family == "hbs" else small, lang=family).lower())

    return token


def gold_forms(language: str) -> Forms:
    found: dict[str, set[str]] = {}
    for path in GOLD.glob(f"forms*.{language}.txt"):
        with path.open(encoding="utf-8") as lines:
            for form, lemmas in read_groups(lines).items():
                found.setdefault(form, set()).update(lemmas)
    if language in PARTS and (TREEBANKS / PARTS[language]).exists():
        with (TREEBANKS / PARTS[language]).open(encoding="utf-8") as lines:
            found.update(read_conllu(lines))
    return found


@pytest.mark.parametrize("language", ["sr", "hr", "sq", "mk", "en"])
def test_two_forms_of_a_word(language: str, analyser: Analyser, capsys: pytest.CaptureFixture[str]) -> None:
    forms = gold_forms(language)
    if not forms:
        pytest.skip("needs KODEKS_TREEBANKS")
    ours = score(forms, lambda form: " ".join(token.lemma for token in analyser.tokens(form, language)))
    alone = score(forms, simplemma_token(language))
    with capsys.disabled():
        print(
            f"\n  {language}: two forms to one token, F1 {ours.f1:.3f} ({ours.pairs} pairs; simplemma alone "
            f"{alone.f1:.3f}), "
            f"without diacritics {ours.without_diacritics:.3f} ({alone.without_diacritics:.3f})"
        )
    assert ours.f1 > max(0.85, alone.f1)


@dataclass(frozen=True)
class Item:
    """A text that is looked for, and what is asked."""

    text: str
    asked: str


def texts_of(language: str) -> list[str]:
    """The treebank's sentences, or the passages of the demonstration."""
    if language in PARTS and (TREEBANKS / PARTS[language]).exists():
        lines = (TREEBANKS / PARTS[language]).read_text("utf-8").splitlines()
        return [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
    newest = {path.parent.parent: path for path in sorted(DEMO.glob(f"*/edition-*/{language}.md"))}
    passages = {
        line.strip("#*- |>") for path in newest.values() for line in path.read_text("utf-8").splitlines()
    }
    return sorted(passage for passage in passages if len(passage) > 40)


def known_items(language: str, words: int = 3) -> list[Item]:
    """For each text with enough words of which the gold knows another form."""
    lot = random.Random(7)
    forms = gold_forms(language)
    of: defaultdict[str, set[str]] = defaultdict(set)
    for form, lemmas in forms.items():
        if len(lemmas) == 1:
            of[next(iter(lemmas))].add(form)
    items = []
    for text in texts_of(language):
        swaps = []
        for word in dict.fromkeys(_WORD.findall(text.lower())):
            others = sorted(of[next(iter(forms[word]))] - {word}) if len(forms.get(word, ())) == 1 else []
            if others and len(word) > 3:
                swaps.append(lot.choice(others))
        if len(swaps) >= words:
            items.append(Item(text, " ".join(lot.sample(swaps, words))))
    return items


class Bm25:
    """The usual ranking over any tokens, for what others' tokens would find."""

    def __init__(self, texts: Sequence[list[str]]) -> None:
        self._texts = [Counter(text) for text in texts]
        self._lengths = [len(text) for text in texts]
        self._average = sum(self._lengths) / len(texts)
        self._in = Counter(token for text in self._texts for token in text)

    def ranked(self, tokens: Iterable[str]) -> list[int]:
        scores: Counter[int] = Counter()
        for token in dict.fromkeys(tokens):
            rarity = log(1 + (len(self._texts) - self._in[token] + 0.5) / (self._in[token] + 0.5))
            for number, text in enumerate(self._texts):
                if count := text[token]:
                    norm = 1.2 * (0.25 + 0.75 * self._lengths[number] / self._average)
                    scores[number] += rarity * count * 2.2 / (count + norm)  # type: ignore[assignment]
        return [number for number, _ in scores.most_common(10)]


def document(number: int, text: str, language: str) -> Document:
    return Document(
        id=f"1-{number}-{language}", instrument=f"i{number}", edition="1", uid=str(number), language=language, title="", heading="",
        text=text, keys=frozenset({"pub"}), fingerprint=str(number),
    )  # fmt: skip


def found_by(engine: TantivyEngine, asked: str, language: str) -> list[int]:
    """As the page asks: weighed by rarity, relatives only where nothing is found."""
    for relatives in (False, True):
        query = Query(asked, frozenset({"pub"}), (language,), facets=(), relatives=relatives)
        found = engine.search(replace(query, rarity=rarity_of(engine.frequencies(query))))
        if found.hits:
            break
    return [int(hit.document.uid) for hit in found.hits]


@pytest.mark.parametrize("language", ["sr", "hr", "sq", "mk", "en"])
def test_a_known_text_by_inflected_words(
    language: str, analyser: Analyser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = known_items(language)
    if len(items) < 20:
        pytest.skip("needs KODEKS_TREEBANKS")
    texts = texts_of(language)
    engine = TantivyEngine(tmp_path / "index", analyser)
    engine.rebuild(document(number, text, language) for number, text in enumerate(texts))
    token = simplemma_token(language)
    peer = Bm25([[token(word) for word in _WORD.findall(text)] for text in texts])
    place = {text: number for number, text in enumerate(texts)}
    ours = alone = 0.0
    for item in items:
        wanted = place[item.text]
        ours += reciprocal(found_by(engine, item.asked, language), wanted)
        alone += reciprocal(peer.ranked(token(word) for word in item.asked.split()), wanted)
    with capsys.disabled():
        print(
            f"\n  {language}: {len(items)} known texts of {len(texts)} by inflected words, MRR "
            f"{ours / len(items):.3f} "
            f"(simplemma alone {alone / len(items):.3f})"
        )
    assert ours / len(items) > 0.8


Law = list[tuple[str, str]]


def laws() -> dict[tuple[str, str], Law]:
    """By name and language: each law's articles, heading and text; a heading that stands over several is
    none."""
    found = {}
    for path in sorted(LAWS.glob("*.*.tsv")):
        rows = [line.split("\t", 1) for line in path.read_text("utf-8").splitlines() if "\t" in line]
        often = Counter(heading for heading, _ in rows)
        articles = [(heading if often[heading] == 1 else "", text) for heading, text in rows]
        name, language = path.name.removesuffix(".tsv").rsplit(".", 1)
        found[name, language] = articles
    return found


def test_a_laws_heading_to_its_article(
    analyser: Analyser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = laws()
    if not known:
        pytest.skip("needs KODEKS_LAWS")
    own = [0, 0]
    across = [0, 0]
    for (name, language), law in known.items():
        engine = TantivyEngine(tmp_path / f"{name}-{language}", analyser)
        engine.rebuild(document(number, text, language) for number, (_, text) in enumerate(law))
        places = {
            alike(heading, language, analyser): number for number, (heading, _) in enumerate(law) if heading
        }
        for (_, other), articles in known.items():
            here = articles is law
            if not here and other == language:
                continue
            for heading, _ in articles:
                wanted = places.get(alike(heading, other, analyser)) if heading else None
                if wanted is not None:
                    counted = own if here else across
                    counted[0] += wanted in found_by(engine, heading, other)
                    counted[1] += 1
    with capsys.disabled():
        for said, (found, asked) in (("its own law", own), ("a law in another language", across)):
            if asked:
                print(f"\n  heading to article of {said}: recall@10 {found / asked:.3f} ({asked} headings)")
    assert own[0] > 0.6 * own[1]


def alike(heading: str, language: str, analyser: Analyser) -> str:
    """A heading by its tokens: those of two laws may differ in a form."""
    return " ".join(token.lemma for token in analyser.tokens(heading, language))


def reciprocal(ranked: Sequence[int], wanted: int) -> float:
    return 1 / (1 + ranked.index(wanted)) if wanted in ranked else 0.0
