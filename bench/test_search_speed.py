"""How fast search is, on sections made of the demonstration's own sentences: `make bench-search`.

KODEKS_BENCH_SECTIONS says how many (5,000 if not set). Each engine beside its own raw query, and beside what
the databases bring: PostgreSQL full text, which is given the same tokens. Goals are told; they hold on an
idle machine.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import time
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
import tantivy
from django.test import Client

from people.roles import Role
from search.analysis import Analyser
from search.engines.base import CONTENT_LANGUAGES, Document, Engine, Query
from search.engines.elastic import ElasticEngine
from search.engines.fields import text_fields
from search.engines.filters import access_filter, facet_filter
from search.engines.plan import make_plan
from search.engines.tantivy_engine import TantivyEngine
from search.engines.tantivy_facets import counting
from search.engines.tantivy_query import filter_query, match_query
from search.engines.word_shapes import shapes_of
from search.outbox import drain
from tests.support.factories import make_in_force, make_person, make_tree
from tests.support.search.fixtures import analyser, search_index
from tests.support.search.sentences import sentences
from tests.support.services import elasticsearch
from tests.support.services.missing import provide
from tests.support.services.postgres import Postgres

__all__ = ["analyser", "search_index"]

SECTIONS = int(os.environ.get("KODEKS_BENCH_SECTIONS", "5000"))
ASKED = 200
KEYS = ("pub", "pub", "pub", "tlp:green", "c:mk:official", "inst:4")
READER = frozenset({"pub", "c:mk:official", "tlp:green"})
FACETS = ("country", "kind", "topic")
_WORD = re.compile(r"[^\W\d_]{4,}")


def sections(count: int) -> Iterator[Document]:
    """So many sections of some 90 words, the same on every run."""
    lot, known = random.Random(11), sentences()
    languages = sorted(known)
    for number in range(count):
        language = languages[number % len(languages)]
        chosen = lot.choices(known[language], k=lot.randint(3, 10))
        edition = number // 300
        yield Document(
            id=f"{edition}-{number}-{language}",
            instrument=f"mk/i{edition // 2}",
            edition=str(edition),
            uid=str(number),
            language=language,
            title=known[language][edition % len(known[language])],
            heading=chosen[0][:60],
            text=" ".join(chosen),
            keys=frozenset({lot.choice(KEYS)}),
            country=lot.choice(("al", "ba", "me", "mk", "rs", "xk")),
            kind=lot.choice(("sop", "strategy", "guideline")),
            status=lot.choice(("in_force", "superseded")),
            institution=str(lot.randint(1, 40)),
            topics=(lot.choice(("referral", "protection", "children", "prevention")),),
            valid_from=date(2015 + number % 11, 1, 1),
            position=number % 300,
            fingerprint=str(number),
        )


def questions() -> list[Query]:
    """Two words of one sentence each, as somebody types them who half remembers."""
    lot, known = random.Random(5), sentences()
    made: list[Query] = []
    while len(made) < ASKED:
        language = lot.choice(sorted(known))
        words = _WORD.findall(lot.choice(known[language]))
        if len(words) > 3:
            others = tuple(other for other in CONTENT_LANGUAGES if other != language)
            made.append(Query(" ".join(lot.sample(words, 2)), READER, (language, *others), facets=FACETS))
    return made


@dataclass(frozen=True)
class Times:
    """Milliseconds of each question, shortest first; ``used``: what each took of this process's processor,
    likewise, which a busy machine changes less."""

    each: list[float]
    used: list[float]

    @property
    def middle(self) -> float:
        return statistics.median(self.each)

    def at(self, part: float) -> float:
        return self.each[int(len(self.each) * part)]


def timed(ask: Callable[[Any], object], all_of: list[Any]) -> Times:
    """Asks each, after some that don't count."""
    for one in all_of[:30]:
        ask(one)
    times, used = [], []
    for one in all_of:
        start, before = time.perf_counter(), time.process_time()
        ask(one)
        times.append(1000 * (time.perf_counter() - start))
        used.append(1000 * (time.process_time() - before))
    return Times(sorted(times), sorted(used))


def said(name: str, times: Times) -> str:
    p50, p95, p99 = (times.at(part) for part in (0.5, 0.95, 0.99))
    own = (
        f"processor p50 {statistics.median(times.used):.2f} p95 {times.used[int(len(times.used) * 0.95)]:.2f}"
    )
    return f"  {name:<48} p50 {p50:7.2f}  p95 {p95:7.2f}  p99 {p99:7.2f} ms  {own}"


