"""Mark the words of a query in a text that is being read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import get_language

from documents.pages.edition.search_marks import Searched
from search.analysis import family_of
from search.cross_language import synonyms, translate_query
from search.engines.base import Query
from search.engines.highlight import marker
from search.engines.plan import make_plan, of_family
from search.factory import analyser
from search.pages.page_languages import reading_languages


def spans(searched: Searched, language: str, whole: str) -> Callable[[str], Sequence[tuple[int, int]]]:
    """Where the words of a query are in a piece of a text: any form, either script. Where the search was
    across languages, also their translations.

    ``whole`` is all of the text: what it has in no form, only in a relative, is marked by that.
    """
    analysis = analyser()
    family = family_of(language)
    query = Query(text=searched.words, languages=(language,), loose=True)
    query = replace(query, synonyms=synonyms(query))
    if searched.across:
        known = translate_query(searched.words, reading_languages(get_language() or ""))
        query = replace(
            query,
            across={family: known.words.get(family, ())},
            across_phrases={family: known.phrases.get(family, ())},
        )
    group = of_family(make_plan(query, analysis), family)
    if group is None:
        return lambda _text: ()
    return marker(group, whole, language, analysis)
