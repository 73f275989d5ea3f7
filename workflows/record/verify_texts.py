"""Check the corrigenda of an approval record, and exported texts against it. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from documents.text.canonical import sha256_of, text_hash
from documents.text.correction import Correction, NotThere, correct, correction_hash
from workflows.record.format import Json, adopted, in_order

SINCE = " (was one of them recorded since? Take record and texts on one day)"


def corrigendum_problems(record: Json) -> Iterator[str]:
    edition, rounds = record["edition"], record["rounds"]
    adopted = rounds[-1]["ended"] if rounds and not edition["recorded_as_adopted_before"] else None
    texts: dict[tuple[str, str], str] = {}
    before: str | None = None
    # Records under the first number know no corrigenda.
    for place, one in enumerate(record.get("corrigenda", ()), 1):
        name, where = f"corrigendum {one['number']}", (one["section"], one["language"])
        own = correction_hash(
            record["instrument"]["path"], edition["number"], edition["sha256"], _correction(one)
        )
        if own != one["sha256"] or any(act["corrigendum_sha256"] != own for act in one["acts"]):
            yield f"{name}: its hash, or the one that its act adopted, is another one"
        if one["number"] != place or texts.get(where, one["before"]) != one["before"]:
            yield f"{name}: it does not follow the one before it"
        if not one["acts"]:
            yield f"{name}: no act adopted it"
        if one["proposed_by"]["id"] == one["recorded_by"]["id"]:
            yield f"{name}: one person proposed and recorded it"
        if not in_order(adopted, one["proposed"], one["recorded"]) or not in_order(before, one["recorded"]):
            yield f"{name}: its moments do not follow the adoption and each other"
        before, texts[where] = one["recorded"], one["after"]


def _correction(one: Json) -> Correction:
    names = ("language", "words", "before", "after", "number")
    return Correction(uid=one["section"], **one["quote"], **{name: one[name] for name in names})


def text_problems(record: Json, export: Json) -> Iterator[str]:
    """An exported text has the hashes of the record, and says the same of the edition."""
    version, edition = export["version"], record["edition"]
    name = f"the text in {version['language']}"
    if any(
        export[one][key] != record[one][key] for one, key in (("instrument", "path"), ("edition", "number"))
    ):
        yield f"{name} is of another document or edition"
        return
    own = sha256_of(version)
    listed = [one["sha256"] for one in adopted(edition) if one["language"] == version["language"]]
    courtesy = [one["sha256"] for one in edition["courtesy"] if one["language"] == version["language"]]
    if own not in (listed or courtesy):
        yield f"{name} is not the one that was adopted, or one of its translations"
    if export["version_sha256"] != own or export["edition"]["sha256"] != edition["sha256"]:
        yield f"{name}: a hash that it names is another one"
    yield from _same_edition(name, record, export)
    if listed:
        if version["title"] != record["instrument"]["titles"].get(version["language"], ""):
            yield f"{name}: record and text differ on its title"
        yield from _corrected(name, record, export)


def _same_edition(name: str, record: Json, export: Json) -> Iterator[str]:
    """The versions, acts and corrigenda that a text names are those of the record."""
    edition, corrigenda = record["edition"], record.get("corrigenda", [])
    known = {(one["language"], one["sha256"]) for one in (*adopted(edition), *edition["courtesy"])}
    named = {(one["language"], one["sha256"]) for one in export["versions"]}
    if not named <= known:
        yield f"{name}: it names a language version that the record does not know{SINCE}"
    for what, own, others in (
        ("acts", record["acts"], export["acts"]),
        ("corrigenda", corrigenda, export["corrigenda"]),
    ):
        # Members came while files of an earlier number were written: those that both have are compared.
        pairs = zip(own, others, strict=False)
        if len(own) != len(others) or any(a[key] != b[key] for a, b in pairs for key in a.keys() & b.keys()):
            yield f"{name}: its {what} are not those of the record{SINCE}"


def _corrected(name: str, record: Json, export: Json) -> Iterator[str]:
    """Each corrigendum, put into the text, gives what the file says is read."""
    bodies = {section["uid"]: section["text"] for section in export["version"]["sections"]}
    corrected: dict[str, Any] = {}
    for one in record.get("corrigenda", ()):
        if one["language"] != export["version"]["language"]:
            continue
        uid = one["section"]
        try:
            after = correct(before := bodies[uid], [_correction(one)])
        except (NotThere, KeyError):
            yield f"corrigendum {one['number']}: its words are not in the text"
            continue
        if (text_hash(before), text_hash(after)) != (one["before"], one["after"]):
            yield f"corrigendum {one['number']}: it corrects another text"
        bodies[uid] = corrected[uid] = after
    if corrected != export["corrected"]:
        yield f"{name}: what it gives as corrected is not the text with its corrigenda"
