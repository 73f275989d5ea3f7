"""Results as a plain list, for the API and the feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from search.engines import Part
from search.pages.params import SearchParams
from search.pages.result_groups import group_hits
from search.pages.service import Found, Reader


@dataclass(frozen=True, slots=True)
class FlatHit:
    """A section found. ``document``: country and slug of its instrument, ``title`` its title; ``edition`` is
    a number, ``begun`` when Kodeks had it first. ``fewer``: it has fewer of the words, and is in no count."""

    url: str
    uid: str
    document: str
    title: str
    edition: int
    state: str
    since: date | None
    begun: datetime
    language: str
    label: str
    heading: str
    snippets: tuple[str, ...]
    fewer: bool = False


def flatten(found: Found, asked: SearchParams, reader: Reader, tag: str) -> list[FlatHit]:
    """Every section of a page of hits once, by document, in the order of the best of each. What the database
    does not show to this reader is left out."""
    counts = found.facets["edition"]
    return [
        FlatHit(
            url=section.url,
            uid=section.uid,
            document=group.edition.instrument.path,
            title=group.title,
            edition=group.edition.number,
            state=group.edition.state,
            since=group.edition.valid_from,
            begun=group.edition.created,
            language=section.lang,
            label=section.label,
            heading=_plain(section.heading),
            snippets=tuple(_plain(snippet) for snippet in section.snippets),
            fewer=group.fewer,
        )
        for group in group_hits(
            found.result.hits, counts, asked, reader, tag, most=len(found.result.hits), fewer=found.fewer
        )
        for section in group.sections
    ]


def _plain(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts)
