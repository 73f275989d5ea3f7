"""A large site for benches: 300 editions in seven languages, with their files, of the demonstration's texts."""

from __future__ import annotations

import json
import random
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from documents.demo.markdown import read_markdown
from documents.text import Section, SectionTree, text_hash
from documents.word.write.document_file import DocumentFile
from documents.word.write.write import write_docx

DEMO = Path(__file__).parents[1] / "documents" / "demo"
LANGUAGES = ("mk", "sq", "en", "sr", "bs", "hr", "cnr")
EDITIONS = 300
SECTIONS = 120
NOW = datetime(2026, 11, 30, tzinfo=UTC)
COLUMNS = ("label", "heading", "body", "text_hash", "source_hash")


def pools() -> dict[str, list[Section]]:
    """The sections of the demonstration's documents, by language."""
    found: dict[str, list[Section]] = defaultdict(list)
    for path in sorted(DEMO.glob("*/edition-*/*.md")):
        if path.stem in LANGUAGES:
            found[path.stem] += read_markdown(path.read_text("utf-8"), path.parts[-3], path.stem)
    return found


def fill(address: str, media: Path) -> None:
    """Add 300 documents, each with a draft in seven languages, its Word files and a picture, to a site of any
    release since 2026-11-30, and write the files below ``media``."""
    texts = {language: [_cells(section) for section in pool] for language, pool in pools().items()}
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        owner, country = _one(cursor, "SELECT id, country_id FROM people_institution ORDER BY id LIMIT 1")
        # The trail tells of none of these documents, which the guards of later releases would ask for.
        cursor.execute("ALTER TABLE documents_instrument DISABLE TRIGGER USER")
        for number in range(EDITIONS):
            edition = _edition(cursor, number, owner, country)
            columns = ", ".join(f"{column}_{language}" for language in LANGUAGES for column in COLUMNS)
            with cursor.copy(
                "COPY documents_section (uid, position, level, kind, origins, topics, label, heading, text_hash, "
                f"source_hash, edition_id, {columns}) FROM STDIN"
            ) as copy:
                for row in _sections(number, edition, texts):
                    copy.write_row(row)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE documents_instrument ENABLE TRIGGER USER")
        for sha256, kind, content_type, size, edition, language in _files(cursor, media):
            cursor.execute(
                "INSERT INTO documents_blob (sha256, kind, content_type, size, file) VALUES (%s, %s, %s, %s, %s)",
                [sha256, kind, content_type, size, f"blobs/{sha256[:2]}/{sha256}"],
            )
            cursor.execute(
                "INSERT INTO documents_blobuse (name, language, drafters_only, blob_id, edition_id, reading) "
                "VALUES (%s, %s, true, %s, %s, '{}')",
                [sha256[:12], language, sha256, edition],
            )


def _one(cursor: psycopg.Cursor[Any], statement: Any, values: list[Any] | None = None) -> Any:
    found = cursor.execute(statement, values).fetchone()
    assert found is not None
    return found


def _cells(section: Section) -> tuple[str, str, str, str, str]:
    body, sha256 = section.text.body, text_hash(section.text.body)
    heading = "".join(one.get("text", "") for one in body["heading"])[:1000]
    return section.text.label, heading, json.dumps(body, ensure_ascii=False), sha256, sha256


def _edition(cursor: psycopg.Cursor[Any], number: int, owner: int, country: str) -> int:
    titles = ", ".join(f"title_{language}" for language in LANGUAGES)
    values = [f"Large document {number}"] * (len(LANGUAGES) + 1)
    marks = ", ".join(["%s"] * len(values))
    languages = json.dumps(LANGUAGES)
    (instrument,) = _one(
        cursor,
        "INSERT INTO documents_instrument (slug, kind, level, topics, languages, source_language, "
        "authentic_languages, classification, demonstration, created, country_id, owner_id, short_titles, title, "
        f"{titles}) VALUES (%s, 'sop', 'national', '[]', %s, 'mk', %s, 'public', false, %s, %s, %s, '{{}}', {marks}) "
        "RETURNING id",
        [f"large-{number}", languages, languages, NOW, country, owner, *values],
    )
    (edition,) = _one(
        cursor,
        "INSERT INTO documents_edition (number, state, sha256, recorded, created, instrument_id, title, "
        f"{titles}) VALUES (1, 'draft', '', false, %s, %s, {marks}) RETURNING id",
        [NOW, instrument, *values],
    )
    for language in LANGUAGES:
        cursor.execute(
            "INSERT INTO documents_languageversion (language, authentic, number, sha256, edition_id, later, "
            "unfinished) VALUES (%s, true, 1, '', %s, false, false)",
            [language, edition],
        )
    return int(edition)


def _sections(number: int, edition: int, texts: dict[str, list[Any]]) -> Iterator[list[Any]]:
    for position in range(SECTIONS):
        cells = [
            cell
            for language in LANGUAGES
            for cell in texts[language][(number * 17 + position) % len(texts[language])]
        ]
        uid = uuid.uuid5(uuid.NAMESPACE_URL, f"{number}/{position}")
        yield [uid, position, 1, "section", "[]", "[]", "", "", "", "", edition, *cells]


def _files(cursor: psycopg.Cursor[Any], media: Path) -> Iterator[tuple[str, str, str, int, int, str]]:
    """A Word file in each language and a picture of 200 KB for each edition, each file another."""
    from documents.text import sha256_of

    texts = pools()
    words = {
        language: write_docx(DocumentFile(SectionTree(language, "Large document", tuple(pool))))
        for language, pool in texts.items()
    }
    cursor.execute("SELECT e.id FROM documents_edition e JOIN documents_instrument i ON i.id = e.instrument_id "
                   "WHERE i.slug LIKE 'large-%' ORDER BY e.id")  # fmt: skip
    for (edition,) in cursor.fetchall():
        picture = random.Random(edition).randbytes(200_000)
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        for language, kind, content_type, data in (
            *((one, "source", word, data + str(edition).encode()) for one, data in words.items()),
            ("", "image", "image/png", picture),
        ):
            sha256 = sha256_of(data)
            path = media / "blobs" / sha256[:2] / sha256
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            yield sha256, kind, content_type, len(data), edition, language
