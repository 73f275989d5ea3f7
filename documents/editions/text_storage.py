"""Reading and writing the text columns: the one place that maps languages to columns.

They are read by ``values_list``: a deferred model field would fetch the bodies of all languages.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from documents.choices import Translation
from documents.models import Edition
from documents.models import Section as SectionRow
from documents.text import Section, SectionText, SectionTree, inline_text, text_hash
from documents.text.types import empty_body

EMPTY: Any = empty_body()
"""A ``Body``; copy it before a change."""
HEADING_LIMIT = 1000


def check_language(language: str) -> str:
    """The language, if texts are stored in it; LookupError otherwise (column names are made from it)."""
    if language not in settings.MODELTRANSLATION_LANGUAGES:
        raise LookupError(language)
    return language


def load_tree(edition: Edition, language: str) -> SectionTree:
    """The full text in one language, with one query; a missing translation is an empty text."""
    rows = _texts(edition, language)
    return SectionTree(language, _title(edition, language), tuple(_section(row) for row in rows))


def _title(edition: Edition, language: str) -> str:
    return getattr(edition, f"title_{check_language(language)}") or ""


def _texts(edition: Edition, language: str) -> QuerySet[SectionRow, tuple[Any, ...]]:
    rows = SectionRow.objects.filter(edition=edition).order_by("position")
    columns = ("uid", "level", "kind", "origins", f"label_{check_language(language)}", f"body_{language}")
    return rows.values_list(*columns)


def _section(row: tuple[Any, ...]) -> Section:
    uid, level, kind, origins, label, body = row
    return Section(str(uid), level, kind, SectionText(label or "", body or EMPTY), tuple(origins or ()))


def hash_is(language: str, sha256: str) -> Q:
    """Sections whose text has that hash; a missing text is NULL or empty in its column."""
    column = f"text_hash_{check_language(language)}"
    return Q(**{column: sha256}) if sha256 else Q(**{column: ""}) | Q(**{f"{column}__isnull": True})


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A section without its text: what contents lists and tables of translations show."""

    uid: str
    level: int
    kind: str
    label: str
    heading: str
    text_hash: str
    source_hash: str
    state: Translation

    @property
    def name(self) -> str:
        return f"{self.label} {self.heading}".strip()


def load_outline(edition: Edition, language: str) -> list[OutlineRow]:
    """The contents of an edition in one language, with the state of each section's translation; one query."""
    return load_outlines([edition], language)[edition.pk]


def load_outlines(editions: Iterable[Edition], language: str) -> dict[int, list[OutlineRow]]:
    """The same of several editions, by their keys; one query, where their instruments are loaded."""
    check_language(language)
    sources = {edition.pk: edition.instrument.source_language for edition in editions}
    names = ("label", "heading", "text_hash", "source_hash")
    columns = {f"{name}_{language}" for name in names} | {
        f"text_hash_{source}" for source in sources.values()
    }
    rows = SectionRow.objects.filter(edition__in=sources).order_by("edition", "position")
    outlines: dict[int, list[OutlineRow]] = {pk: [] for pk in sources}
    for row in rows.values("edition_id", "uid", "level", "kind", *columns):
        label, heading, own, made_from = (row[f"{name}_{language}"] or "" for name in names)
        source = sources[row["edition_id"]]
        state = translation_state(language, source, own, made_from, row[f"text_hash_{source}"])
        outlines[row["edition_id"]].append(
            OutlineRow(str(row["uid"]), row["level"], row["kind"], label, heading, own, made_from, state)
        )
    return outlines


def translation_state(
    language: str, source: str, own: str | None, made_from: str | None, source_now: str | None
) -> Translation:
    """What a section's text in one language is against the source text as it is now, by their hashes."""
    if not own:
        return Translation.MISSING if source_now else Translation.CURRENT
    if language == source:
        return Translation.SOURCE
    return Translation.CURRENT if (made_from or "") == (source_now or "") else Translation.STALE


def language_states(edition: Edition) -> dict[str, dict[Translation, int]]:
    """For every language of the instrument, how many sections are in which state; one query."""
    languages = edition.instrument.languages
    source = edition.instrument.source_language
    columns = [f"{name}_{language}" for language in languages for name in ("text_hash", "source_hash")]
    counts: dict[str, dict[Translation, int]] = {language: {} for language in languages}
    for row in SectionRow.objects.filter(edition=edition).values(*columns, f"text_hash_{source}"):
        for language in languages:
            state = translation_state(
                language,
                source,
                row[f"text_hash_{language}"],
                row[f"source_hash_{language}"],
                row[f"text_hash_{source}"],
            )
            counts[language][state] = counts[language].get(state, 0) + 1
    return counts


