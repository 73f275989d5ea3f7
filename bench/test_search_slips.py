"""What search puts right: `make bench-search` prints how many correct words it would put right into others
(none, where a dictionary has them), and how many slips into what was meant. The correct words are those of
the treebanks in KODEKS_TREEBANKS, or of the lists in `gold/`; what they may be put right into are the words
of the demonstration."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.demonstration import documents_of
from bench.evaluation import read_conllu, read_groups
from config.demo.instruments import sources
from search.analysis import Analyser
from search.engines.base import Document, Query
from search.engines.tantivy_engine import TantivyEngine
from search.pages.spelling_suggestions import corrected
from tests.support.search.fixtures import analyser, search_index

__all__ = ["analyser", "search_index"]

GOLD = Path(__file__).parent / "gold"
TREEBANKS = Path(os.environ.get("KODEKS_TREEBANKS", "/nowhere"))
PARTS = {
    "sr": "sr_set-ud-dev.conllu",
    "hr": "hr_set-ud-dev.conllu",
    "en": "en_ewt-ud-dev.conllu",
    "sq": "sq_staf-ud-train.conllu",
}
COUNT = 150
KEYS = frozenset({"pub"})
_WORD = re.compile(r"[^\W\d_]{6,}")

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts(search_index: TantivyEngine) -> list[Document]:
    every = [document for source in sources() for document in documents_of(source)]
    search_index.rebuild(every)
    return every


def correct_words(language: str) -> list[str]:
    """Words of four letters or more that people who know the language wrote or checked."""
    part = TREEBANKS / PARTS.get(language, "none")
    if part.exists():
        with part.open(encoding="utf-8") as lines:
            forms = set(read_conllu(lines, names=False))
    else:
        forms = set()
        for path in GOLD.glob(f"forms*.{language}.txt"):
            with path.open(encoding="utf-8") as lines:
                forms |= set(read_groups(lines))
    words = sorted(form for form in forms if len(form) >= 4 and form.isalpha())
    random.Random(5).shuffle(words)
    return words[:COUNT]


def slips(texts: list[Document], language: str, analyser: Analyser) -> Iterator[tuple[str, str]]:
    """A word of the texts with one slip, which is no word of a dictionary; and the word. Of open texts: one of a
    closed text is never offered."""
    lot = random.Random(6)
    own = [one.text for one in texts if one.language == language and one.keys & KEYS]
    found = sorted({word.lower() for text in own for word in _WORD.findall(text)})
    lot.shuffle(found)
    for word in found:
        place = lot.randrange(1, len(word) - 1)
        typed = lot.choice(
            [
                word[:place] + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                word[:place] + word[place] + word[place:],
            ]
        )
        if typed != word and not analyser.has_word(typed, language):
            yield typed, word


def test_correct_words_stay_and_slips_are_put_right(
    texts: list[Document], search_index: TantivyEngine, analyser: Analyser, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    changed_words = []
    for language in ("sr", "hr", "en", "sq", "mk"):
        asked = correct_words(language)
        changed = {}
        for word in asked:
            query = Query(word, KEYS, (language,), facets=())
            better = corrected(query, search_index) if not search_index.search(query).total else ""
            if better:
                changed[word] = better
        right = tried = 0
        for typed, word in slips(texts, language, analyser):
            query = Query(typed, KEYS, (language,), facets=())
            if tried == COUNT:
                break
            if search_index.search(query).total:
                continue
            tried += 1
            meant = [token.lemma for token in analyser.tokens(corrected(query, search_index), language)]
            right += meant == [token.lemma for token in analyser.tokens(word, language)]
        changed_words += list(changed.items())
        said.append(
            f"\n  {language}: {len(changed)} of {len(asked)} correct words put right into others; "
            f"{right} of {tried} slips put right{' ' + str(changed) if changed else ''}"
        )
    with capsys.disabled():
        print("".join(said))
    assert len(changed_words) < 15
