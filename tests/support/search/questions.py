"""What the contract asks of both engines, and what has to be the same in their answers."""

from __future__ import annotations

import itertools
from datetime import date

from search.analysis.spelling import plain
from search.engines.base import CONTENT_LANGUAGES, FACETS, Query, Result, Sort
from tests.support.search.corpus import HEADINGS, KEYS, SENTENCES

EVERY_KEY = frozenset(KEYS)
SORTS: tuple[Sort, ...] = ("newest", "oldest", "relevance")


def queries() -> list[Query]:
    """More than three hundred: words of the texts, phrases, exclusions, filters, dates, sorting, pages."""
    made: list[Query] = []
    for language in CONTENT_LANGUAGES:
        languages = (language, *(other for other in CONTENT_LANGUAGES if other != language))
        for heading in HEADINGS[language]:
            made.append(Query(heading, EVERY_KEY, languages))
            made.append(Query(heading.split()[0].upper(), frozenset({"pub"}), languages))
        for number, sentence in enumerate(SENTENCES[language]):
            words = sentence.rstrip(".").replace(",", "").split()
            made.append(
                Query(" ".join(words[:3]), EVERY_KEY, languages, sort=("relevance", "newest")[number % 2])
            )
            made.append(Query(" ".join(words[-2:]), frozenset({"pub", "tlp:green"}), (language,), page=2))
            made.append(Query(f'"{words[-3]} {words[-2]} {words[-1]}"', EVERY_KEY, languages))
            made.append(Query(f"{words[0]} {words[-1]} -{words[2]}", EVERY_KEY, languages, loose=True))
    for facet, value in itertools.product(FACETS, ("rs", "sop", "mk", "in_force", "children", "3", "2019")):
        filters = {facet: frozenset({value}), "status": frozenset({"in_force", "superseded"})}
        made.append(Query("žrtva viktima жртва victim", EVERY_KEY, filters=filters, loose=True))
    for year in range(2015, 2025):
        made.append(Query("identifikacija", EVERY_KEY, in_force_on=date(year, 6, 1)))
        made.append(
            Query("", frozenset({"pub"}), in_force_on=date(year, 6, 1), sort="oldest", page=year % 3 + 1)
        )
    # Words in translation: several that may stand for one, each with its weight.
    translated: tuple[tuple[tuple[str, float], ...], ...] = (
        (("žrtva", 1.0), ("oštećeni", 0.4)),
        (("identifikacija", 0.7),),
        (("plan", 0.31), ("mera", 0.3)),
    )
    for options in translated:
        other = tuple((plain(token), weight) for token, weight in options)
        made.append(Query("viktimë plani", EVERY_KEY, ("sq",), across={"hbs": (other,)}))
        made.append(Query("victim plan", EVERY_KEY, ("en",), across={"hbs": (other, (("plan", 0.5),))}))
        made.append(Query("victim", EVERY_KEY, ("en",), across={"mk": ((("жртва", 0.9),),), "hbs": (other,)}))
    # By words alone, without what only begins like them.
    for language in CONTENT_LANGUAGES:
        for number, heading in enumerate(HEADINGS[language]):
            sort = SORTS[number % len(SORTS)]
            made.append(
                Query(heading, EVERY_KEY, (language,), sort=sort, relatives=False, loose=number % 2 == 0)
            )
    made.append(Query("victim plan", EVERY_KEY, ("en",), relatives=False, across={"hbs": translated}))
    # Phrases in translation, each in one of several ways; and what is left out there.
    for number, sentence in enumerate(SENTENCES["sr"]):
        read = plain(sentence.rstrip(".").replace(",", "").lower()).split()
        ways = (tuple(read[:2]), tuple(read[-2:]), ("plan",))[: number % 3 + 1]
        made.append(
            Query("victim", EVERY_KEY, ("en",), across={"hbs": translated}, across_phrases={"hbs": (ways,)})
        )
        made.append(Query('"plan"', EVERY_KEY, ("en",), across_phrases={"hbs": (ways,), "mk": ()}))
        made.append(
            Query("victim", EVERY_KEY, ("en",), across={"hbs": translated}, across_excluded={"hbs": ways})
        )
    # One document only, in its whole history; what nothing has in any form; equals beyond the end of a page.
    for number in range(12):
        made.append(Query("žrtva viktima victim", EVERY_KEY, instrument=f"i{number}", loose=True))
        made.append(Query("", EVERY_KEY, instrument=f"i{number}", sort=("newest", "oldest")[number % 2]))
    made += [
        Query(word, EVERY_KEY, page=page)
        for word in ("zrtvma", "vitcim", "socijlani radinik")
        for page in (1, 2)
    ]
    made += [
        Query("priručnik", EVERY_KEY, page=page, page_size=size)
        for page, size in ((1, 10), (2, 24), (13, 10), (14, 10))
    ]
    made.append(Query("plan", EVERY_KEY, denied=frozenset({"1", "2", "3"})))
    made.append(Query("plan", EVERY_KEY, instrument="i3"))
    made.append(Query("", EVERY_KEY))
    return made


def outline(result: Result) -> tuple[object, ...]:
    """What has to be the same: the documents in their order, the marks, the total and every count."""
    hits = tuple((hit.document.id, hit.heading, hit.snippets, hit.spans) for hit in result.hits)
    return hits, result.total, dict(result.facets)
