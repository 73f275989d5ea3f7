"""Recomputing an approval record, offline. Pure, knows no Django.

A record is one line of RFC 8785 JSON, so that every byte of it is covered by its hash. What it says is then held against
itself (the edition's hash from its language versions, sign-offs and acts against that hash, stages against their quorum) and
against the exported texts that are given with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from documents.corrigenda.substitution import correction_hash
from documents.text.canonical import canonical_json, edition_hash, sha256_of
from workflows.record.check_forms import forms
from workflows.record.check_members import members
from workflows.record.check_procedure import moment
from workflows.record.check_rounds import rounds
from workflows.record.check_texts import adopted, correction_of, text
from workflows.record.check_versions import followed

SCHEMA = "kodeks-approval/3"
KNOWN = (SCHEMA, "kodeks-approval/2", "kodeks-approval/1")
"""Records that were filed under an earlier number are still checked."""
EXPORT = "kodeks-edition/1"
Json = dict[str, Any]


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
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
    except NoRecord:
        raise
    except (ValueError, RecursionError) as problem:
        raise NoRecord("is not JSON") from problem
    if not isinstance(value, dict) or value.get("schema") not in schemas:
        raise NoRecord(f"is not a file of the kind {schemas[0]}")
    return value


def _once(pairs: list[tuple[str, Any]]) -> Json:
    """An object. What it says twice one program would read so and another otherwise (RFC 8259, 4)."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NoRecord("says one thing twice")
    return made


def problems(data: bytes, exports: Sequence[bytes] = ()) -> Iterator[str]:
    """Everything that does not hold, a line each. Raises NoRecord for what can't be read as what it should be."""
    record = read(data, *KNOWN)
    texts = [read(export, EXPORT) for export in exports]
    try:
        if as_bytes(record) != data:
            yield "the file is not byte for byte as Kodeks wrote it"
        if record.get("sha256") != sha256_of({k: v for k, v in record.items() if k != "sha256"}):
            yield "the record was changed: its hash is another one"
        yield from members(record)
        yield from forms(record)
        yield from _edition(record)
        yield from _acts(record)
        yield from followed(record)
        yield from rounds(record, with_procedure=record["schema"] == SCHEMA)
        yield from _corrigenda(record)
        for one in texts:
            yield from text(record, one)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise NoRecord(f"lacks something that belongs to it ({problem})") from problem


def not_given(data: bytes, exports: Sequence[bytes]) -> list[str]:
    """The authentic languages whose text was not given, so that it was not hashed."""
    given = {read(export, EXPORT)["version"]["language"] for export in exports}
    authentic = adopted(read(data, *KNOWN)["edition"])
    return [version["language"] for version in authentic if version["language"] not in given]


def _edition(record: Json) -> Iterator[str]:
    edition = record["edition"]
    made = edition_hash(
        record["instrument"]["path"],
        edition["number"],
        [(version["language"], version["sha256"]) for version in edition["authentic"]],
    )
    if made != edition["sha256"]:
        yield "the edition's hash does not come from its language versions"


def _acts(record: Json) -> Iterator[str]:
    if not record["acts"]:
        yield "no act adopted it"
    if record["schema"] == SCHEMA and record.get("audit", "") is None:
        yield "it names no entry of the audit trail"
    if record["schema"] != KNOWN[-1]:
        covered = {language for act in record["acts"] for language in act["covers"]}
        for one in record["edition"]["authentic"]:
            if one["language"] not in covered:
                yield f"no act covers the text in {one['language']}"
    for act in record["acts"]:
        # What followed by an act of its own came later; the first acts come before the text is in force.
        first = {one["language"] for one in record["edition"]["authentic"]} & set(act.get("covers") or ())
        if first and str(record["edition"]["valid_from"] or "") < act["date"]:
            yield f"the act no. {act['number']} is of a day after the text came into force"
        if act["edition_sha256"] != record["edition"]["sha256"]:
            yield f"the act no. {act['number']} adopted another text"


def _corrigenda(record: Json) -> Iterator[str]:
    edition = record["edition"]
    last: dict[tuple[str, str], str] = {}
    done = record["rounds"][-1:] if not edition["recorded_as_adopted_before"] else []
    adopted_at = moment(done[0]["ended"]) if done else None
    before = None
    # Records under the first number know no corrigenda.
    for place, one in enumerate(record.get("corrigenda", ()), 1):
        name = f"corrigendum {one['number']}"
        made = correction_hash(
            record["instrument"]["path"], edition["number"], edition["sha256"], correction_of(one)
        )
        if made != one["sha256"]:
            yield f"{name}: its hash is another one"
        if one["number"] != place:
            yield f"{name}: it is not the next one"
        if not one["acts"]:
            yield f"{name}: no act adopted it"
        if any(act["corrigendum_sha256"] != one["sha256"] for act in one["acts"]):
            yield f"{name}: its act adopted another one"
        if one["proposed_by"]["id"] == one["recorded_by"]["id"]:
            yield f"{name}: one person proposed and recorded it"
        proposed, recorded = moment(one["proposed"]), moment(one["recorded"])
        if proposed and recorded and recorded < proposed:
            yield f"{name}: it was recorded before it was proposed"
        if proposed and adopted_at and proposed < adopted_at:
            yield f"{name}: it was proposed before the text was adopted"
        if recorded and before and recorded < before:
            yield f"{name}: it was recorded before the one before it"
        before = recorded
        where = (one["section"], one["language"])
        if last.get(where, one["before"]) != one["before"]:
            yield f"{name}: it does not follow the one before it in its section"
        last[where] = one["after"]
