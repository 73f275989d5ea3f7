"""A plan in Elasticsearch's terms."""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl import query as dsl

from search.engines.filters import AnyOf, Condition, Filter, Within
from search.engines.plan import EXCLUDED_FIELDS, PHRASE_FIELDS, WEIGHTS, Group, Plan, Word


def match_query(plan: Plan) -> dsl.Query:
    """What the words of a query ask for."""
    wanted = Q("match_all") if plan.everything else _any([_group(group) for group in plan.groups])
    if not plan.excluded:
        return wanted
    return Q("bool", must=[wanted], must_not=[_phrase(p, EXCLUDED_FIELDS) for p in plan.excluded])


def filter_query(wanted: Filter) -> dsl.Query:
    return Q(
        "bool",
        filter=[_condition(one) for one in wanted.must],
        must_not=[_condition(one) for one in wanted.must_not],
    )


def _condition(condition: Condition) -> dsl.Query:
    match condition:
        case AnyOf(field, values):
            return Q("terms", **{field: list(values)})
        case Within(field, low, high):
            limits = {"gte": low, "lte": high}
            return Q("range", **{field: {name: day for name, day in limits.items() if day is not None}})


def _group(group: Group) -> dsl.Query:
    must: list[dsl.Query] = []
    words = [word_query(group, word) for word in group.words]
    if words:
        some = [query for word, query in zip(group.words, words, strict=True) for _ in range(word.times)]
        must.append(
            Q("bool", must=words)
            if group.every == group.least
            else Q("bool", should=some, minimum_should_match=group.least)
        )
    for ways in group.phrases:
        tagged = (tuple(group.tagged(token) for token in phrase) for phrase in ways)
        must.append(_any([_phrase(phrase, PHRASE_FIELDS) for phrase in tagged]))
    better = [word_query(group, word) for word in group.light]
    if group.together and len(words) > 1 and group.every != group.least:
        better.append(Q("bool", must=words))
    return Q("bool", must=must, should=better, minimum_should_match=0, boost=group.weight)


def word_query(group: Group, word: Word) -> dsl.Query:
    """The documents that have a word of a group."""
    return _any(
        [
            _phrase(tuple(map(group.tagged, one.phrase)), PHRASE_FIELDS, one.weight)
            for one in word.all
            if one.phrase
        ]
        + [
            _term(field, group.tagged(one.prefix if field == "prefix" else one.lemma), one.weight)
            for one in word.all
            if not one.phrase
            for field in WEIGHTS
            if field != "prefix" or one.prefix
        ]
    )


def _phrase(tokens: tuple[str, ...], fields: tuple[str, ...], weight: float = 1.0) -> dsl.Query:
    if len(tokens) == 1:
        return _any([_term(field, tokens[0]) for field in fields])
    return _any(
        [
            Q("match_phrase", **{field: {"query": " ".join(tokens), "boost": WEIGHTS[field] * weight}})
            for field in fields
        ]
    )


def _term(field: str, token: str, weight: float = 1.0) -> dsl.Query:
    value: dict[str, Any] = {"value": token, "boost": WEIGHTS[field] * weight}
    return Q("term", **{field: value})


def _any(queries: list[dsl.Query]) -> dsl.Query:
    return queries[0] if len(queries) == 1 else Q("bool", should=queries, minimum_should_match=1)