@dataclass(frozen=True)
class SectionStates:
    """Every section of an edition without its text: hashes, and states of translations."""

    edition: Edition
    rows: tuple[dict[str, Any], ...]

    def of(self, language: str) -> dict[str, Translation]:
        """What each section's text in a language is, by uid."""
        source = self.edition.instrument.source_language
        return {
            str(row["uid"]): translation_state(
                language,
                source,
                row[f"text_hash_{language}"],
                row[f"source_hash_{language}"],
                row[f"text_hash_{source}"],
            )
            for row in self.rows
        }

    def hashes(self, language: str) -> dict[str, str]:
        """The hash of each section's text in a language, by uid."""
        return {str(row["uid"]): row[f"text_hash_{language}"] or "" for row in self.rows}

    def key(self, language: str) -> str:
        """A name for the full text in one language, as :func:`tree_key` gives it for the text itself."""
        names = ("uid", "level", "kind", "origins", f"label_{language}", f"text_hash_{language}")
        title = getattr(self.edition, f"title_{language}") or ""
        return _key(language, title, (tuple(row[name] for name in names) for row in self.rows))

    @property
    def languages(self) -> set[str]:
        """The languages in which there is any text."""
        every = self.edition.instrument.languages
        return {code for code in every if any(row[f"text_hash_{code}"] for row in self.rows)}


def tree_key(tree: SectionTree) -> str:
    """A name for a full text, made of the hashes of its sections: another text has another name."""
    rows = ((s.uid, s.level, s.kind, s.origins, s.text.label, text_hash(s.text.body)) for s in tree)
    return _key(tree.language, tree.title, rows)


def _key(language: str, title: str, rows: Iterable[tuple[Any, ...]]) -> str:
    nothing = text_hash(EMPTY)  # a text that is not there has no hash in its column
    sections = [
        [str(uid), level, kind, list(origins or ()), label or "", sha256 or nothing]
        for uid, level, kind, origins, label, sha256 in rows
    ]
    return hashlib.sha256(json.dumps([language, title, sections]).encode()).hexdigest()


def section_states(edition: Edition, *languages: str, any_text: bool = False) -> SectionStates:
    """The states of all sections in the languages of the instrument, or those named; one query, no text.
    ``any_text``: also whether there is a text in the others (:attr:`SectionStates.languages`)."""
    there = edition.instrument.languages
    columns = {
        f"{name}_{language}"
        for language in languages or there
        for name in ("text_hash", "source_hash", "label")
    }
    if any_text:
        columns |= {f"text_hash_{language}" for language in there}
    rows = SectionRow.objects.filter(edition=edition).order_by("position")
    return SectionStates(edition, tuple(rows.values("uid", "level", "kind", "origins", *sorted(columns))))


def language_state(counts: dict[Translation, int]) -> Translation:
    """The state of a whole language version: the worst that a reader would meet."""
    if counts.get(Translation.SOURCE):
        return Translation.SOURCE
    if not counts.get(Translation.CURRENT) and not counts.get(Translation.STALE):
        return Translation.MISSING
    if counts.get(Translation.STALE) or counts.get(Translation.MISSING):
        return Translation.STALE
    return Translation.CURRENT


def text_columns(
    language: str, body: Mapping[str, Any], *, label: str | None = None, source_hash: str | None = None
) -> dict[str, Any]:
    """The column values that keep ``body`` (in canonical form) in one language. Where ``label`` or
    ``source_hash`` is None, that column is left as it is."""
    check_language(language)
    heading = inline_text(body.get("heading") or []).replace("\n", " ")
    values: dict[str, Any] = {
        f"body_{language}": body,
        f"heading_{language}": heading[:HEADING_LIMIT],
        f"text_hash_{language}": text_hash(body),
    }
    if label is not None:
        values[f"label_{language}"] = label
    if source_hash is not None:
        values[f"source_hash_{language}"] = source_hash
    return values


def store_tree(edition: Edition, tree: SectionTree) -> None:
    """Writes all sections of a draft from a tree in its source language, in place of what was there. The
    caller holds the transaction and the edition's lock."""
    SectionRow.objects.filter(edition=edition).delete()
    rows = []
    for position, section in enumerate(tree.sections):
        row = SectionRow(
            edition=edition,
            uid=uuid.UUID(section.uid),
            position=position,
            level=section.level,
            kind=section.kind,
            origins=list(section.origins),
        )
        for column, value in text_columns(tree.language, section.text.body, label=section.text.label).items():
            setattr(row, column, value)
        rows.append(row)
    SectionRow.objects.bulk_create(rows, batch_size=200)


def store_translation(edition: Edition, tree: SectionTree, unread: Collection[str] = ()) -> None:
    """Writes another language into the sections with the tree's uids, as made from the source text of now;
    those ``unread`` as made from an unknown one, until a person has read them."""
    source = edition.instrument.source_language
    for section in tree.sections:
        rows = SectionRow.objects.filter(edition=edition, uid=section.uid)
        source_hash = rows.values_list(f"text_hash_{source}", flat=True).get()
        rows.update(
            **text_columns(
                tree.language,
                section.text.body,
                label=section.text.label,
                source_hash="" if section.uid in unread else source_hash or "",
            )
        )