def fill(engine: Engine) -> str:
    start = time.perf_counter()
    count = engine.rebuild(sections(SECTIONS))
    took = time.perf_counter() - start
    return (
        f"  {engine.name}: {count:,} sections in {took:.1f} s, {count / took:,.0f} a second, analysed and "
        f"written"
    )


def test_the_embedded_engine(tmp_path: Path, analyser: Analyser, capsys: pytest.CaptureFixture[str]) -> None:
    engine = TantivyEngine(tmp_path / "index", analyser)
    filled = fill(engine)
    size = sum(file.stat().st_size for file in (tmp_path / "index").rglob("*") if file.is_file())
    asked = questions()
    whole = timed(engine.search, asked)
    bare = timed(lambda query: bare_tantivy(engine, query), asked)
    words = timed(
        lambda query: engine.vocabulary(
            Query("", READER), "headed", f"(hbs|en|mk|sq) {query[:3]}[a-z]* .*", 200
        ),
        ["identification", "referral", "zrtva", "pomos", "mbrojtja"] * 10,
    )
    with capsys.disabled():
        print(f"\n{filled}, {size / 1e6:.0f} MB")
        print(said("tantivy, three facets and access (goal 15)", whole))
        print(said("  its bare query and facets", bare))
        print(said("  words that begin so", words))
        print(f"  tantivy against its bare query: {whole.middle / bare.middle:.2f}")
    assert whole.at(0.95) < 500


