"""What a reader may be about to type: words of headings, and headings, of what they may read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from search.engines import Engine, Query
from search.engines.words import Known, beginning_with, in_script_of, known
from search.opening import engine as the_engine
from search.pages.asking import Asked
from search.pages.looking import Reader, query_of

MOST: Final = 8
_MOST_WORDS: Final = 5
_MOST_COUNTED: Final = 1_000
_LAST: Final = re.compile(r"[^\W\d_]{2,}\Z")


def suggestions(asked: Asked, reader: Reader) -> list[str]:
    """Whole queries that begin as what was typed so far; none where its last word is not begun yet. Raises EngineError."""
    last = _LAST.search(asked.words)
    if last is None:
        return []
    engine = the_engine()
    before = asked.words[: last.start()]
    query = replace(query_of(asked, reader), text=before, page=1, page_size=MOST, facets=(), sort="relevance")
    words = _words(query, last[0], engine)
    found = [f"{before}{word}" for word in words]
    if words:
        found += _headings(replace(query, text=f"{before}{words[0]}"), reader, engine)
    return list(dict.fromkeys(found))[:MOST]


def _words(query: Query, begun: str, engine: Engine) -> list[str]:
    """The words that begin so: those in the reader's first language first, then those of most texts."""
    pattern = beginning_with(begun, query.languages)
    counted = list(known(engine.words(query, "headed", pattern, _MOST_COUNTED)))
    first = counted[0].family if counted else ""

    def rank(word: Known) -> tuple[bool, int, str]:
        return word.family != first, -word.count, word.shown

    shown = (in_script_of(begun, word) for word in sorted(counted, key=rank))
    return list(dict.fromkeys(shown))[:_MOST_WORDS]


def _headings(query: Query, reader: Reader, engine: Engine) -> list[str]:
    """Headings of what these words find, where the database too says that the reader may read it."""
    hits = [hit.document for hit in engine.search(query).hits if hit.document.heading]
    wanted = {hit.edition for hit in hits}
    open_ones = {str(pk) for pk in reader.editions().filter(pk__in=wanted).values_list("pk", flat=True)}
    return [hit.heading for hit in hits if hit.edition in open_ones and len(hit.heading) <= 80]
