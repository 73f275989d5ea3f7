"""Which text of a language readers see, once an edition is adopted.

A section's columns hold the newest text. A language is unfinished while its act or its next number is
missing. Until then readers see the number before it (:class:`VersionText`), or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from documents.choices import FOLLOWED, Translation
from documents.editions.text_storage import (
    EMPTY,
    OutlineRow,
    check_language,
    language_states,
    load_outline,
    load_tree,
    translation_state,
)
from documents.models import Edition, LanguageVersion, VersionText
from documents.models import Section as SectionRow
from documents.text import SectionText, SectionTree, inline_text

StoredTexts = dict[str, VersionText]
"""The texts that readers see in place of a language's columns, by uid. A missing one has no text."""


class Shown:
    """The texts of an edition as readers see them. ``wanted``: earlier numbers asked for, by language."""

    def __init__(self, edition: Edition, wanted: dict[str, int] | None = None) -> None:
        self.edition = edition
        self.wanted = wanted or {}
        self._stored: dict[str, StoredTexts | None] = {}

    @cached_property
    def versions(self) -> list[LanguageVersion]:
        """Every language version; none is asked for while the edition is not adopted."""
        if not self.edition.adopted:
            return []
        return list(LanguageVersion.objects.filter(edition=self.edition).order_by("language", "number"))

    def current(self, language: str) -> LanguageVersion | None:
        """The number that readers see where they ask for none; None where there is none yet."""
        finished = [one for one in self.versions if one.language == language and not one.unfinished]
        return finished[-1] if finished else None

    def unfinished(self, language: str) -> LanguageVersion | None:
        return next((one for one in self.versions if one.language == language and one.unfinished), None)

    @property
    def awaited(self) -> list[str]:
        """The authentic languages whose act is still to come."""
        return [one.language for one in self.versions if one.authentic and one.unfinished]

    def shown(self, language: str) -> LanguageVersion | None:
        """The number that is read: the one asked for, if there is such a finished one, else the current."""
        for one in self.versions:
            if (one.language, one.number) == (language, self.wanted.get(language)) and not one.unfinished:
                return one
        return self.current(language)

    def check(self, language: str) -> str:
        """The hash of the text in a language: the edition's, or its own where it was adopted later."""
        read = self.shown(language)
        return read.sha256 if read is not None and read.authentic and read.later else self.edition.sha256

    def other_authentic(self, language: str) -> list[str]:
        """Of a translation the languages whose text was adopted, in their order; empty for one of these."""
        found = sorted({one.language for one in self.versions if one.authentic and not one.unfinished})
        return [] if language in found else found

    def other_numbered(self, language: str) -> list[str]:
        """Of these, the languages that the edition's own hash covers."""
        later = {one.language for one in self.versions if one.authentic and one.later}
        return [one for one in self.other_authentic(language) if one not in later]

    def stored(self, language: str) -> StoredTexts | None:
        """The texts by uid where they are not those of the columns; None where the columns are read."""
        if language not in self._stored:
            self._stored[language] = self._find(language)
        return self._stored[language]

    def _find(self, language: str) -> StoredTexts | None:
        read, newest = self.shown(language), self.unfinished(language)
        if read is None:
            return {} if newest is not None else None
        if newest is None and read == self.current(language):
            return None
        return {str(one.uid): one for one in VersionText.objects.filter(version=read)}

    def body(self, body: dict[str, Any] | None, uid: object, language: str) -> dict[str, Any]:
        """The text to read in place of the column's."""
        stored = self.stored(language)
        if stored is None:
            return body or {}
        return (stored[str(uid)].body or {}) if str(uid) in stored else {}

    def tree(self, language: str) -> SectionTree:
        tree = load_tree(self.edition, language)
        stored = self.stored(language)
        if stored is None:
            return tree
        return replace(tree, sections=tuple(replace(one, text=_text(stored.get(one.uid))) for one in tree))

    def outline(self, language: str) -> list[OutlineRow]:
        rows = load_outline(self.edition, language)
        stored = self.stored(language)
        if stored is None:
            return rows
        source = self.edition.instrument.source_language
        originals = {row.uid: row.text_hash for row in load_outline(self.edition, source)}
        return [self._row(row, stored.get(row.uid), originals[row.uid]) for row in rows]

    def _row(self, row: OutlineRow, stored: VersionText | None, source_now: str) -> OutlineRow:
        text = _text(stored)
        own, made_from = (stored.text_hash, stored.source_hash) if stored else ("", "")
        return replace(
            row,
            label=text.label or row.label,
            heading=heading_of(text.body),
            text_hash=own,
            source_hash=made_from,
            # Never that of the source: what is unfinished is no original text for its readers.
            state=translation_state("", self.edition.instrument.source_language, own, made_from, source_now),
        )

    def states(self) -> dict[str, dict[Translation, int]]:
        """As :func:`documents.editions.text_storage.language_states`, of the texts that are read."""
        found = language_states(self.edition)
        for language in {one.language for one in self.versions if one.unfinished} | set(self.wanted):
            if language in found and self.stored(language) is not None:
                counts: dict[Translation, int] = {}
                for row in self.outline(language):
                    counts[row.state] = counts.get(row.state, 0) + 1
                found[language] = counts
        return found


