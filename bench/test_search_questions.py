"""Questions as practitioners put them: how often the right section comes first, and how often the reader's own
country does. `gold/questions.tsv` was written before the texts of the demonstration were read, its answers
after."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from bench.demonstration import documents_of
from config.demo.instruments import sources
from documents.demo.markdown import uid_of
from search.factory import engine
from search.pages.page_languages import reading_languages
from search.pages.params import SearchParams
from search.pages.service import Reader, run_search
from search.synonym_store import import_shipped_groups
from tests.support.search.fixtures import analyser, search_index

__all__ = ["analyser", "search_index"]

GOLD = Path(__file__).parent / "gold" / "questions.tsv"
TAGS = {"sr": "sr-cyrl"}

pytestmark = pytest.mark.django_db


def test_practitioners_questions(search_index: object, capsys: pytest.CaptureFixture[str]) -> None:
    import_shipped_groups()
    loaded = {f"{one.data['country']}/{one.data['slug']}": one for one in sources()}
    engine().rebuild(document for one in loaded.values() for document in documents_of(one))
    with GOLD.open(encoding="utf-8", newline="") as file:
        questions = list(csv.DictReader(file, delimiter="\t"))
    counted: Counter[str] = Counter()
    for one in questions:
        country, own = one["country"], f"c:{one['country']}:official"
        languages = reading_languages(TAGS.get(one["language"], one["language"]))
        reader = Reader(frozenset({"pub", own}), None, languages, country)
        hits = run_search(SearchParams(words=one["question"]), reader).hits
        found = [hit.document.uid for hit in hits]
        pairs = [named.split("#") for named in one["sections"].split()]
        wanted = {uid_of(loaded[place].folder, key) for place, key in pairs}
        counted["asked"] += bool(wanted)
        counted["first"] += bool(wanted & set(found[:1]))
        counted["three"] += bool(wanted & set(found[:3]))
        if any(place.startswith(f"{country}/") for place, _ in pairs):
            counted["own"] += 1
            counted["own first"] += bool(hits) and hits[0].document.country == country
    with capsys.disabled():
        print(
            f"\n  practitioners' questions: right section first {counted['first']}, in the first three "
            f"{counted['three']} of {counted['asked']}; own country first {counted['own first']} of "
            f"{counted['own']}"
        )
    assert counted["first"] > 0.6 * counted["asked"]
    assert counted["three"] > 0.75 * counted["asked"]
