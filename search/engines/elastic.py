"""The engine for more than one machine: Elasticsearch 8 or 9, through `elasticsearch.dsl`.

An alias names the index in use; a rebuild fills another one and moves the alias. Nothing is used that the
server's modules bring (scripts, delete by query, reindex, analysis plug-ins).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from elasticsearch import Elasticsearch, NotFoundError, helpers
from elasticsearch.dsl import A, Index, Search

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
from search.engines.elastic_layout import (
    ALL,
    SECTIONS,
    errors,
    facets_of,
    mapping_of,
    ranked,
    sweep,
    total_of,
)
from search.engines.elastic_query import filter_query, match_query, word_query
from search.engines.fields import (
    from_plain,
    index_version,
    is_indexable,
    keyword_values,
    number_values,
    text_fields,
    to_plain,
)
from search.engines.filters import access_filter, facet_filter, side_filter
from search.engines.highlight import present
from search.engines.plan import by_family, compared, make_plan
from search.engines.ranking import DEEPEST, SLACK, Ranked, order_of, ranked_page

_BATCH: Final = 500
_MOST_VALUES: Final = 10_000
_TIMEOUT: Final = 20
_PATIENCE: Final = 8
"""So many seconds a reader waits for a node that hangs."""


class ElasticEngine:
    """`Engine` on Elasticsearch. `name` is the alias, and begins the names of the indexes behind it."""

    name = "elasticsearch"

    def __init__(
        self,
        url: str | list[str],
        index: str,
        analyser: Analyser,
        *,
        shards: int = 1,
        replicas: int = 0,
        client: Elasticsearch | None = None,
    ) -> None:
        self._client = client or Elasticsearch(
            url, request_timeout=_TIMEOUT, retry_on_timeout=True, max_retries=2
        )
        self._reader = self._client.options(request_timeout=_PATIENCE, retry_on_timeout=False)
        self._alias = index
        self._analyser = analyser
        self._settings = {"number_of_shards": shards, "number_of_replicas": replicas}

    def index(self, documents: Iterable[Document]) -> int:
        with errors():
            self._ensure()
            return self._write(self._alias, documents)

    def _write(
        self, index: str, documents: Iterable[Document], progress: Callable[[int], None] | None = None
    ) -> int:
        count = 0

        def actions() -> Iterator[dict[str, Any]]:
            nonlocal count
            for document in documents:
                if is_indexable(document):
                    count += 1
                    if progress and count % _BATCH == 0:
                        progress(count)
                    yield {"_op_type": "index", "_id": document.id, "_source": self._entry(document)}
                else:
                    yield {"_op_type": "delete", "_id": document.id}

        self._bulk(index, actions())
        return count

    def _bulk(self, index: str, actions: Iterable[dict[str, Any]]) -> None:
        # Without an alias the server would make an index of that name, laid out by guessing.
        writes = helpers.streaming_bulk(
            self._client,
            actions,
            index=index,
            chunk_size=_BATCH,
            max_retries=3,
            raise_on_error=False,
            require_alias=index == self._alias,
        )
        for done, item in writes:
            (kind, answer), *_ = item.items()
            error = answer.get("error")
            if not done and "index_not_found" in str(error):
                raise IndexMissing("there is no search index yet")
            # What is to be deleted and is not there is as it should be.
            if not done and not (kind == "delete" and answer.get("status") == 404):
                raise EngineError(f"Elasticsearch did not take {answer.get('_id')}: {error}")

    def delete(self, ids: Iterable[str]) -> None:
        with errors():
            self._bulk(self._alias, ({"_op_type": "delete", "_id": name} for name in ids))

    def refresh(self) -> None:
        with errors():
            self._client.indices.refresh(index=self._alias)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        with errors():
            sweep(self._client, self._alias)
            new = self._create()
            try:
                count = self._write(new, documents, progress)
                self._client.indices.refresh(index=new)
                old = self._behind_alias()
                actions: list[dict[str, Any]] = [{"add": {"index": new, "alias": self._alias}}]
                actions.extend({"remove_index": {"index": name}} for name in old)
                self._client.indices.update_aliases(actions=actions)
            except BaseException:
                self._client.indices.delete(index=new, ignore_unavailable=True)
                raise
        if progress:
            progress(count)
        return count

    def documents(self) -> Iterator[Document]:
        with errors():
            for hit in self._search().source(["stored"]).scan():
                yield from_plain(hit.stored.to_dict())

    # Reading

    def search(self, query: Query) -> Result:
        plan = make_plan(query, self._analyser)
        if not query.keys or plan.nothing:
            return Result((), 0, dict.fromkeys(query.facets, ()))
        order = order_of(query.sort, everything=plan.everything)
        search = self._search().query(
            "bool", must=[match_query(plan)], filter=[filter_query(access_filter(query))]
        )
        search = search.post_filter(filter_query(facet_filter(query) & side_filter(query))).extra(
            track_total_hits=True
        )
        by = {order: {"order": "asc" if order == "oldest" else "desc"}} if order else "_score"
        search = search.sort(by, "tie")
        answer: dict[str, Any] = {}

        def fetch(wanted: int) -> list[Ranked]:
            """The texts come with the first answer; of what is fetched beyond it only the order does."""
            if not answer:
                counted = search[:wanted].source(False if query.folded else ["stored"])
                if query.folded:
                    counted = counted.extra(docvalue_fields=["section"])
                for facet in query.facets:
                    values = counted.aggs.bucket(
                        facet, "filter", filter_query(facet_filter(query, leave_out=facet))
                    ).bucket("values", A("terms", field=facet, size=_MOST_VALUES))
                    if query.folded:
                        values.metric("sections", SECTIONS)
                if query.folded:
                    shown = filter_query(facet_filter(query) & side_filter(query))
                    counted.aggs.bucket(ALL, "filter", shown).metric("sections", SECTIONS)
                answer.update(counted.execute().to_dict())
                return [ranked(hit, order) for hit in answer["hits"]["hits"]]
            further = search[:wanted].source(False)
            if query.folded:
                further = further.extra(docvalue_fields=["section"])
            return [ranked(hit, order) for hit in further.execute().to_dict()["hits"]["hits"]]

        first = (max(1, query.page) - 1) * query.page_size
        with errors():
            page = ranked_page(fetch, first, query.page_size, order, folded=query.folded)
            stored = self._stored([str(one.place) for one in page.hits], answer["hits"]["hits"])
        found = tuple(
            present(from_plain(stored[str(one.place)]), 0.0 if order else one.score, plan, self._analyser)
            for one in page.hits
            # Deleted between the two questions.
            if str(one.place) in stored
        )
        total = total_of(answer, query) if page.total is None else page.total
        return Result(found, total, facets_of(answer, query), sections=page.sections)

    def _stored(self, names: list[str], hits: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """The stored documents, out of the hits or else out of the index."""
        stored = {hit["_id"]: hit["_source"]["stored"] for hit in hits if "_source" in hit}
        missing = [name for name in names if name not in stored]
        if missing:
            more = self._search().filter("terms", id=missing).source(["stored"])[: len(missing)]
            stored |= {
                hit["_id"]: hit["_source"]["stored"] for hit in more.execute().to_dict()["hits"]["hits"]
            }
        return stored

    def frequencies(self, query: Query) -> dict[str, dict[str, int]]:
        plan = make_plan(query, self._analyser)
        search = self._search().filter(filter_query(access_filter(query) & facet_filter(query)))
        search = search.extra(size=0, track_total_hits=True)
        names: dict[tuple[str, str], str] = {}
        for group in compared(plan):
            for word in group.words:
                name = names.setdefault((group.family, word.lemma), f"w{len(names)}")
                search.aggs.bucket(name, "filter", word_query(group, word))
        if not names:
            return {"": {"": 0}}
        with errors():
            answer = search.execute().to_dict()
        counted = answer.get("aggregations", {})
        words = by_family(
            plan, lambda group, word: int(counted[names[group.family, word.lemma]]["doc_count"])
        )
        return {"": {"": int(answer["hits"]["total"]["value"])}, **words}

    def sections(self, query: Query, ids: Iterable[str]) -> dict[str, Hit]:
        plan = make_plan(query, self._analyser)
        wanted = match_query(replace(plan, groups=(), everything=True))
        search = self._search().filter("terms", id=(names := sorted(set(ids)))).filter(wanted)
        search = search.filter(filter_query(access_filter(query))).source(["stored"])[: len(names) or 1]
        with errors():
            hits = search.execute().to_dict()["hits"]["hits"]
        documents = [from_plain(hit["_source"]["stored"]) for hit in hits]
        return {one.id: present(one, 0.0, plan, self._analyser) for one in documents}

    def vocabulary(self, query: Query, field: WordField, pattern: str, most: int) -> tuple[FacetCount, ...]:
        plan = make_plan(query, self._analyser)
        if not query.keys or plan.nothing or not pattern:
            return ()
        search = self._search().query(
            "bool", must=[match_query(plan)], filter=[filter_query(access_filter(query))]
        )
        search = search.filter(filter_query(facet_filter(query))).extra(size=0)
        # Counted exactly, on however many shards: each gives all that it has.
        search.aggs.bucket("words", A("terms", field=field, size=most, shard_size=most * 4, include=pattern))
        with errors():
            answer = search.execute().to_dict()
        buckets = answer["aggregations"]["words"]["buckets"]
        counts = (FacetCount(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets)
        return tuple(sorted(counts, key=lambda count: (-count.count, count.value)))

    def fingerprints(self, editions: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
        with errors():
            self._client.indices.refresh(index=self._alias)
            search = self._search()
            if editions is not None:
                search = search.filter("terms", edition=sorted(editions))
            for hit in search.source(["stored.fingerprint"]).scan():
                yield str(hit.meta.id), str(hit.stored.fingerprint)

    def health(self) -> Health:
        try:
            with errors():
                cluster = self._client.cluster.health(timeout="5s")
                [index] = self._behind_alias() or [""]
                if not index:
                    return Health(self.name, False, 0, True, "there is no search index yet")
                meta = self._client.indices.get_mapping(index=index)[index]["mappings"].get("_meta", {})
                count = int(self._client.count(index=index)["count"])
        except EngineError as error:
            return Health(self.name, False, 0, False, str(error))
        stale, state = meta.get("version") != index_version(self._analyser), cluster["status"]
        message = "the dictionaries have changed: rebuild the index" if stale else f"cluster {state}"
        return Health(self.name, state != "red", count, stale, message)

    def reopen(self) -> None:
        """Nothing is open here."""

    def close(self) -> None:
        self._client.close()

    def drop(self) -> None:
        """Remove the alias and the index behind it."""
        with errors():
            for name in self._behind_alias():
                self._client.indices.delete(index=name)

    # The index

    def _search(self) -> Search:
        # Frequencies of all shards together, or the same text ranks differently from shard to shard. And all
        # shards, or no answer: a part of what there is would pass for the whole.
        return Search(using=self._reader, index=self._alias).params(
            search_type="dfs_query_then_fetch", allow_partial_search_results=False
        )

    def _entry(self, document: Document) -> dict[str, Any]:
        analysed = text_fields(document, self._analyser)
        return {
            **analysed.texts,
            **analysed.words,
            **keyword_values(document),
            **number_values(document),
            "stored": to_plain(document),
        }

    def _ensure(self) -> None:
        if not self._behind_alias():
            self._client.indices.put_alias(index=self._create(), name=self._alias)

    def _behind_alias(self) -> list[str]:
        try:
            return sorted(self._client.indices.get_alias(name=self._alias))
        except NotFoundError:
            return []

    def _create(self) -> str:
        name = f"{self._alias}-{uuid.uuid4().hex[:12]}"
        index = Index(name, using=self._client)
        index.settings(**self._settings, max_result_window=DEEPEST + SLACK)
        index.mapping(mapping_of(index_version(self._analyser)))
        index.create()
        return name
