"""The hashes of an edition and its language versions, recomputed from the stored text."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator

from django.db import connection

from documents.editions.text_storage import EMPTY, check_language
from documents.models import Edition, LanguageVersion
from documents.models import Section as SectionRow
from documents.text import Section, SectionText
from documents.text.canonical import edition_hash, hash_sections


def version_hashes(edition: Edition, languages: Iterable[str]) -> dict[str, str]:
    """Every language version's hash, recomputed from the stored text."""
    return {language: hash_version(edition, language)[0] for language in languages}


def hash_version(edition: Edition, language: str) -> tuple[str, dict[str, str]]:
    """A language version's hash and that of each text by uid, recomputed from the stored text. It reads
    section by section, so that the full text is never in memory."""
    title = getattr(edition, f"title_{check_language(language)}") or ""
    return hash_sections(language, title, _sections(edition, language))


def hash_of_edition(edition: Edition, hashes: dict[str, str]) -> str:
    """The edition's hash: over the authentic versions that its first acts adopted (docs/hashes.md)."""
    authentic = LanguageVersion.objects.filter(edition=edition, authentic=True, later=False).values_list(
        "language", flat=True
    )
    return edition_hash(
        edition.instrument.path, edition.number, [(language, hashes[language]) for language in authentic]
    )


def _sections(edition: Edition, language: str) -> Iterator[Section]:
    """The sections in order. In plain SQL with psycopg's `stream`, which Django does not offer. So the server
    unpacks the next texts while the first ones are hashed."""
    columns = f"uid, level, kind, label_{check_language(language)}, body_{language}"
    wanted = f"SELECT {columns} FROM {SectionRow._meta.db_table} WHERE edition_id = %s ORDER BY position"  # noqa: S608
    with connection.cursor() as cursor:
        for uid, level, kind, label, body in cursor.stream(wanted, [edition.pk]):
            text = SectionText(label or "", json.loads(body) if body else EMPTY)
            yield Section(str(uuid.UUID(str(uid))), level, kind, text)
