"""The embedded engine: an index of files in a directory, and no server.

A rebuild fills another generation of the index and swaps it in. So readers in any process never see half of
one. A writer holds tantivy's lock only while it writes a batch.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Any, Final

import tantivy

from search.analysis import Analyser
from search.engines.base import (
    Document,
    EngineError,
    FacetCount,
    Health,
    Hit,
    IndexMissing,
    Query,
    Result,
    WordField,
)
from search.engines.fields import index_version, is_indexable
from search.engines.filters import access_filter, facet_filter, side_filter
from search.engines.generations import Generations
from search.engines.highlight import present
from search.engines.plan import Group, Word, by_family, make_plan
from search.engines.ranking import Ranked, order_of, ranked_page
from search.engines.tantivy_facets import SECTIONS, counting
from search.engines.tantivy_layout import entry, errors, read, schema
from search.engines.tantivy_query import filter_query, match_query, word_count_query

_HEAP: Final = 64_000_000
_BATCH: Final = 5_000
_LOCK_SECONDS: Final = 30.0


class TantivyEngine:
    """`Engine` on tantivy. `path` is a directory of its own."""

    name = "tantivy"

    def __init__(self, path: Path, analyser: Analyser) -> None:
        self._files = Generations(path)
        self._analyser = analyser
        self._lock = RLock()
        self._generation = ""
        self._seen = 0
        self._opened: tantivy.Index | None = None
        self._schema = schema()

    # Writing

    def index(self, documents: Iterable[Document]) -> int:
        count = 0
        generation = self._files.current() or self._start()
        with self._writer(self._open(generation)) as writer:
            for document in documents:
                stored = entry(document, self._analyser) if is_indexable(document) else None
                with errors():
                    writer.delete_documents_by_term("id", document.id)
                    if stored is not None:
                        writer.add_document(stored)
                        count += 1
        return count

    def delete(self, ids: Iterable[str]) -> None:
        with self._writer(self._index()) as writer:
            for name in ids:
                with errors():
                    writer.delete_documents_by_term("id", name)

    def refresh(self) -> None:
        """Nothing to do: a commit is seen by the next search."""

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        with errors():
            self._files.sweep()
            generation = self._files.new(index_version(self._analyser))
        count = 0
        try:
            with self._writer(self._open(generation)) as writer:
                for document in documents:
                    if not is_indexable(document):
                        continue
                    stored = entry(document, self._analyser)
                    with errors():
                        writer.add_document(stored)
                    count += 1
                    if progress and count % _BATCH == 0:
                        progress(count)
            with errors():
                self._files.use(generation)
        except BaseException:
            self._files.remove(generation)
            raise
        if progress:
            progress(count)
        return count

    # Reading

    def search(self, query: Query) -> Result:
        plan = make_plan(query, self._analyser)
        if not query.keys or plan.nothing:
            return Result((), 0, dict.fromkeys(query.facets, ()))
        index = self._index()
        searcher = index.searcher()
        matching = match_query(self._schema, plan)
        allowed = filter_query(self._schema, access_filter(query) & facet_filter(query) & side_filter(query))
        combined = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, matching), (tantivy.Occur.Must, _silent(allowed))]
        )
        order = order_of(query.sort, everything=plan.everything)
        total = 0

        @errors()
        def fetch(wanted: int) -> list[Ranked]:
            nonlocal total
            if order:
                direction = tantivy.Order.Asc if order == "oldest" else tantivy.Order.Desc
                found = searcher.search(combined, limit=wanted, order_by_field=order, order=direction)
            else:
                found = searcher.search(combined, limit=wanted)
            total = int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stubs
            places = [address for _, address in found.hits]
            ties = searcher.fast_field_values("tie", places)
            sections = searcher.fast_field_values("section", places) if query.folded else [0] * len(places)
            return [
                Ranked(score, int(tie or 0), address, int(section or 0))
                for (score, address), tie, section in zip(found.hits, ties, sections, strict=True)
            ]

        first = (max(1, query.page) - 1) * query.page_size
        with counting(searcher, self._schema, plan, query) as counts:
            page = ranked_page(fetch, first, query.page_size, order, folded=query.folded)
            hits: list[Hit] = [
                present(
                    _stored_document(searcher, one.place), 0.0 if order else one.score, plan, self._analyser
                )
                for one in page.hits
            ]
            if page.total is not None:
                total = page.total
            elif query.folded:
                with errors():
                    total = int(searcher.aggregate(combined, {"all": SECTIONS})["all"]["value"])
            return Result(tuple(hits), total, counts(), sections=page.sections)

    def frequencies(self, query: Query) -> dict[str, dict[str, int]]:
        plan = make_plan(query, self._analyser)
        searcher = self._index().searcher()
        allowed = _silent(filter_query(self._schema, access_filter(query) & facet_filter(query)))

        def count(clauses: list[tuple[tantivy.Occur, tantivy.Query]]) -> int:
            wanted = tantivy.Query.boolean_query([*clauses, (tantivy.Occur.Must, allowed)])
            with errors():
                found = searcher.search(wanted, limit=1)
            return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stubs

        def having(group: Group, word: Word) -> int:
            return count([(tantivy.Occur.Must, word_count_query(self._schema, group, word))])

        counted = by_family(plan, having)
        return {"": {"": count([]) if counted else 0}, **counted}

    def sections(self, query: Query, ids: Iterable[str]) -> dict[str, Hit]:
        plan = make_plan(query, self._analyser)
        searcher = self._index().searcher()
        wanted_ids = sorted(set(ids))
        named = tantivy.Query.term_set_query(self._schema, "id", wanted_ids)
        allowed = filter_query(self._schema, access_filter(query))
        wanted = match_query(self._schema, replace(plan, groups=(), everything=True))
        clauses = [(tantivy.Occur.Must, one) for one in (named, allowed, wanted)]
        with errors():
            found = searcher.search(tantivy.Query.boolean_query(clauses), limit=len(wanted_ids) or 1)
        documents = [_stored_document(searcher, address) for _, address in found.hits]
        return {one.id: present(one, 0.0, plan, self._analyser) for one in documents}

    def vocabulary(self, query: Query, field: WordField, pattern: str, most: int) -> tuple[FacetCount, ...]:
        plan = make_plan(query, self._analyser)
        if not query.keys or plan.nothing or not pattern:
            return ()
        searcher = self._index().searcher()
        # Only documents with such a value are gone through: counting reads all values of each document that
        # it is given.
        having = tantivy.Query.regex_query(self._schema, field, pattern)
        clauses = [
            (tantivy.Occur.Must, filter_query(self._schema, access_filter(query) & facet_filter(query))),
            (tantivy.Occur.Must, having),
        ]
        if not plan.everything:
            clauses.append((tantivy.Occur.Must, match_query(self._schema, plan)))
        wanted = {field: {"terms": {"field": field, "size": most, "include": pattern}}}
        with errors():
            buckets = searcher.aggregate(tantivy.Query.boolean_query(clauses), wanted)
        counts = (FacetCount(b["key"], b["doc_count"]) for b in buckets[field]["buckets"])
        return tuple(sorted(counts, key=lambda count: (-count.count, count.value)))

    def fingerprints(self, editions: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
        for document in self.documents(editions):
            yield document.id, document.fingerprint

    def health(self) -> Health:
        try:
            index = self._index()
        except EngineError as error:
            return Health(self.name, False, 0, isinstance(error, IndexMissing), str(error))
        written = self._files.version(self._generation)
        stale = written != index_version(self._analyser)
        message = "the dictionaries have changed: rebuild the index" if stale else ""
        return Health(self.name, True, index.searcher().num_docs, stale, message)

    def documents(self, editions: Iterable[str] | None = None) -> Iterator[Document]:
        searcher = self._index().searcher()
        wanted = tantivy.Query.all_query()
        if editions is not None:
            wanted = tantivy.Query.term_set_query(self._schema, "edition", sorted(editions))
        with errors():
            found = searcher.search(wanted, limit=max(1, searcher.num_docs))
        for _, address in found.hits:
            yield _stored_document(searcher, address)

    def reopen(self) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._opened = None
            self._generation = ""

    # The files

    def _index(self) -> tantivy.Index:
        """The index in use, as last committed."""
        with self._lock:
            generation = self._files.current()
            if not generation:
                raise IndexMissing("there is no search index yet")
            if generation != self._generation or self._opened is None:
                try:
                    self._opened, self._generation = self._open(generation), generation
                except EngineError:
                    # Swapped and removed between the two steps: the name leads to the next one.
                    generation = self._files.current()
                    self._opened, self._generation = self._open(generation), generation
                self._seen = 0
            committed = self._files.changed(generation)
            if committed != self._seen:
                try:
                    self._opened.reload()
                except (ValueError, OSError) as error:
                    raise IndexMissing(f"the search index can't be read: {error}") from error
                self._seen = committed
            return self._opened

    def _open(self, generation: str) -> tantivy.Index:
        try:
            index = tantivy.Index(self._schema, path=str(self._files.directory(generation)))
        except (ValueError, OSError) as error:
            raise IndexMissing(f"the search index can't be opened: {error}") from error
        spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("spaces", spaces)
        index.config_reader(reload_policy="manual")
        return index

    def _start(self) -> str:
        with errors():
            generation = self._files.new(index_version(self._analyser))
        with self._writer(self._open(generation)):
            pass
        with errors():
            self._files.use(generation)
        return generation

    @contextmanager
    def _writer(self, index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
        """A writer for one batch: committed as a whole, or not at all."""
        give_up = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                writer = index.writer(heap_size=_HEAP, num_threads=1)
                break
            except ValueError as error:
                if "LockBusy" not in str(error) or time.monotonic() > give_up:
                    raise EngineError(f"the search index can't be written: {error}") from error
                time.sleep(0.05)
        try:
            yield writer
            with errors():
                writer.commit()
        except BaseException:
            with suppress(ValueError, OSError):  # a writer that found no room is dead already
                writer.rollback()
            raise
        finally:
            with suppress(ValueError, OSError):  # what is committed stays, merged or not
                writer.wait_merging_threads()


@errors()
def _stored_document(searcher: tantivy.Searcher, place: Any) -> Document:
    """What the index keeps of a text."""
    return read(searcher.doc(place))


def _silent(query: tantivy.Query) -> tantivy.Query:
    """A filter, which must not weigh in the score."""
    return tantivy.Query.const_score_query(query, 0.0)
