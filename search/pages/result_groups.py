"""Group hits by edition, and fold the languages of a section into one result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Case, OuterRef, Subquery, When

from documents.choices import Classification
from documents.display import language as display_language
from documents.display import links
from documents.display.script import Convert
from documents.editions.language_versions import StoredTexts, as_read, stored_versions
from documents.models import Contact, Edition, Section
from documents.pages.edition.calls import Call, call_of
from search.engines.base import Hit, MarkedStep, Part
from search.engines.fields import edition_number
from search.pages.page_languages import script_of
from search.pages.params import SearchParams
from search.pages.service import Found, Reader
from theme import locales

SHOWN: Final = 3
"""How many sections of a document are shown among those of others."""

_Place = tuple[int, str]
_SENTENCE_ENDS: Final = (".", ":", ";", "!", "?", ",", "…")
_LINE_END: Final = re.compile(r"([.:;!?,…]?)\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Other:
    """The same section in another language."""

    name: str
    lang: str
    url: str


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section found. ``path``: what it is in. ``steps``: those of its steps that answer best; ``answer``:
    the sentence that does. ``calls``: the numbers to call next to it. ``place``: its edition and identity,
    for the pages of sections like it. ``has``: of the words asked for those that its text in ``content`` has
    in some form, as tokens. ``found_in``: the name of the language in which it was found, where it is shown
    in the reader's."""

    uid: str
    url: str
    lang: str
    dir: str
    language: str
    path: str
    label: str
    heading: tuple[Part, ...]
    snippets: tuple[tuple[Part, ...], ...]
    foreign: bool
    stale: bool
    others: list[Other]
    steps: tuple[MarkedStep, ...]
    answer: tuple[Part, ...]
    calls: list[Call]
    place: tuple[int, str]
    content: str
    has: frozenset[str]
    found_in: str = ""
    found_in_lang: str = ""


@dataclass(slots=True)
class Group:
    """An edition with what was found in it; ``more`` is how much else there is, at ``more_url``.
    ``abroad``: it is of another country than the reader's."""

    edition: Edition
    title: str
    lang: str
    url: str
    sections: list[FoundSection] = field(default_factory=list)
    more: int = 0
    more_url: str = ""
    abroad: bool = False

    @property
    def restricted(self) -> bool:
        """Whether not everybody may read it: then it says who may."""
        return self.edition.instrument.classification not in (Classification.PUBLIC, Classification.TLP_CLEAR)


@dataclass
class Shown:
    """What the database adds to a page of hits, each in one query however many hits there are."""

    editions: dict[int, Edition]
    rows: dict[_Place, dict[str, Any]]
    chapters: dict[int, dict[str, Any]]
    calls: dict[tuple[int, str], list[Contact]]


def group_hits(
    found: Found, params: SearchParams, reader: Reader, tag: str, *, most: int = SHOWN
) -> list[Group]:
    """The groups in the order of their best hits, those of the reader's country first, with ``most`` sections
    each.

    What the database does not show to this reader is left out, whatever the index says.
    """
    hits = found.hits
    across = params.across or found.across
    abroad = {hit.document.edition for hit in found.abroad.hits} if found.abroad else set()
    shown = _read(hits, reader)
    sections = {**found.result.sections, **(found.abroad.sections if found.abroad else {})}
    groups: dict[int, Group] = {}
    for hit in hits:
        place = _place(hit)
        edition = shown.editions.get(place[0])
        if edition is None or place not in shown.rows:
            continue
        group = groups.get(edition.pk)
        if group is None:
            group = groups[edition.pk] = group_of(edition, hit.document.language, tag)
            group.abroad = found.query.side == "abroad" or hit.document.edition in abroad
        if len(group.sections) < most or params.document:
            group.sections.append(_section(hit, edition, shown, params, tag, across=across))
    for pk, group in groups.items():
        seen = sections.get(edition_number(str(pk)), 0)
        group.more = 0 if params.document else max(0, seen - len(group.sections))
        group.more_url = params.address(document=group.edition.instrument.path, status=(group.edition.state,))
    return list(groups.values())


def _place(hit: Hit) -> _Place:
    return int(hit.document.edition), hit.document.uid


def _read(hits: Sequence[Hit], reader: Reader) -> Shown:
    """Five queries: the editions, their sections, the chapters of these, whether their languages are drafts,
    and the numbers to call."""
    wanted = {_place(hit)[0] for hit in hits}
    editions = {
        edition.pk: edition
        for edition in reader.editions()
        .filter(pk__in=wanted)
        .select_related("instrument__country")
        .order_by()
    }
    if not editions:
        return Shown({}, {}, {}, {})
    used = {hit.document.language for hit in hits}
    possible = {language for edition in editions.values() for language in edition.instrument.languages} | used
    uids = {hit.document.uid for hit in hits}
    names = [f"{name}_{language}" for language in sorted(used) for name in ("label", "heading")]
    hashes = [f"text_hash_{language}" for language in sorted(possible)]
    # The chapter is the nearest level-1 section before it. The database finds it: a text may have hundreds.
    before = Section.objects.filter(
        edition=OuterRef("edition"), level=1, position__lt=OuterRef("position")
    ).order_by("-position")
    found = (
        Section.objects.filter(edition__in=editions, uid__in=uids)
        .order_by()
        .annotate(chapter=Case(When(level__gt=1, then=Subquery(before.values("pk")[:1]))))
        .values("edition_id", "uid", "chapter", *names, *hashes)
    )
    sections = list(found)
    above = list(
        Section.objects.filter(pk__in={row["chapter"] for row in sections} - {None})
        .order_by()
        .values("pk", "edition_id", "uid", *names)
    )
    stored = stored_versions(editions.values(), possible, {row["uid"] for row in [*sections, *above]})
    rows = {(row["edition_id"], str(row["uid"])): _as_read(row, stored) for row in sections}
    chapters = {row["pk"]: _as_read(row, stored) for row in above}
    # Some that are not asked for may come too; the cross product is quicker than a condition for each pair.
    calls: dict[tuple[int, str], list[Contact]] = {}
    for contact in Contact.objects.filter(
        instrument__in={edition.instrument_id for edition in editions.values()}, uid__in=uids
    ):
        calls.setdefault((contact.instrument_id, str(contact.uid)), []).append(contact)
    return Shown(editions, rows, chapters, calls)


