"""Complete what is being typed, from words and headings of the texts that the reader may read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from documents.translation.scripts import to_cyrillic, to_latin
from search.analysis import family_of
from search.analysis.tokenise import CO
from search.engines.base import Document, Engine, Query
from search.engines.vocabulary import Known, beginning_with, in_script_of, key_of, known
from search.factory import analyser
from search.factory import engine as the_engine
from search.pages.params import SORTS, SearchParams
from search.pages.service import Reader, query_of

MOST: Final = 8
_MOST_WORDS: Final = 5
_MOST_COUNTED: Final = 1_000
_LONGEST_HEADING: Final = 80
_LAST: Final = re.compile(CO + r"[^\W\d_]{2,}\Z")


def suggestions(params: SearchParams, reader: Reader) -> list[str]:
    """Whole queries that begin as what was typed so far, those in the language of the page first; none where
    its last word is not begun yet. Raises EngineError."""
    last = _LAST.search(params.words)
    if last is None:
        return []
    engine = the_engine()
    before = params.words[: last.start()]
    query = replace(
        query_of(replace(params, sort=SORTS[0], page=1, across=False), reader),
        text=before,
        page_size=MOST,
        facets=(),
        folded=False,
        side="",
    )
    words = _completions(query, last[0], engine)
    found = [f"{before}{word}" for word in words]
    if words:
        found += _headings(replace(query, text=f"{before}{words[0]}"), last[0], reader, engine)
    return list(dict.fromkeys(found))[:MOST]


def _completions(query: Query, begun: str, engine: Engine) -> list[str]:
    """The words that begin so, each in one form: those in the reader's first language, then those in the
    script that is typed, then the others; of each, those of most texts first."""
    own = family_of(query.languages[0])
    others = [language for language in query.languages if family_of(language) != own]
    shown: list[str] = []
    # Asked one after the other: a common beginning has more words in all languages than are counted.
    for languages in ([query.languages[0]], others):
        pattern = beginning_with(begun, languages)
        counted = known(engine.vocabulary(query, "headed", pattern, _MOST_COUNTED)) if pattern else ()
        written = [(in_script_of(begun, word), word) for word in counted]
        written.sort(key=lambda one: (_cyrillic(one[0]) != _cyrillic(begun), -one[1].count, one[0]))
        shown = list(dict.fromkeys([*shown, *_once(written)]))
        if len(shown) >= _MOST_WORDS:
            break
    return shown[:_MOST_WORDS]


def _once(written: Iterable[tuple[str, Known]]) -> Iterable[str]:
    """One form of each word, in order: the dictionary's where a text has it, else the first."""
    analysis = analyser()
    forms: dict[tuple[str, str], str] = {}
    for shown, word in written:
        [*tokens] = analysis.tokens(word.shown, word.family)
        lemma = tokens[0].lemma if tokens else word.shown
        if (word.family, lemma) not in forms or key_of(lemma, word.family) == word.key:
            forms[word.family, lemma] = shown
    return forms.values()


def _headings(query: Query, begun: str, reader: Reader, engine: Engine) -> list[str]:
    """Headings that have one of these words, in the language of the page first, where the database too says
    that the reader may read it. A text that has the words elsewhere gives none: nobody who types "vic" means
    "General provisions"."""
    found = engine.search(query).hits
    hits = [hit.document for hit in found if any(part.marked for part in hit.heading)]
    wanted = {hit.edition for hit in hits}
    open_ones = {str(pk) for pk in reader.editions().filter(pk__in=wanted).values_list("pk", flat=True)}
    own = family_of(query.languages[0])
    hits.sort(key=lambda hit: family_of(hit.language) != own)
    return [
        _as_typed(hit, begun)
        for hit in hits
        if hit.edition in open_ones and len(hit.heading) <= _LONGEST_HEADING
    ]


def _as_typed(hit: Document, begun: str) -> str:
    """A Serbian heading in the script that is typed, others as they are written."""
    if hit.language != "sr" or _cyrillic(hit.heading) == _cyrillic(begun):
        return hit.heading
    return to_cyrillic(hit.heading) if _cyrillic(begun) else to_latin(hit.heading)


def _cyrillic(text: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in text)
