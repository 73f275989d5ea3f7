"""A plan in tantivy's terms."""

from __future__ import annotations

import tantivy

from search.engines.base import Query
from search.engines.plan import EXCLUDED_FIELDS, PHRASE_FIELDS, WEIGHTS, Group, Plan, Word

_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


def match_query(schema: tantivy.Schema, plan: Plan) -> tantivy.Query:
    """What the words of a query ask for."""
    if plan.everything:
        wanted = tantivy.Query.all_query()
    else:
        wanted = _any([_group(schema, group) for group in plan.groups])
    excluded = [(_NOT, _phrase(schema, phrase, EXCLUDED_FIELDS)) for phrase in plan.excluded]
    return tantivy.Query.boolean_query([(_MUST, wanted), *excluded]) if excluded else wanted


def filter_query(schema: tantivy.Schema, query: Query, *, leave_out: str = "") -> tantivy.Query:
    """Access and filters; every query goes through this. `leave_out` names a facet whose filter is not set."""
    clauses = [(_MUST, tantivy.Query.term_set_query(schema, "keys", sorted(query.keys)))]
    if query.instrument:
        clauses.append((_MUST, tantivy.Query.term_query(schema, "instrument", query.instrument, "basic")))
    if query.in_force_on is not None:
        day = query.in_force_on.toordinal()
        number = tantivy.FieldType.Integer
        clauses.append((_MUST, tantivy.Query.range_query(schema, "valid_from", number, upper_bound=day)))
        clauses.append((_MUST, tantivy.Query.range_query(schema, "valid_until", number, lower_bound=day + 1)))
    for facet, values in query.filters.items():
        if values and facet != leave_out:
            clauses.append((_MUST, tantivy.Query.term_set_query(schema, facet, sorted(values))))
    if query.denied:
        clauses.append((_NOT, tantivy.Query.term_set_query(schema, "edition", sorted(query.denied))))
    return tantivy.Query.boolean_query(clauses)


def _group(schema: tantivy.Schema, group: Group) -> tantivy.Query:
    clauses = []
    if group.words:
        words = [(_SHOULD, _word(schema, group, word)) for word in group.words]
        clauses.append((_MUST, tantivy.Query.boolean_query(words, minimum_number_should_match=group.least)))
    for phrase in group.phrases:
        tagged = tuple(group.tagged(token) for token in phrase)
        clauses.append((_MUST, _phrase(schema, tagged, PHRASE_FIELDS)))
    return _weighed(tantivy.Query.boolean_query(clauses), group.weight)


def _word(schema: tantivy.Schema, group: Group, word: Word) -> tantivy.Query:
    return _any(
        [
            _weighed(
                tantivy.Query.term_query(
                    schema, field, group.tagged(one.prefix if field == "prefix" else one.lemma), "freq"
                ),
                weight * one.weight,
            )
            for one in word.all
            for field, weight in WEIGHTS.items()
            if field != "prefix" or one.prefix
        ]
    )


def _phrase(schema: tantivy.Schema, tokens: tuple[str, ...], fields: tuple[str, ...]) -> tantivy.Query:
    if len(tokens) == 1:
        found = [tantivy.Query.term_query(schema, field, tokens[0], "freq") for field in fields]
    else:
        found = [tantivy.Query.phrase_query(schema, field, list(tokens)) for field in fields]
    return _any([_weighed(query, WEIGHTS[field]) for query, field in zip(found, fields, strict=True)])


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(_SHOULD, query) for query in queries])


def _weighed(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)