def _as_read(row: dict[str, Any], stored: Mapping[_Place, StoredTexts]) -> dict[str, Any]:
    """A row as readers see it: of an unfinished language the number before it, or nothing."""
    for (edition, language), texts in stored.items():
        if edition == row["edition_id"]:
            row = as_read(row, language, texts)
    return row


def group_of(edition: Edition, language: str, tag: str) -> Group:
    """An edition as a result, its title in ``language`` and the script of the page."""
    title = edition.title_in(language)
    if not getattr(edition, f"title_{language}", ""):
        language = edition.instrument.source_language
    convert, shown = script_of(language, tag, title)
    return Group(
        edition=edition,
        title=convert(title),
        lang=locales.html_lang(shown),
        url=links.edition_url(edition, text=_text(language, tag)),
    )


def _section(
    hit: Hit, edition: Edition, shown: Shown, params: SearchParams, tag: str, *, across: bool
) -> FoundSection:
    document = hit.document
    convert, shown_tag = script_of(document.language, tag, document.heading or document.text)
    row = shown.rows[edition.pk, document.uid]
    own = document.language
    others = [
        Other(
            name=display_language.name_of(language),
            lang=locales.html_lang(language),
            url=links.section_url(edition, document.uid, text=_text(language, tag)),
        )
        for language in edition.instrument.languages
        if language != own and row.get(f"text_hash_{language}")
    ]
    return FoundSection(
        uid=document.uid,
        url=links.section_url(
            edition,
            document.uid,
            text=_text(own, tag),
            q=params.words,
            across="1" if across or hit.found_in else "",
            home=params.home,
        ),
        lang=locales.html_lang(shown_tag),
        dir=locales.direction(shown_tag),
        language=display_language.name_of(own),
        path=convert(_path(shown.chapters.get(row["chapter"]), own)),
        label=convert(document.label),
        heading=_converted(_without_label(hit.heading, document.label), convert),
        snippets=tuple(_converted(snippet, convert) for snippet in hit.snippets),
        foreign=own != display_language.content_language(tag),
        stale=document.stale,
        others=others,
        steps=tuple(
            MarkedStep(*(_converted(parts, convert) for parts in (step.title, step.who, step.limit)))
            for step in hit.steps
        ),
        answer=_converted(hit.answer, convert),
        calls=[
            call_of(contact, own, edition.instrument.source_language, convert)
            for contact in shown.calls.get((edition.instrument_id, document.uid), ())
        ],
        place=(edition.pk, document.uid),
        content=own,
        has=hit.has,
        found_in=display_language.name_of(hit.found_in) if hit.found_in else "",
        found_in_lang=locales.html_lang(hit.found_in) if hit.found_in else "",
    )


def _path(chapter: dict[str, Any] | None, language: str) -> str:
    """The label of a section's chapter; empty for a chapter."""
    if chapter is None:
        return ""
    return f"{chapter[f'label_{language}'] or ''} {chapter[f'heading_{language}'] or ''}".strip()


def _text(language: str, tag: str) -> str:
    """The ``?text=`` with which the reading page shows this language; empty where it does anyway."""
    return "" if display_language.content_language(tag) == language else language


def _without_label(heading: Sequence[Part], label: str) -> tuple[Part, ...]:
    """The heading without the number that it begins with, which is shown before it."""
    left = len(label) + 1 if label else 0
    parts = []
    for part in heading:
        text = part.text[left:]
        left = max(0, left - len(part.text))
        if text:
            parts.append(Part(text, part.marked))
    return tuple(parts)


def _converted(parts: Sequence[Part], convert: Convert) -> tuple[Part, ...]:
    """The parts in the page's script, lines joined: a point parts them where no sentence ends."""
    shown: list[Part] = []
    before = ""
    for part in parts:
        text = _LINE_END.sub(lambda end: end[1] + (" " if end[1] else " · "), part.text)
        if text.startswith(" · ") and before.endswith(_SENTENCE_ENDS):
            text = text[2:]
        before = text
        shown.append(Part(convert(text), part.marked))
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class FlatHit:
    """A section found. ``document``: country and slug of its instrument, ``title`` its title; ``edition``
    is a number, ``begun`` when Kodeks had it first. ``abroad``: it is of another country than the reader's.
    ``found_in``: the language of the hit, where the text is shown in the reader's. ``steps``: what to do,
    who does it and within which time."""

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
    answer: str = ""
    steps: tuple[tuple[str, str, str], ...] = ()
    calls: tuple[Call, ...] = ()
    abroad: bool = False
    found_in: str = ""


def flatten(found: Found, params: SearchParams, reader: Reader, tag: str) -> list[FlatHit]:
    """Every section of a page of hits once, by document, in the order of the best of each. What the database
    does not show to this reader is left out."""
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
            answer=_plain(section.answer),
            steps=tuple((_plain(one.title), _plain(one.who), _plain(one.limit)) for one in section.steps),
            calls=tuple(section.calls),
            abroad=group.abroad,
            found_in=section.found_in_lang,
        )
        for group in group_hits(found, params, reader, tag, most=len(found.hits))
        for section in group.sections
    ]


def _plain(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts)
