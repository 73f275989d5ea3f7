"""Marks the words of a query in a text that is read, by the analysis that found it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from search.engines import Query
from search.engines.highlight import marker
from search.engines.plan import make_plan
from search.opening import analyser


def spans(words: str, language: str, whole: str) -> Callable[[str], Sequence[tuple[int, int]]]:
    """Where in a piece of a text stand the words of a query: any form, either script.

    ``whole`` is all of the text: what it has in no form, only in a relative, is marked by that.
    """
    analysis = analyser()
    plan = make_plan(Query(text=words, languages=(language,), loose=True), analysis)
    if not plan.groups:
        return lambda _text: ()
    mark = marker(plan.groups[0], analysis.tokens(whole, language))
    return lambda text: mark(analysis.tokens(text, language))
