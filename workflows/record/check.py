"""Recomputing an approval record, offline. Pure, knows no Django.

A record is one line of RFC 8785 JSON, so that every byte of it is covered by its hash. What it says is then held against
itself (the edition's hash from its language versions, sign-offs and acts against that hash, stages against their quorum) and
against the exported texts that are given with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from documents.corrigenda.words import Correction, NotThere, correct, correction_hash
from documents.tree.canonical import canonical_json, edition_hash, sha256_of, text_hash
from workflows import quorum

SCHEMA = "kodeks-approval/2"
KNOWN = (SCHEMA, "kodeks-approval/1")
"""Records that were filed under an earlier number are still checked."""
EXPORT = "kodeks-edition/1"
COORDINATOR = ("coordination", "adoption")
Json = dict[str, Any]


class NoRecord(ValueError):
    """The file is no approval record, or no export of an edition."""


def as_bytes(record: Json) -> bytes:
    """The bytes of a record's file."""
    return canonical_json(record) + b"\n"


def read(data: bytes, *schemas: str) -> Json:
    """A file as data. Raises NoRecord."""
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise NoRecord("is not JSON") from problem
    if not isinstance(value, dict) or value.get("schema") not in schemas:
        raise NoRecord(f"is not a file of the kind {schemas[0]}")
    return value


def problems(data: bytes, exports: Sequence[bytes] = ()) -> Iterator[str]:
    """Everything that does not hold, a line each. Raises NoRecord for what can't be read as what it should be."""
    record = read(data, *KNOWN)
    texts = [read(export, EXPORT) for export in exports]
    try:
        if as_bytes(record) != data:
            yield "the file is not byte for byte as Kodeks wrote it"
        if record.get("sha256") != sha256_of({k: v for k, v in record.items() if k != "sha256"}):
            yield "the record was changed: its hash is another one"
        yield from _edition(record)
        yield from _acts(record)
        yield from _followed(record)
        yield from _rounds(record)
        yield from _corrigenda(record)
        for text in texts:
            yield from _text(record, text)
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise NoRecord(f"lacks something that belongs to it ({problem})") from problem


def not_given(data: bytes, exports: Sequence[bytes]) -> list[str]:
    """The authentic languages whose text was not given, so that it was not hashed."""
    given = {read(export, EXPORT)["version"]["language"] for export in exports}
    adopted = _adopted(read(data, *KNOWN)["edition"])
    return [version["language"] for version in adopted if version["language"] not in given]


def _adopted(edition: Json) -> list[Json]:
    """The authentic language versions that are adopted: by the first acts, or by one of their own since."""
    return [*edition["authentic"], *(one for one in edition.get("followed", ()) if one["sha256"])]


def _all_authentic(edition: Json) -> list[str]:
    """Every authentic language, those whose act is still to come too: what was submitted and signed covers them all."""
    return [one["language"] for one in (*edition["authentic"], *edition.get("followed", ()))]


def _followed(record: Json) -> Iterator[str]:
    """What followed the adoption was checked by a second person, and an authentic text has an act that names it."""
    edition = record["edition"]
    first = {one["language"]: one["sha256"] for one in edition["authentic"]}
    for act in record["acts"]:
        covers = act.get("covers") or {}
        if any(first.get(language, sha256) != sha256 for language, sha256 in covers.items()):
            yield f"the act no. {act['number']} covers another text"
    covered = [pair for act in record["acts"] for pair in (act.get("covers") or {}).items()]
    for one in edition.get("followed", ()):
        if one["sha256"] and (one["language"], one["sha256"]) not in covered:
            yield f"no act adopted the text in {one['language']}"
    later = [one for one in edition["courtesy"] if one.get("finished")]
    for one in (*edition.get("followed", ()), *later):
        if not one["sha256"]:
            continue
        agreed = [given for given in one["checks"] if given["agrees"] and given["sha256"] == one["sha256"]]
        writer = (one["submitted_by"] or {}).get("id")
        if not any(given["person"]["id"] != writer for given in agreed):
            yield f"the text in {one['language']}, number {one['number']}: no second person checked it"


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
    for act in record["acts"]:
        if act["edition_sha256"] != record["edition"]["sha256"]:
            yield f"the act no. {act['number']} adopted another text"


def correction_of(one: Json) -> Correction:
    """A corrigendum of a record or an export, as what is hashed and put into a text."""
    quote = one["quote"]
    return Correction(
        uid=one["section"],
        language=one["language"],
        prefix=quote["prefix"],
        exact=quote["exact"],
        suffix=quote["suffix"],
        words=one["words"],
        before=one["before"],
        after=one["after"],
        number=one["number"],
    )


def _corrigenda(record: Json) -> Iterator[str]:
    edition = record["edition"]
    last: dict[tuple[str, str], str] = {}
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
        where = (one["section"], one["language"])
        if last.get(where, one["before"]) != one["before"]:
            yield f"{name}: it does not follow the one before it in its section"
        last[where] = one["after"]


