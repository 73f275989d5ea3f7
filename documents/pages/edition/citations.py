"""Citations where a text is read: links in the text, acts that are not in Kodeks, and the citing texts.

A reader learns nothing about texts that they may not read. A closed target is not linked, and a closed text
is not among those that cite.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from documents.choices import State
from documents.citations.marks import Link, with_links
from documents.display import links
from documents.display import script as display_script
from documents.display.language import Text
from documents.editions.text_storage import check_language
from documents.models import Broken, Citation, Edition, Section
from documents.text import text_hash
from documents.text.types import Json

CITING = (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.IN_FORCE)
"""Editions whose citations count: what was replaced or ended cites nothing any more."""
MOST = 30


@dataclass(frozen=True, slots=True)
class CitedBy:
    """A section, or a document, that cites what is read."""

    title: str
    url: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class BrokenCitation:
    """A citation that leads to nothing that holds, with the section it is in."""

    quote: str
    url: str
    why: str


class Citations:
    """The citations in the text that one request reads. ``own_url``: the address of a section of it."""

    def __init__(self, user: Any, edition: Edition, text: Text, own_url: Callable[[str], str]) -> None:
        self.user = user
        self.edition = edition
        self.text = text
        self.own_url = own_url

    @cached_property
    def rows(self) -> dict[tuple[str, str], list[Citation]]:
        """By section and language, those of the language that is read and of the original."""
        found: dict[tuple[str, str], list[Citation]] = defaultdict(list)
        read = {self.text.language, self.edition.instrument.source_language}
        for row in Citation.objects.filter(edition=self.edition, language__in=read):
            found[str(row.uid), row.language].append(row)
        return found

    @cached_property
    def _readable(self) -> dict[int, list[Edition]]:
        """The editions of the cited documents that the reader may read, newest first."""
        cited = {row.instrument_id for rows in self.rows.values() for row in rows if row.instrument_id}
        return readable(self.user, cited - {self.edition.instrument_id})

    def linked(self, body: Json, uid: object, language: str) -> Json:
        """The body with its citations as links; as it is where the text has changed since they were found."""
        rows = [row for row in self.rows.get((str(uid), language), ()) if not row.cross_reference]
        if not rows or rows[0].text_hash != text_hash(body):
            return body
        found = ((row, self.target_url(row)) for row in rows)
        return with_links(
            body,
            (
                Link(row.start, row.end, url, str(row.get_broken_display()) if row.broken else "")
                for row, url in found
                if url
            ),
        )

    def target_url(self, row: Citation) -> str:
        """The target of a citation; "" for one not in Kodeks, or closed to the reader."""
        if row.instrument_id == self.edition.instrument_id:
            return self.own_url(str(row.target_uid)) if row.target_uid and not row.broken else ""
        return target_url(row, self._readable, self.text.query)

    @cached_property
    def not_held(self) -> list[str]:
        """The acts that the text cites and the reader does not find here, each once. Without those that only
        a title identifies."""
        acts: dict[tuple[str, ...], str] = {}
        for (_, language), rows in self.rows.items():
            for row in rows if language == self.text.language else ():
                if row.act and (row.instrument_id is None or not self._known(row.instrument_id)):
                    shown = self.text.script.convert(" ".join(row.act.split()))
                    known = acts.setdefault(_without_endings(shown), shown)
                    acts[_without_endings(shown)] = min(known, shown, key=len)
        return sorted(acts.values(), key=str.casefold)

    def _known(self, instrument: int) -> bool:
        return instrument == self.edition.instrument_id or instrument in self._readable


def _without_endings(name: str) -> tuple[str, ...]:
    """A name of an act without regard to its case: "Закона о странцима", "Закону о странцима"."""
    first, *others = name.casefold().split()
    return (first[:4], *(word[:5] for word in others))


def readable(user: Any, instruments: Iterable[int]) -> dict[int, list[Edition]]:
    """The editions of documents that a person may read, newest first; one query, none for no documents."""
    found: dict[int, list[Edition]] = defaultdict(list)
    wanted = list(instruments)
    if wanted:
        editions = Edition.objects.visible_to(user).filter(instrument__in=wanted)
        for edition in editions.select_related("instrument").order_by("-number"):
            found[edition.instrument_id].append(edition)
    return dict(found)


def target_url(row: Citation, editions: dict[int, list[Edition]], query: dict[str, str]) -> str:
    """The address of a cited document, or its section, among the editions that the reader may read."""
    there = editions.get(row.instrument_id or 0, [])
    if not there:
        return ""
    if row.target_uid is None or row.broken == Broken.WITHDRAWN:
        return links.instrument_url(there[0].instrument, **query)
    return links.section_in_force_url(there[0].instrument, row.target_uid, **query)


def cited_by(
    user: Any, edition: Edition, uid: str, text: Text, own_url: Callable[[str], str]
) -> list[CitedBy]:
    """What cites a section, or a document as a whole, among the texts that the reader may read. Within the
    document only its own edition counts."""
    rows = Citation.objects.filter(instrument=edition.instrument_id, edition__state__in=CITING)
    if uid:
        rows = rows.filter(target_uid=uid).exclude(edition=edition, uid=uid)
    else:
        rows = rows.exclude(edition__instrument=edition.instrument_id)
    readable_rows = rows.filter(edition__in=Edition.objects.visible_to(user))
    pairs = list(dict.fromkeys(readable_rows.order_by("edition", "uid").values_list("edition_id", "uid")))
    others = {pk for pk, _ in pairs if pk != edition.pk}
    editions = {edition.pk: edition} | {
        one.pk: one
        for one in Edition.objects.filter(pk__in=others).select_related("instrument")
        if one.instrument_id != edition.instrument_id
    }
    pairs = [pair for pair in pairs if pair[0] in editions]
    if not uid:
        return _documents([editions[pk] for pk in dict.fromkeys(pk for pk, _ in pairs)], text)
    return _sections(pairs[:MOST], editions, edition, text, own_url)


def _documents(editions: Iterable[Edition], text: Text) -> list[CitedBy]:
    """One line a document: its edition in force rather than a draft."""
    newest = sorted(editions, key=lambda one: (one.state == State.IN_FORCE, one.number))
    by_document = {one.instrument_id: one for one in newest}
    found = [
        CitedBy(_title(one, text), links.edition_url(one, **text.query), one.state)
        for one in by_document.values()
    ]
    return sorted(found, key=lambda one: one.title)[:MOST]


def _sections(
    pairs: list[tuple[int, UUID]],
    editions: dict[int, Edition],
    read: Edition,
    text: Text,
    own_url: Callable[[str], str],
) -> list[CitedBy]:
    headings = _headings(pairs, editions, text)
    found = []
    for pk, uid in pairs:
        name, edition = headings.get((pk, uid), ""), editions[pk]
        if pk == read.pk:
            found.append(CitedBy(name, own_url(str(uid))))
        else:
            title = f"{_title(edition, text)}: {name}" if name else _title(edition, text)
            found.append(CitedBy(title, links.section_url(edition, uid, **text.query), edition.state))
    return found


def _headings(
    pairs: list[tuple[int, UUID]], editions: dict[int, Edition], text: Text
) -> dict[tuple[int, UUID], str]:
    """The number and heading of sections, in the language that is read or that of their original."""
    wanted = {uid for _, uid in pairs}
    sources = {one.instrument.source_language for one in editions.values()}
    columns = [
        f"{name}_{check_language(one)}" for one in {text.language, *sources} for name in ("label", "heading")
    ]
    found = {}
    rows = Section.objects.filter(edition__in=editions, uid__in=wanted).values("edition", "uid", *columns)
    for row in rows if wanted else ():
        edition = editions[row["edition"]]
        own = text.language if row[f"heading_{text.language}"] else edition.instrument.source_language
        name = f"{row[f'label_{own}'] or ''} {row[f'heading_{own}'] or ''}".strip()
        found[row["edition"], row["uid"]] = text.script.convert(name) if own == text.language else name
    return found


def _title(edition: Edition, text: Text) -> str:
    own = (
        text.language if text.language in edition.instrument.languages else edition.instrument.source_language
    )
    return display_script.title_of(edition, own, text.tag)


def broken_in(user: Any, edition: Edition) -> list[BrokenCitation]:
    """The broken citations of an edition whose target the person may read, each once. In the original's words
    where it has them."""
    source = edition.instrument.source_language
    rows = sorted(
        Citation.objects.filter(edition=edition).exclude(broken=""), key=lambda row: row.language != source
    )
    cited = {row.instrument_id for row in rows if row.instrument_id}
    known = readable(user, cited - {edition.instrument_id})
    found: dict[tuple[object, ...], BrokenCitation] = {}
    for row in rows:
        if row.instrument_id == edition.instrument_id or row.instrument_id in known:
            url = links.section_url(edition, row.uid, text=row.language)
            key = row.uid, row.instrument_id, row.target_uid, row.broken
            found.setdefault(key, BrokenCitation(row.quote, url, str(row.get_broken_display())))
    return list(found.values())