def _text(stored: VersionText | None) -> SectionText:
    return SectionText(stored.label, stored.body or EMPTY) if stored else SectionText("", EMPTY)


def heading_of(body: dict[str, Any] | None) -> str:
    """A text's heading as plain words in one line, as its column has it."""
    return inline_text((body or EMPTY)["heading"]).replace("\n", " ")


def stored_versions(
    editions: Iterable[Edition], languages: Iterable[str], uids: Iterable[UUID | str] | None = None
) -> dict[tuple[int, str], StoredTexts]:
    """The texts that readers see in place of the columns, by the edition's key and the language. ``uids``
    limits the sections; other pairs are read from the columns. One query, two where a language is
    unfinished."""
    adopted = [edition.pk for edition in editions if edition.adopted]
    if not adopted:
        return {}
    versions = LanguageVersion.objects.filter(edition__in=adopted, language__in=list(languages))
    stored: dict[tuple[int, str], StoredTexts] = {
        pair: {} for pair in versions.filter(unfinished=True).values_list("edition_id", "language")
    }
    if not stored:
        return {}
    texts = VersionText.objects.filter(version__in=versions).select_related("version")
    if uids is not None:
        texts = texts.filter(uid__in=list(uids))
    # By number: of two that are kept, the later one is the one that is read.
    for text in texts.order_by("version__number"):
        pair = text.version.edition_id, text.version.language
        if pair in stored:
            stored[pair][str(text.uid)] = text
    return stored


def as_read(row: dict[str, Any], language: str, stored: StoredTexts | None) -> dict[str, Any]:
    """The values of a section's row, its ``uid`` among them, with the columns of a language as readers have
    them. Only the columns that are there are replaced."""
    if stored is None:
        return row
    text = stored.get(str(row["uid"]))
    read = {
        "label": text.label if text else "",
        "heading": heading_of(text.body) if text else "",
        "body": text.body if text else None,
        "text_hash": text.text_hash if text else "",
        "source_hash": text.source_hash if text else "",
    }
    columns = {f"{name}_{language}": value for name, value in read.items()}
    return row | {name: value for name, value in columns.items() if name in row}


def hashes_read(editions: Iterable[Edition], uid: UUID | str, language: str) -> dict[int, str]:
    """The hash of a section's text as readers have it, without corrigenda. By the key of each edition with
    that section. One query where no text in that language is unfinished."""
    listed = list(editions)
    column = f"text_hash_{check_language(language)}"
    unfinished = LanguageVersion.objects.filter(
        edition=OuterRef("edition"), language=language, unfinished=True
    )
    found = SectionRow.objects.filter(uid=uid, edition__in=[edition.pk for edition in listed])
    rows = list(
        found.annotate(unfinished=Exists(unfinished)).values("edition_id", "uid", "unfinished", column)
    )
    some = any(row["unfinished"] for row in rows)
    stored = stored_versions(listed, [language], [uid]) if some else {}
    return {
        row["edition_id"]: as_read(row, language, stored.get((row["edition_id"], language)))[column] or ""
        for row in rows
    }


def finished_numbers(editions: Iterable[int], languages: Iterable[str]) -> Mapping[tuple[int, str], int]:
    """The number that readers have, by the edition's key and the language."""
    found = LanguageVersion.objects.filter(
        edition__in=list(editions), language__in=list(languages), unfinished=False
    )
    return {
        (edition, language): number
        for edition, language, number in found.order_by("number").values_list(
            "edition_id", "language", "number"
        )
    }


def unfinished_languages(edition: Edition) -> list[str]:
    """The languages of an adopted edition that are still unfinished; no query for other editions."""
    if not edition.adopted:
        return []
    found = LanguageVersion.objects.filter(edition=edition, unfinished=True)
    return list(found.values_list("language", flat=True))


def writable_after_adoption(edition: Edition) -> list[str]:
    """The languages that may still be written although the edition is adopted: unfinished, and not submitted
    for their check. Of an edition that is superseded, none: it gets no further language."""
    if edition.state not in FOLLOWED:
        return []
    found = LanguageVersion.objects.filter(edition=edition, unfinished=True, submitted=None)
    return list(found.values_list("language", flat=True))


def keep_texts(version: LanguageVersion) -> None:
    """The texts of a number that is about to be replaced, as they are in the columns."""
    language = check_language(version.language)
    names = [f"{name}_{language}" for name in ("label", "body", "text_hash", "source_hash")]
    rows = SectionRow.objects.filter(edition=version.edition_id).order_by("position").values("uid", *names)
    VersionText.objects.bulk_create(
        VersionText(
            version=version,
            uid=row["uid"],
            label=row[f"label_{language}"] or "",
            body=row[f"body_{language}"],
            text_hash=row[f"text_hash_{language}"] or "",
            source_hash=row[f"source_hash_{language}"] or "",
        )
        for row in rows
    )
