"""An exported text, held against an approval record: part of :mod:`workflows.record.check`, as pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from documents.corrigenda.substitution import Correction, NotThere, correct
from documents.text.canonical import sha256_of, text_hash

Json = dict[str, Any]
FACTS = (
    ("whether it was reviewed here", "edition", "recorded_as_adopted_before"),
    ("the day on which it came into force", "edition", "valid_from"),
    ("the kind of document", "instrument", "kind"),
    ("whose document it is", "instrument", "owner"),
)
"""What a record and a text both say of the document and its edition, and where."""
ANEW = " (was one of them recorded since? Take record and texts on one day)"
"""A language, an act or a corrigendum may have followed between the two: that is no forgery, and can't be told from one."""


def adopted(edition: Json) -> list[Json]:
    """The authentic language versions that are adopted: by the first acts, or by one of their own since."""
    return [*edition["authentic"], *(one for one in edition.get("followed", ()) if one["sha256"])]


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


def text(record: Json, export: Json) -> Iterator[str]:
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
    listed = [one["sha256"] for one in adopted(edition) if one["language"] == language]
    if listed and listed != [made]:
        yield f"the text in {language} is not the one that was signed off and adopted"
    courtesy = [one["sha256"] for one in edition["courtesy"] if one["language"] == language]
    if not listed and made not in courtesy:
        yield f"the translation into {language} is not one of those in the record"
    if export["version_sha256"] != made or export["edition"]["sha256"] != edition["sha256"]:
        yield f"the text in {language}: a hash that it names is another one"
    for what, place, name in FACTS:
        if export[place].get(name, record[place][name]) != record[place][name]:
            yield f"the text in {language}: record and text differ on {what}"
    # A translation that is replaced may have had another title.
    if listed and version["title"] != record["instrument"]["titles"].get(language, ""):
        yield f"the text in {language}: record and text differ on its title"
    yield from _beside(record, export)
    for section in version["sections"]:
        told = export["text_sha256"].get(section["uid"])
        if told != text_hash(section["text"]):
            yield f"the text in {language}: the hash of section {section['uid']} is another one"
    if listed:
        yield from _mended(record, export)


def _beside(record: Json, export: Json) -> Iterator[str]:
    """What a file says beside its text is what the record says: versions, acts, corrigenda."""
    language, edition = export["version"]["language"], record["edition"]
    known = {(one["language"], one["sha256"]) for one in (*adopted(edition), *edition["courtesy"])}
    if any((one["language"], one["sha256"]) not in known for one in export["versions"]):
        yield f"the text in {language}: it names a language version that the record does not know{ANEW}"
    if not {one["language"] for one in edition["authentic"]} <= {
        one["language"] for one in export["versions"]
    }:
        yield f"the text in {language}: it leaves out an authentic language version"
    # What an act covers is in no record under the first number, and in no file that was written before files said it.
    acts = [
        {name: act.get(name, of[name]) if name == "covers" else act[name] for name in of}
        for of, act in zip(export["acts"], record["acts"], strict=False)
    ]
    if len(acts) != len(record["acts"]) or acts != export["acts"]:
        yield f"the text in {language}: its acts are not those of the record{ANEW}"
    told = record.get("corrigenda", ())
    if len(told) != len(export["corrigenda"]) or any(
        one[name] != by_record[name]
        for one, by_record in zip(export["corrigenda"], told, strict=False)
        for name in one
    ):
        yield f"the text in {language}: its corrigenda are not those of the record{ANEW}"


def _mended(record: Json, export: Json) -> Iterator[str]:
    """Each corrigendum in the language of a text that is given, put into it; what comes out is what the file says is read."""
    version = export["version"]
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
    mended = {
        one["section"] for one in record.get("corrigenda", ()) if one["language"] == version["language"]
    }
    if {uid: bodies.get(uid) for uid in mended} != export["corrected"]:
        yield f"the text in {version['language']}: what it gives as corrected is not the text with its corrigenda"
