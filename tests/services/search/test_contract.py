"""What both engines promise, on a real tantivy and a real Elasticsearch."""

from __future__ import annotations

import itertools
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from search.analysis import Analyser
from search.engines.base import CONTENT_LANGUAGES, FACETS, Document, Engine, Query, Result
from search.engines.elastic import ElasticEngine
from search.engines.ranking import rarity_of
from search.engines.tantivy_engine import TantivyEngine
from search.engines.vocabulary import beginning_with, like
from search.pages.spelling_suggestions import corrected
from tests.support.search.corpus import KEYS
from tests.support.search.questions import EVERY_KEY, outline, queries


def facet_values(document: Document, facet: str) -> tuple[str, ...]:
    """The document's values of one of `FACETS`; none where it has none."""
    if facet == "topic":
        return document.topics
    value = str(getattr(document, facet))
    return (value,) if value else ()


class Remembers:
    """Keeps its answers: several tests ask the same of an index that stays."""

    def search(self, query: Query) -> Result:
        asked = self.__dict__.setdefault("asked", {})
        if repr(query) not in asked:
            asked[repr(query)] = super().search(query)  # type: ignore[misc]
        found: Result = asked[repr(query)]
        return found


class RememberingTantivy(Remembers, TantivyEngine):
    pass


class RememberingElastic(Remembers, ElasticEngine):
    pass


@pytest.fixture(scope="module")
def tantivy_full(
    tmp_path_factory: pytest.TempPathFactory, analyser: Analyser, documents: list[Document]
) -> Engine:
    engine = RememberingTantivy(tmp_path_factory.mktemp("tantivy") / "index", analyser)
    engine.rebuild(documents)
    return engine


@pytest.fixture(scope="module")
def elastic_of(
    elasticsearch_url: str, analyser: Analyser, documents: list[Document]
) -> Iterator[Callable[[int], Engine]]:
    """The filled index of so many shards."""

    @cache
    def filled(shards: int) -> ElasticEngine:
        engine = RememberingElastic(elasticsearch_url, f"t-{uuid.uuid4().hex[:8]}", analyser, shards=shards)
        engine.rebuild(documents)
        made.append(engine)
        return engine

    made: list[ElasticEngine] = []
    yield filled
    for engine in made:
        engine.drop()
        engine.close()


@pytest.fixture(scope="module", params=[1, 3], ids=["one shard", "three shards"])
def elastic_full(request: pytest.FixtureRequest, elastic_of: Callable[[int], Engine]) -> Engine:
    return elastic_of(request.param)


@pytest.fixture(params=["tantivy", "elastic"])
def filled(
    request: pytest.FixtureRequest, tantivy_full: Engine, elastic_of: Callable[[int], Engine]
) -> Engine:
    """Each engine in turn, for tests that write nothing."""
    return tantivy_full if request.param == "tantivy" else elastic_of(1)


@pytest.fixture(params=["tantivy", "elastic"])
def engine(request: pytest.FixtureRequest, documents: list[Document]) -> Engine:
    """Each engine in turn, filled, for tests that write."""
    engine: Engine = request.getfixturevalue(request.param)
    engine.rebuild(documents)
    return engine


def test_same_answers(tantivy_full: Engine, elastic_full: Engine) -> None:
    asked = queries()
    assert len(asked) > 300
    found = 0
    for query in asked:
        ours, theirs = tantivy_full.search(query), elastic_full.search(query)
        assert outline(ours) == outline(theirs), query
        found += bool(ours.hits)
    assert found > 250


