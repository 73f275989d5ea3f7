"""A plan in tantivy's terms."""

from __future__ import annotations

import tantivy

from search.engines.filters import AnyOf, Condition, Filter, Within
from search.engines.plan import EXCLUDED_FIELDS, PHRASE_FIELDS, WEIGHTS, Group, Plan, Word

_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


def match_query(schema: tantivy.Schema, plan: Plan, *, count: bool = False) -> tantivy.Query:
    """What the words of a query ask for. ``count``: the same documents, without scores."""
    if plan.everything:
        wanted = tantivy.Query.all_query()
    else:
        wanted = _any([_group(schema, group, count=count) for group in plan.groups])
    excluded = [(_NOT, _phrase(schema, phrase, EXCLUDED_FIELDS)) for phrase in plan.excluded]
    return tantivy.Query.boolean_query([(_MUST, wanted), *excluded]) if excluded else wanted


def filter_query(schema: tantivy.Schema, wanted: Filter) -> tantivy.Query:
    clauses = [(_MUST, _condition(schema, one)) for one in wanted.must]
    clauses += [(_NOT, _condition(schema, one)) for one in wanted.must_not]
    return tantivy.Query.boolean_query(clauses)


def _condition(schema: tantivy.Schema, condition: Condition) -> tantivy.Query:
    match condition:
        case AnyOf(field, values):
            return tantivy.Query.term_set_query(schema, field, list(values))
        case Within(field, low, high):
            number = tantivy.FieldType.Integer
            return tantivy.Query.range_query(schema, field, number, lower_bound=low, upper_bound=high)


def _group(schema: tantivy.Schema, group: Group, *, count: bool) -> tantivy.Query:
    clauses = []
    words = [_word(schema, group, word, count=count) for word in group.words]
    if words and group.every == group.least:
        # The same as so many of so many, which tantivy finds out document by document.
        clauses += [(_MUST, word) for word in words]
    elif words and group.least == 1 and group.every == len(words):
        clauses.append((_MUST, _any(words)))
    elif words:
        some = [
            (_SHOULD, query)
            for word, query in zip(group.words, words, strict=True)
            for _ in range(word.times)
        ]
        clauses.append((_MUST, tantivy.Query.boolean_query(some, minimum_number_should_match=group.least)))
    for ways in group.phrases:
        tagged = (tuple(group.tagged(token) for token in phrase) for phrase in ways)
        clauses.append((_MUST, _any([_phrase(schema, phrase, PHRASE_FIELDS) for phrase in tagged])))
    if not count:
        if group.together and len(words) > 1 and group.every != group.least:
            clauses.append((_SHOULD, tantivy.Query.boolean_query([(_MUST, word) for word in words])))
        clauses += [(_SHOULD, _word(schema, group, word, count=False)) for word in group.light]
    [(_, only), *more] = clauses
    return _weighed(tantivy.Query.boolean_query(clauses) if more else only, group.weight)


def word_count_query(schema: tantivy.Schema, group: Group, word: Word) -> tantivy.Query:
    """The documents that have a word of a group."""
    return _word(schema, group, word, count=True)


def _word(schema: tantivy.Schema, group: Group, word: Word, *, count: bool) -> tantivy.Query:
    side_by_side = [
        _weighed(_phrase(schema, tuple(map(group.tagged, one.phrase)), PHRASE_FIELDS), one.weight)
        for one in word.all
        if one.phrase
    ]
    single = [one for one in word.all if not one.phrase]
    if count:
        return _any(
            [
                *(
                    tantivy.Query.term_query(schema, field, group.tagged(token), "basic")
                    for one in single
                    for field, token in _lists(one)
                ),
                *side_by_side,
            ]
        )
    return _any(
        side_by_side
        + [
            _weighed(
                tantivy.Query.term_query(
                    schema, field, group.tagged(one.prefix if field == "prefix" else one.lemma), "freq"
                ),
                weight * one.weight,
            )
            for one in single
            for field, weight in WEIGHTS.items()
            if field != "prefix" or one.prefix
        ]
    )


def _lists(word: Word) -> list[tuple[str, str]]:
    """The fields, with the token in each, in which a document is that has the word anywhere. Whatever is in
    the text or the heading is there under its prefix too, which is made of the lemma."""
    if word.prefix:
        return [("prefix", word.prefix), ("title", word.lemma)]
    return [(field, word.lemma) for field in WEIGHTS if field != "prefix"]


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
