"""Whether texts stand in Elasticsearch under the terms that the analysis gives: see
`search.engines.term_check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from elasticsearch.dsl import MultiSearch, Q, Search
from elasticsearch.dsl import query as dsl

from search.analysis import Analyser
from search.engines.base import Document
from search.engines.term_check import Standing, standing

_AT_A_TIME: Final = 50
# Words in one question: a server with little memory takes a thousand and a few.
_MOST: Final = 700


def otherwise(
    search: Search, where: MultiSearch, documents: Iterable[Document], analyser: Analyser
) -> Iterator[str]:
    """The ids of the documents that stand there otherwise. ``search`` is one of the index, ``where`` asks
    several at once."""
    given = iter(documents)
    while some := list(islice(given, _AT_A_TIME)):
        several, asked = where, list[tuple[str, Standing]]()
        for document in some:
            wanted = standing(document, analyser)
            names = [*wanted.values, *wanted.numbers]
            for clauses in _parts(wanted):
                several = several.add(
                    search.query("bool", filter=[Q("term", id=document.id), *clauses])
                    .source(False)
                    .extra(docvalue_fields=names, size=2)
                )
                asked.append((document.id, wanted))
        wrong = dict[str, None]()
        for (name, wanted), answer in zip(asked, several.execute(), strict=True):
            hits = answer.to_dict()["hits"]["hits"]
            if len(hits) != 1 or not _same(wanted, hits[0].get("fields", {})):
                wrong[name] = None
        yield from wrong


def _parts(wanted: Standing) -> Iterator[list[dsl.Query]]:
    """The clauses of a text, in as many questions as their number asks for; at least one."""
    part: list[dsl.Query] = []
    size = 0
    for words, clause in _clauses(wanted):
        if size + words > _MOST:
            yield part
            part, size = [], 0
        part.append(clause)
        size += words
    yield part


def _clauses(wanted: Standing) -> Iterator[tuple[int, dsl.Query]]:
    for field, runs in wanted.runs.items():
        for run in runs:
            yield len(run), Q("match_phrase", **{field: {"query": " ".join(run)}})
    for field, tokens in wanted.single.items():
        for token in tokens:
            yield 1, Q("term", **{field: token})


def _same(wanted: Standing, kept: dict[str, list[Any]]) -> bool:
    """Whether the values are those, all of them and no others."""
    values = all(sorted(set(kept.get(name, ()))) == list(given) for name, given in wanted.values.items())
    return values and all(kept.get(name, ()) == [number] for name, number in wanted.numbers.items())