def test_pages_one_after_the_other_hold_everything_once(tantivy_full: Engine, elastic_full: Engine) -> None:
    """As the cursor of the program's interface goes on, on either engine."""
    asked = [Query("priručnik", EVERY_KEY), Query("žrtva viktima victim", EVERY_KEY, loose=True)]
    asked.append(Query("", frozenset({"pub"}), sort="oldest"))
    for query in asked:
        walked = []
        for engine in (tantivy_full, elastic_full):
            total = engine.search(query).total
            pages = [engine.search(replace(query, page=1 + page)).hits for page in range(-(-total // 10) + 1)]
            names = [hit.document.id for hits in pages for hit in hits]
            assert len(names) == len(set(names)) == total > 100
            walked.append(names)
        assert walked[0] == walked[1], query


def test_the_page_asks_both_alike(
    tantivy_full: Engine, elastic_full: Engine, request: pytest.FixtureRequest
) -> None:
    """Words weighed by rarity, with synonyms, each section once, one country first: the same on either. Other
    questions on one shard than on three."""
    found = 0
    for query in queries()["three shards" in request.node.name :: 2]:
        if query.sort != "relevance":
            continue
        asked = replace(query, folded=True, relatives=False, home="mk")
        everyday = {"hbs": {"zrtva": ((("osteceni",), 0.6), (("trgovina", "ljudima"), 0.6))}}
        asked = replace(asked, synonyms=everyday)
        counted = [engine.frequencies(asked) for engine in (tantivy_full, elastic_full)]
        assert counted[0] == counted[1], query
        asked = replace(asked, rarity=rarity_of(counted[0]))
        sides = []
        for side in ("home", "abroad"):
            ours, theirs = (
                engine.search(replace(asked, side=side)) for engine in (tantivy_full, elastic_full)
            )
            assert outline(ours) == outline(theirs), query
            assert ours.sections == theirs.sections, query
            sides.append(ours)
            assert all((hit.document.country == "mk") == (side == "home") for hit in ours.hits)
            sections = [(hit.document.edition, hit.document.uid) for hit in ours.hits]
            assert len(sections) == len(set(sections))
            found += bool(ours.hits)
        names = [hit.document.id for side in sides for hit in side.hits]
        shown = [engine.sections(asked, names) for engine in (tantivy_full, elastic_full)]
        assert shown[0] == shown[1], query
    assert found > 50


def test_a_facet_counts_sections_as_the_heading_does(
    tantivy_full: Engine, elastic_full: Engine, documents: list[Document]
) -> None:
    asked = Query("", EVERY_KEY, facets=("kind", "status"), folded=True)
    sections = {(one.edition, one.uid) for one in documents}
    for engine in (tantivy_full, elastic_full):
        found = engine.search(asked)
        assert found.total == len(sections)
        for facet in asked.facets:
            having = {
                (value, one.edition, one.uid) for one in documents for value in facet_values(one, facet)
            }
            expected = Counter(value for value, _edition, _uid in having)
            assert {one.value: one.count for one in found.facets[facet]} == expected, facet


def test_slips_are_put_right_alike(tantivy_full: Engine, elastic_full: Engine) -> None:
    apply_correction = 0
    for typed in ("zrtvma", "vitcim", "socijlani radinik", "жртвматa", "identifikcaija", "viktmia", "xyzzyx"):
        for keys in (EVERY_KEY, frozenset({"inst:4"})):
            query = Query(typed, keys)
            ours = corrected(query, tantivy_full)
            assert ours == corrected(query, elastic_full), typed
            apply_correction += bool(ours)
    assert apply_correction > 6


def test_same_words(tantivy_full: Engine, elastic_full: Engine) -> None:
    """Counted alike on every number of shards, under the same keys and filters; nothing closed."""
    everywhere = CONTENT_LANGUAGES
    patterns = [beginning_with(typed, everywhere) for typed in ("ide", "жрт", "pro", "të", "s")]
    patterns += [like(typed, everywhere) for typed in ("zrtvma", "identifikcaija", "vitcim", "социалниот")]
    some = 0
    for keys, pattern in itertools.product((EVERY_KEY, frozenset({"pub"}), frozenset({"inst:4"})), patterns):
        for field in ("headed", "words"):
            query = Query(
                "", keys, filters={"status": frozenset({"in_force", "draft"})}, denied=frozenset({"3"})
            )
            ours = tantivy_full.vocabulary(query, field, pattern, 20_000)  # type: ignore[arg-type]
            assert ours == elastic_full.vocabulary(query, field, pattern, 20_000)  # type: ignore[arg-type]
            some += bool(ours)
    assert some > 30
    for engine in (tantivy_full, elastic_full):
        assert engine.vocabulary(Query("", frozenset()), "words", patterns[0], 100) == ()
        assert engine.vocabulary(Query("", frozenset({"ed:nobody"})), "words", patterns[0], 100) == ()


@pytest.mark.parametrize("shards", [1, 3])
def test_same_answers_after_changes(
    tmp_path: Path, analyser: Analyser, elasticsearch_url: str, documents: list[Document], shards: int
) -> None:
    elastic = ElasticEngine(elasticsearch_url, f"t-{uuid.uuid4().hex[:8]}", analyser, shards=shards)
    engines: tuple[Engine, ...] = (TantivyEngine(tmp_path / "index", analyser), elastic)
    changed = [
        replace(document, text=f"{document.heading}. {document.text}", keys=frozenset({KEYS[number % 5]}))
        for number, document in enumerate(documents[::6])
    ]
    for engine in engines:
        engine.index(documents[:150])
        engine.index(documents[100:])
        engine.index(changed)
        engine.delete(document.id for document in documents[3::9])
        engine.delete(["unknown"])
        engine.delete(document.id for document in documents if document.edition in ("4", "11"))
        engine.refresh()
    before = [[outline(engine.search(query))[1:] for query in queries()[::5]] for engine in engines]
    assert before[0] == before[1]
    for engine in engines:
        engine.rebuild(list(engine.documents()))
    # Other questions on one shard than on three.
    for query in queries()[shards::4]:
        ours, theirs = (outline(engine.search(query)) for engine in engines)
        assert ours == theirs, query
    left = [dict(engine.fingerprints()) for engine in engines]
    assert left[0] == left[1]
    assert not {name for name in left[0] if name.startswith(("4:", "11:"))}
    elastic.drop()
    elastic.close()


def test_nothing_leaks(filled: Engine, documents: list[Document]) -> None:
    by_id = {document.id: document for document in documents}
    for key in (*KEYS, "ed:nobody"):
        keys = frozenset({key})
        allowed = [document for document in documents if document.keys & keys]
        result = filled.search(Query("", keys, page_size=1000))
        assert {hit.document.id for hit in result.hits} == {document.id for document in allowed}
        assert result.total == len(allowed)
        for facet in FACETS:
            expected: dict[str, int] = {}
            for document in allowed:
                for value in facet_values(document, facet):
                    expected[value] = expected.get(value, 0) + 1
            assert {count.value: count.count for count in result.facets[facet]} == expected
        for text in ("žrtva", "viktima", "victim", '"социјална работа"', "zrtva -dete"):
            for hit in filled.search(Query(text, keys, loose=True, page_size=1000)).hits:
                assert by_id[hit.document.id].keys & keys, f"{hit.document.id} leaked to {key}"


def test_no_keys_find_nothing(filled: Engine) -> None:
    for text in ("", "žrtva"):
        result = filled.search(Query(text, frozenset()))
        assert (result.hits, result.total) == ((), 0)
        assert not any(result.facets.values())


def test_denied_editions_are_gone_at_once(filled: Engine) -> None:
    query = Query("žrtva", EVERY_KEY, page_size=1000)
    edition = filled.search(query).hits[0].document.edition
    denied = filled.search(replace(query, denied=frozenset({edition})))
    assert denied.hits
    assert edition not in {hit.document.edition for hit in denied.hits}
    assert denied.total == len(denied.hits)
    assert sum(count.count for count in denied.facets["language"]) == denied.total


def test_red_is_never_indexed(engine: Engine, documents: list[Document]) -> None:
    open_one = documents[0]
    before = engine.search(Query("", EVERY_KEY)).total
    engine.index([replace(open_one, classification="tlp_red", keys=frozenset({"pub"}))])
    engine.index([replace(open_one, id="new", keys=frozenset())])
    engine.refresh()
    assert engine.search(Query("", EVERY_KEY)).total == before - 1


def test_facets_leave_out_their_own_filter(filled: Engine) -> None:
    plain = filled.search(Query("", EVERY_KEY))
    filtered = filled.search(Query("", EVERY_KEY, filters={"language": frozenset({"mk"})}))
    assert filtered.facets["language"] == plain.facets["language"]
    assert [count.value for count in filtered.facets["country"]] == ["mk"]
    assert filtered.total == next(c.count for c in plain.facets["language"] if c.value == "mk")


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("zrtvama trgovine ljudima", "sr"),
        ("жртвама трговине људима", "sr"),
        ("žrtve trgovanja", "hr"),
        ("жртвите на трговијата со луѓе", "mk"),
        ("zrtvite na trgovijata", "mk"),
        ("viktimave të trafikimit", "sq"),
        ("viktimes se trafikimit", "sq"),
        ("victims trafficking", "en"),
    ],
)
def test_forms_scripts_and_bare_letters(filled: Engine, typed: str, language: str) -> None:
    hits = filled.search(
        Query(typed, EVERY_KEY, (language,), filters={"language": frozenset({language})})
    ).hits
    assert hits
    for hit in hits:
        assert hit.spans or any(part.marked for part in hit.heading)


def test_ijekavian_finds_ekavian(filled: Engine) -> None:
    result = filled.search(Query("dijete", EVERY_KEY, ("hr",)))
    assert {"sr", "hr"} <= {count.value for count in result.facets["language"]}


def test_a_document_replaces_the_one_before(engine: Engine, documents: list[Document]) -> None:
    engine.index([replace(documents[1], text="zvezdoznanstvo", keys=frozenset({"pub"}), language="sr")])
    engine.refresh()
    assert [hit.document.id for hit in engine.search(Query("zvezdoznanstvo", EVERY_KEY)).hits] == [
        documents[1].id
    ]
    assert engine.search(Query("", EVERY_KEY)).total == len(documents)


def test_rebuild_swaps_without_a_gap(engine: Engine, documents: list[Document]) -> None:
    seen: list[int] = []

    def coming() -> Iterator[Document]:
        for document in documents[:20]:
            seen.append(engine.search(Query("", EVERY_KEY)).total)
            yield document

    assert engine.rebuild(coming()) == 20
    assert set(seen) == {len(documents)}
    assert engine.search(Query("", EVERY_KEY)).total == 20


def test_a_rebuild_that_fails_changes_nothing(engine: Engine, documents: list[Document]) -> None:
    def breaking() -> Iterator[Document]:
        yield documents[0]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(breaking())
    assert engine.search(Query("", EVERY_KEY)).total == len(documents)


def test_health(filled: Engine, documents: list[Document]) -> None:
    health = filled.health()
    assert (health.ok, health.stale, health.documents) == (True, False, len(documents))


def test_what_a_text_begins_with_says_what_it_is_about(engine: Engine) -> None:
    """What a text begins with counts more, and joins no phrase with what stands at the end."""
    filler = "Nadležni organ vodi postupak i obaveštava sve učesnike. " * 8
    about, beside = "Povratnik dobija smeštaj i hranu.", "Prevoznik prijavljuje krijumčara."
    for number, text in enumerate((f"{beside} {filler}{about}", f"{about} {filler}{beside}")):
        engine.index(
            [Document(f"lead{number}", "lead", "77", str(number), "sr", "", "", text, frozenset({"pub"}))]
        )
    engine.refresh()

    def found(text: str) -> list[str]:
        query = Query(text, frozenset({"pub"}), ("sr",), instrument="lead")
        return [hit.document.id for hit in engine.search(query).hits]

    assert found("povratnik smeštaj") == ["lead1", "lead0"]
    assert found("prevoznik krijumčar") == ["lead0", "lead1"]
    assert found('"hranu prevoznik"') == []
    assert found('"krijumčara povratnik"') == []