def test_indexing_against_lucene(
    tmp_path: Path, analyser: Analyser, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sections in the language that Lucene calls Serbian, on one thread each, by processor time: analysing
    and indexing. Lucene stems and indexes three fields; Kodeks looks each word up, indexes lemmas, prefixes,
    words as written and the filters."""
    archive, java = provide(elasticsearch.find)
    with zipfile.ZipFile(archive) as packed:
        jars = [name for name in packed.namelist() if re.search(r"/lib/lucene-(core|analysis-common)-", name)]
        for name in jars:
            (tmp_path / Path(name).name).write_bytes(packed.read(name))
    chosen = [one for one in sections(35_000) if one.language in ("sr", "hr", "bs", "cnr")]
    rows = ("\t".join((one.title, one.heading, one.text)) for one in chosen)
    (tmp_path / "rows.tsv").write_text("\n".join(row.replace("\n", " ") for row in rows), encoding="utf-8")
    program = Path(__file__).with_name("LuceneSerbian.java")
    said = subprocess.run(
        [str(java / "bin/java"), "-XX:+UseSerialGC", "-Xmx1g", "-cp", str(tmp_path / "*"), str(program), "rows.tsv"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    their_tokens, their_sections = map(float, said.stdout.split())
    shapes = shapes_of(analyser, "hbs")
    for _ in range(2):
        used = time.process_time()
        found = sum(len(shapes.of(text)) for one in chosen for text in (one.title, one.heading, one.text))
        tokens = found / (time.process_time() - used)
    used = time.process_time()
    TantivyEngine(tmp_path / "index", analyser).rebuild(chosen)
    ours = len(chosen) / (time.process_time() - used)
    with capsys.disabled():
        print(
            f"\n  analysing: Kodeks {tokens:,.0f} tokens a second, Lucene {their_tokens:,.0f}: "
            f"{tokens / their_tokens:.2f} (goal 1.5)"
        )
        print(
            f"  indexing: Kodeks {ours:,.0f} sections a second, Lucene {their_sections:,.0f}: "
            f"{ours / their_sections:.2f}"
        )
    assert tokens > 100_000


def bare_tantivy(engine: TantivyEngine, query: Query) -> object:
    """What is asked of tantivy itself, without reading a document or marking a word."""
    searcher = engine._index().searcher()
    plan = make_plan(query, engine._analyser)
    allowed = tantivy.Query.const_score_query(
        filter_query(engine._schema, access_filter(query) & facet_filter(query)), 0.0
    )
    asked = [(tantivy.Occur.Must, match_query(engine._schema, plan)), (tantivy.Occur.Must, allowed)]
    searcher.search(tantivy.Query.boolean_query(asked), limit=30)
    with counting(searcher, engine._schema, plan, query) as counts:
        return counts()


@pytest.fixture(scope="session")
def lasting_url() -> Iterator[str]:
    """An Elasticsearch as its makers set it up, not one that is to start quickly."""
    server = provide(lambda: elasticsearch.start(lasting=True))
    try:
        yield server.url
    finally:
        server.stop()


def test_elasticsearch(
    lasting_url: str, analyser: Analyser, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    engine = ElasticEngine(lasting_url, f"t-{uuid.uuid4().hex[:8]}", analyser)
    filled = fill(engine)
    asked = questions()
    given: list[dict[str, Any]] = []
    real = engine._reader.search

    def listen(**body: Any) -> Any:
        given.append(body)
        return real(**body)

    monkeypatch.setattr(engine._reader, "search", listen)
    for query in asked:
        engine.search(query)
    # Both after the server has answered each once: it remembers counts.
    monkeypatch.undo()
    raw = timed(lambda body: real(**body), given)
    whole = timed(engine.search, asked)
    engine.drop()
    with capsys.disabled():
        print(f"\n{filled}")
        print(said("Elasticsearch, three facets and access", whole))
        print(said("  its raw query", raw))
        ratio = whole.middle / raw.middle
        print(f"  Elasticsearch against its raw query: {ratio:.2f} (goal 1.30)")
    assert ratio < 10


def rows_of(analyser: Analyser) -> Iterator[tuple[str, str, str, str, str]]:
    for document in sections(SECTIONS):
        tokens = text_fields(document, analyser).texts
        lemmas = f"{tokens['lemma']} {tokens['heading']}".replace(":", "_")
        [key] = document.keys
        yield lemmas, key, document.country, document.kind, document.topics[0]


def lemmas_of(query: Query, analyser: Analyser) -> list[str]:
    group = make_plan(query, analyser).groups[0]
    return [group.tagged(word.lemma).replace(":", "_") for word in group.words]


def test_what_the_database_brings(
    analyser: Analyser,
    postgres_cluster: Postgres,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = [words for query in questions() if (words := lemmas_of(query, analyser))]
    allowed = tuple(sorted(READER))

    with psycopg.connect(postgres_cluster.empty_database(), autocommit=True) as server:
        server.execute("CREATE TABLE t (body tsvector, key text, country text, kind text, topic text)")
        with server.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO t VALUES (to_tsvector('simple', %s), %s, %s, %s, %s)", rows_of(analyser)
            )
        server.execute("CREATE INDEX ON t USING gin (body)")
        server.execute("ANALYZE t")

        def ask_postgres(words: list[str]) -> None:
            match, where = (
                " & ".join(words),
                "FROM t, to_tsquery('simple', %s) q WHERE body @@ q AND key = ANY(%s)",
            )
            values = (match, list(allowed))
            server.execute(f"SELECT 1 {where} ORDER BY ts_rank(body, q) DESC LIMIT 10", values).fetchall()  # type: ignore[arg-type]
            for facet in FACETS:
                server.execute(f"SELECT {facet}, count(*) {where} GROUP BY 1", values).fetchall()  # type: ignore[arg-type]

        full = timed(ask_postgres, asked)
    with capsys.disabled():
        print("\n" + said("PostgreSQL full text, both words, three facets", full))


@pytest.mark.django_db
def test_the_whole_page(search_index: object, capsys: pytest.CaptureFixture[str]) -> None:
    """The page as a practitioner gets it, over as many sections in the database."""
    known = sentences()["en"]
    lot = random.Random(3)
    made = 0
    while made < min(SECTIONS, 50_000):
        parts = [(1, lot.choice(known)[:60], " ".join(lot.choices(known, k=6))) for _ in range(500)]
        make_in_force(slug=f"b{made}", languages=("en",), tree=make_tree("en", f"Procedures {made}", parts))
        made += 500
    drain()
    client = Client()
    client.force_login(make_person(Role.PRACTITIONER))
    words = [" ".join(lot.sample(_WORD.findall(lot.choice(known)) or ["victim"], 1)) for _ in range(60)]
    times = timed(lambda typed: client.get("/en/search/", {"q": typed}), words)
    begun = [word[: lot.randint(2, 6)] for word in words]
    typing = timed(lambda typed: client.get("/en/search/suggest/", {"q": typed}), begun)
    with capsys.disabled():
        print(f"\n{said(f'the whole page, {made:,} sections (goal 60)', times)}")
        print(said("suggestions while typing (goal 50)", typing))
    assert times.at(0.95) < 5_000
