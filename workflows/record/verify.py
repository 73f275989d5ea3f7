"""Recompute an approval record without a site: hashes, bindings, quorum and order. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from documents.text.canonical import sha256_of
from workflows.record.format import (
    EXPORT,
    KNOWN,
    SCHEMA,
    Json,
    NoRecord,
    adopted,
    as_bytes,
    hash_of,
    in_order,
    read,
)
from workflows.record.verify_rounds import round_problems
from workflows.record.verify_texts import corrigendum_problems, text_problems


def problems(data: bytes, exports: Sequence[bytes] = ()) -> Iterator[str]:
    """Everything that does not hold, a line each. Raises NoRecord for another kind of file."""
    record = read(data, *KNOWN)
    texts = [read(export, EXPORT) for export in exports]
    try:
        if as_bytes(record) != data:
            yield "the file is not byte for byte as Kodeks wrote it"
        if record.get("sha256") != sha256_of({k: v for k, v in record.items() if k != "sha256"}):
            yield "the record was changed: its hash is another one"
        yield from _acts(record)
        yield from _translations(record)
        yield from round_problems(record)
        yield from corrigendum_problems(record)
        for text in texts:
            yield from text_problems(record, text)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as problem:
        raise NoRecord(f"lacks something that belongs to it ({problem})") from problem


def _acts(record: Json) -> Iterator[str]:
    edition, acts = record["edition"], record["acts"]
    first = {one["language"]: one["sha256"] for one in edition["authentic"]}
    if hash_of(record, first.items()) != edition["sha256"]:
        yield "the edition's hash does not come from its language versions"
    if not acts:
        yield "no act adopted it"
    if record["schema"] == SCHEMA and record["audit"] is None:
        yield "it names no entry of the audit trail"
    covered = {pair for act in acts for pair in (act.get("covers") or {}).items()}
    # No record under the first number says what an act covers.
    wanted = adopted(edition) if record["schema"] != KNOWN[-1] else edition.get("followed", ())
    for one in wanted:
        if one["sha256"] and (one["language"], one["sha256"]) not in covered:
            yield f"no act covers the text in {one['language']}"
    for act in acts:
        yield from _act(edition, first, act)


def _act(edition: Json, first: dict[str, str], act: Json) -> Iterator[str]:
    name, covers = f"the act no. {act['number']}", act.get("covers") or {}
    if act["edition_sha256"] != edition["sha256"]:
        yield f"{name} adopted another text"
    if any(first.get(language, sha256) != sha256 for language, sha256 in covers.items()):
        yield f"{name} covers another text"
    if first.keys() & covers.keys() and (edition["valid_from"] or "") < act["date"]:
        yield f"{name} is of a day after the text came into force"


def _translations(record: Json) -> Iterator[str]:
    """Numbers count from 1; what followed the adoption was checked by a second person."""
    edition = record["edition"]
    numbers: dict[str, int] = {}
    for one in edition["courtesy"]:
        if one["number"] != numbers.get(one["language"], 0) + 1:
            yield f"the text in {one['language']}: {one['number']} is not the next number"
        numbers[one["language"]] = one["number"]
    followed = [one for one in edition.get("followed", ()) if one["sha256"]]
    for one in (*edition["courtesy"], *followed):
        yield from _checks(one, needed=one in followed or one["number"] > 1 or bool(one.get("checks")))


def _checks(one: Json, *, needed: bool) -> Iterator[str]:
    checks, writer = one.get("checks") or [], (one.get("submitted_by") or {}).get("id")
    if not needed or "finished" not in one or not one["sha256"]:
        return
    name = f"the text in {one['language']}, number {one['number']}"
    agreed = [given for given in checks if given["agrees"] and given["sha256"] == one["sha256"]]
    if not any(given["person"]["id"] != writer for given in agreed):
        yield f"{name}: no second person checked it"
    if not one["finished"]:
        yield f"{name}: it was checked, and it does not say when it was finished"
    if not in_order(*(given["at"] for given in checks), one["finished"]):
        yield f"{name}: its checks do not come before its end, one after the other"
