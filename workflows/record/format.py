"""The file of an approval record: one line of RFC 8785 JSON, so that its hash covers every byte. Pure."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from documents.text.canonical import canonical_json, edition_hash
from documents.text.types import Json

SCHEMA = "kodeks-approval/3"
KNOWN = (SCHEMA, "kodeks-approval/2", "kodeks-approval/1")
"""Records that were filed under an earlier number are still checked; they carry no procedure."""
EXPORT = "kodeks-edition/1"


class NoRecord(ValueError):
    """The file is no approval record, or no export of an edition."""


def as_bytes(record: Json) -> bytes:
    """The bytes of a record's file."""
    return canonical_json(record) + b"\n"


def read(data: bytes, *schemas: str) -> Json:
    """A file as data. Raises NoRecord."""
    if data.startswith(b"%PDF-"):
        raise NoRecord("is a PDF for people to read: check its JSON file, which is fetched beside it")
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_object)
    except NoRecord:
        raise
    except (ValueError, RecursionError) as problem:
        raise NoRecord("is not JSON") from problem
    if not isinstance(value, dict) or value.get("schema") not in schemas:
        raise NoRecord(f"is not a file of the kind {schemas[0]}")
    return value


def _object(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):  # programs would read it differently (RFC 8259, 4)
        raise NoRecord("says one thing twice")
    return found


def moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def in_order(*moments: str | None) -> bool:
    """Whether the moments that are known follow each other."""
    known = [at for one in moments if (at := moment(one))]
    return known == sorted(known)


def adopted(edition: Json) -> list[Json]:
    """The authentic languages that are adopted, by the first acts or by one of their own since."""
    return [*edition["authentic"], *(one for one in edition.get("followed", ()) if one["sha256"])]


def hash_of(record: Json, versions: Any) -> str:
    return edition_hash(record["instrument"]["path"], record["edition"]["number"], list(versions))
