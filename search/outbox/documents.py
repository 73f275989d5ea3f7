"""From the database to the index: each section of an edition, in each of its languages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from documents.access.rights import access_keys
from documents.choices import Classification, State, Translation
from documents.editions.corrected import corrected_body, corrigenda_of, of_section
from documents.editions.language_versions import as_read, heading_of, stored_versions
from documents.editions.text_storage import translation_state
from documents.models import Contact, Edition, Section
from documents.text import block_text, body_text, step_blocks
from search.engines.base import Document, Step
from search.engines.fields import to_plain

_AT_A_TIME = 50


def indexed_editions() -> QuerySet[Edition]:
    """The editions of which something is indexed, with what :func:`documents_of` needs of them. TLP:RED never
    is, and what was withdrawn is not to be found any more."""
    return (
        Edition.objects.exclude(state=State.WITHDRAWN)
        .exclude(instrument__classification=Classification.TLP_RED)
        .select_related("instrument")
        .prefetch_related("instrument__shared_with", "instrument__contacts", "versions")
        .order_by("pk")
    )


def index_keys(edition: Edition) -> frozenset[str]:
    """The keys of an edition in the index; empty: it is not there."""
    return frozenset() if edition.state == State.WITHDRAWN else access_keys(edition)


def all_documents() -> Iterator[Document]:
    """Everything that belongs in the index."""
    for edition in indexed_editions().iterator(chunk_size=_AT_A_TIME):
        yield from documents_of(edition)


def document_id(edition: int, uid: object, language: str) -> str:
    """The name of a section of an edition in one language, in the index."""
    return f"{edition}-{uid}-{language}"


def ids_of_section(edition: int, uid: object) -> Iterator[str]:
    """Every name that a section of an edition may have in the index."""
    return (document_id(edition, uid, language) for language in settings.MODELTRANSLATION_LANGUAGES)


def documents_of(edition: Edition, uids: Iterable[UUID] | None = None) -> Iterator[Document]:
    """What is indexed of an edition: all of it, or these sections. One query, for an adopted one another
    for its corrigenda. And one for its numbers to call where they are not passed in."""
    keys = index_keys(edition)
    if not keys:
        return
    instrument = edition.instrument
    source = instrument.source_language
    languages = list(dict.fromkeys([source, *instrument.languages]))
    authentic = {version.language for version in edition.versions.all() if version.authentic}
    rows = Section.objects.filter(edition=edition).order_by("position")
    if uids is not None:
        rows = rows.filter(uid__in=list(uids))
    columns = [
        f"{name}_{language}"
        for language in languages
        for name in ("label", "heading", "body", "text_hash", "source_hash")
    ]
    calls: dict[UUID, list[Contact]] = {}
    for contact in instrument.contacts.all():
        calls.setdefault(contact.uid, []).append(contact)
    corrigenda, stored = corrigenda_of(edition), stored_versions([edition], languages, uids)
    for row in rows.values("uid", "position", "topics", *columns).iterator(chunk_size=_AT_A_TIME):
        for language in languages:
            # While a language is unfinished, what its readers see is found: the number before it, or nothing.
            read = as_read(row, language, stored.get((edition.pk, language)))
            own, made_from = read[f"text_hash_{language}"], read[f"source_hash_{language}"]
            heading, body = read[f"heading_{language}"] or "", read[f"body_{language}"]
            if not own:
                continue
            state = translation_state(language, source, own, made_from, row[f"text_hash_{source}"])
            if own_corrigenda := of_section(corrigenda, row["uid"], language):
                # What is found is what is read: the corrected words, not those that they replace.
                body = corrected_body(body, own_corrigenda)
                heading = heading_of(body)
            text = body_text(body)
            yield _with_fingerprint(
                Document(
                    id=document_id(edition.pk, row["uid"], language),
                    instrument=instrument.path,
                    edition=str(edition.pk),
                    uid=str(row["uid"]),
                    language=language,
                    title=edition.title_in(language),
                    heading=heading,
                    text=text,
                    keys=keys,
                    label=read[f"label_{language}"] or "",
                    country=instrument.country_id,
                    kind=instrument.kind,
                    status=edition.state,
                    institution=str(instrument.owner_id),
                    classification=instrument.classification,
                    topics=tuple(row["topics"] or instrument.topics or ()),
                    valid_from=edition.valid_from,
                    valid_until=edition.valid_until,
                    slug=instrument.slug,
                    edition_number=edition.number,
                    position=row["position"],
                    authentic=language in authentic,
                    stale=state == Translation.STALE,
                    steps=steps_of(body, text),
                    calls=_calls_in(language, calls.get(row["uid"], ())),
                )
            )


def _calls_in(language: str, contacts: Iterable[Contact]) -> str:
    """Who answers at the numbers to call, and when, a line each."""
    lines = (texts.get(language, "") for one in contacts for texts in (one.names, one.hours))
    return "\n".join(filter(None, lines))


def steps_of(body: Mapping[str, Any] | None, text: str) -> tuple[Step, ...]:
    """The steps of a body, and where they are in its text."""
    found, end = [], 0
    for block in step_blocks(body):
        whole = block_text(block)
        start = text.index(whole, end)
        end = start + len(whole)
        attrs = block.get("attrs") or {}
        found.append(Step(attrs.get("title", ""), attrs.get("who", ""), attrs.get("limit", ""), start, end))
    return tuple(found)


def _with_fingerprint(document: Document) -> Document:
    """The document with its fingerprint: equal ones, and nothing is to be written."""
    return replace(document, fingerprint=fingerprint_of(document))


def fingerprint_of(document: Document) -> str:
    """A hash over all that a document says, whatever fingerprint it has."""
    plain = to_plain(replace(document, fingerprint=""))
    packed = json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(packed).hexdigest()[:32]