def _mended(record: Json, version: Json) -> Iterator[str]:
    """Each corrigendum in the language of a text that is given, put into it."""
    bodies = {section["uid"]: section["text"] for section in version["sections"]}
    for one in record.get("corrigenda", ()):
        if one["language"] != version["language"]:
            continue
        name = f"corrigendum {one['number']}"
        body = bodies.get(one["section"])
        if body is None:
            yield f"{name}: the text has no such section"
            continue
        try:
            after = correct(body, [correction_of(one)])
        except NotThere:
            yield f"{name}: its words are not in the text"
            continue
        if (text_hash(body), text_hash(after)) != (one["before"], one["after"]):
            yield f"{name}: it corrects another text"
        bodies[one["section"]] = after


def _rounds(record: Json) -> Iterator[str]:
    rounds = record["rounds"]
    if not rounds:
        if not record["edition"]["recorded_as_adopted_before"]:
            yield "it was adopted without a review"
        return
    stages = {(one["round"], stage["order"]): stage for one in rounds for stage in one["stages"]}
    for one in rounds:
        yield from _manifest(record, one)
    last = max(rounds, key=lambda one: int(one["round"]))
    if last["state"] != "done":
        yield f"round {last['round']}, the last, was not brought to its end"
    versions = last["manifest"]["versions"]
    if any(versions.get(one["language"]) != one["sha256"] for one in record["edition"]["authentic"]):
        yield "what was submitted in the last round is another text"
    for stage in last["stages"]:
        kept = stage["kept_from"]
        asked = stages[(kept["round"], kept["order"])] if kept else stage
        yield from _stage(last["manifest"], record, stage, asked)


def _manifest(record: Json, one: Json) -> Iterator[str]:
    languages = _all_authentic(record["edition"])
    versions = one["manifest"]["versions"]
    made = edition_hash(
        record["instrument"]["path"],
        record["edition"]["number"],
        [(language, versions[language]) for language in languages],
    )
    if made != one["manifest"]["sha256"]:
        yield f"round {one['round']}: the hash of what was submitted does not come from its language versions"


def _stage(manifest: Json, record: Json, stage: Json, asked: Json) -> Iterator[str]:
    name = f"stage {stage['order']} ({stage['name']})"
    if stage["kind"] in COORDINATOR:
        return
    answers: list[str | None] = []
    voters: set[str] = set()
    for seat in asked["institutions"]:
        counting = [given for given in seat["sign_offs"] if given["voided"] is None]
        if len(counting) > 1 or seat["institution"] in voters:
            yield f"{name}: {seat['institution']} has more than one vote"
        voters.add(seat["institution"])
        for given in counting:
            if stage["locked"]:
                yield from _bound(manifest, record, name, seat, given)
        answers.append(_answer(stage, seat, counting))
    passed = quorum.outcome(asked["quorum"], answers) == "passed"
    if stage["outcome"] != "passed":
        yield f"{name}: it was not passed"
    elif not passed and not (stage["kind"] == "consultation" and stage["closed"]):
        # A consultation ends with its deadline, whoever has answered.
        yield f"{name}: its answers do not come to its quorum"


def _answer(stage: Json, seat: Json, counting: Sequence[Json]) -> str | None:
    if not counting:
        return "agree" if seat["silence_taken_as_assent"] else None
    return "agree" if stage["kind"] == "consultation" else str(counting[0]["answer"])


def _bound(manifest: Json, record: Json, name: str, seat: Json, given: Json) -> Iterator[str]:
    if given["text_sha256"] != manifest["sha256"]:
        yield f"{name}: {seat['institution']} signed another text"
    covers = {language: manifest["versions"][language] for language in _all_authentic(record["edition"])}
    if given["covers"] != covers:
        yield f"{name}: the sign-off of {seat['institution']} covers other language versions"


def _text(record: Json, export: Json) -> Iterator[str]:
    version = export["version"]
    language = version["language"]
    if (export["instrument"]["path"], export["edition"]["number"]) != (
        record["instrument"]["path"],
        record["edition"]["number"],
    ):
        yield f"the text in {language} is of another document or edition"
        return
    made = sha256_of(version)
    edition = record["edition"]
    listed = [one["sha256"] for one in _adopted(edition) if one["language"] == language]
    if listed and listed != [made]:
        yield f"the text in {language} is not the one that was signed off and adopted"
    courtesy = [one["sha256"] for one in edition["courtesy"] if one["language"] == language]
    if not listed and made not in courtesy:
        yield f"the translation into {language} is not one of those in the record"
    for section in version["sections"]:
        told = export["text_sha256"].get(section["uid"])
        if told != text_hash(section["text"]):
            yield f"the text in {language}: the hash of section {section['uid']} is another one"
    if listed:
        yield from _mended(record, version)
