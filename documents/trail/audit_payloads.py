"""What the audit trail is told of words: their hashes, by which a row that was altered later is found. Never the words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from documents.models import (
    BlobUse,
    ClassificationProposal,
    Comment,
    Contact,
    Edition,
    Instrument,
    LanguageVersion,
    Manifest,
    PriorAdoption,
    Section,
    SectionChange,
    Suggestion,
    VersionCheck,
    VersionText,
)
from documents.text import sha256_of
from documents.text_storage import check_language

ACT = (
    "body", "kind", "number", "date", "protocol", "session", "gazette", "gazette_number", "gazette_year", "published",
)  # fmt: skip


def act_hash(act: Any) -> str:
    """The hash of all that an act says (an adoption's or a corrigendum's), its signed file among it."""
    said = {name: None if (value := getattr(act, name)) is None else str(value) for name in ACT}
    return sha256_of(said | {"signed_file": act.signed_file_id})


def comment_hash(text: str, suggestion: str) -> str:
    """The hash of what a comment says. Where it stands is not in it: that follows the text."""
    return sha256_of({"text": text, "suggestion": suggestion})


def answer_hash(outcome: str, answer: str) -> str:
    """The hash of what became of a comment, and why."""
    return sha256_of({"outcome": outcome, "answer": answer})


def reason_hash(reason: str) -> str:
    """The hash of why something was proposed."""
    return sha256_of({"reason": reason})


def proposal_hash(one: ClassificationProposal | PriorAdoption) -> str:
    """The hash of what one person proposed, to be confirmed by another: of all that it says, by whom, and when."""
    by = {"proposed_by": one.proposed_by_id, "proposed": moment(one.proposed)}
    if isinstance(one, PriorAdoption):
        about = {"edition": one.edition_id, "text": one.edition_sha256, "valid_from": str(one.valid_from)}
        return sha256_of(by | about | {"act": act_hash(one)})
    about = {"instrument": one.instrument_id, "to": str(one.classification), "reason": one.reason}
    return sha256_of(by | about)


def moment(at: datetime | None) -> str | None:
    """A moment as the trail is told it, the same whatever clock a country goes by later."""
    return None if at is None else at.astimezone(UTC).isoformat()


def check_told(made: VersionCheck) -> dict[str, Any]:
    """What the trail is told of a translation's check by a second person."""
    of = made.version
    return {
        "language": of.language,
        "number": of.number,
        "sha256": made.sha256,
        "agrees": made.agrees,
        "check": made.pk,
        "institution": made.institution.key,
        "moment": moment(made.at),
        "reason_sha256": reason_hash(made.remarks),
    }


def said_hash(comment: Comment) -> str:
    """The hash of what a comment speaks of (the words that it quotes and those around them), of what it answers, for whom it was
    written and whom it mentions, and of its moment."""
    return sha256_of(
        {
            "parent": comment.parent_id,
            "author_name": comment.author_name,
            "institution": comment.institution_id,
            "quote": comment.quote,
            "prefix": comment.prefix,
            "suffix": comment.suffix,
            "to_institution": comment.to_institution_id,
            "to_person": comment.to_person_id,
            "written": moment(comment.written),
        }
    )


def word_comment_hash(comment: Comment) -> str:
    """The hash of a comment that came in a Word file, and has no entry of its own: of all that it said then, and where."""
    return sha256_of(
        {
            "edition": comment.edition_id,
            "uid": str(comment.uid),
            "language": comment.language,
            "words": comment_hash(comment.text, comment.suggestion),
            "said": said_hash(comment),
        }
    )


def suggestions_hash(suggestions: Iterable[Suggestion]) -> str:
    """The hash of what a Word file suggested, in its order; what became of each is told when it is decided."""
    return _hash(
        [
            {
                "pk": one.pk,
                "edition": one.edition_id,
                "uid": str(one.uid),
                "language": one.language,
                "kind": str(one.kind),
                "tracked": one.tracked,
                "author_name": one.author_name,
                "written": moment(one.written),
                "texts": [one.before, one.after, one.old, one.new, one.place],
            }
            for one in suggestions
        ]
    )


def manifest_told(made: Manifest) -> dict[str, Any]:
    """What the trail is told of what was submitted: the hash of all that the manifest says, and how the log of changes stood
    (:func:`log_told`)."""
    log = log_told(made.edition)
    return {
        "manifest": made.pk,
        "manifest_sha256": manifest_hash(made),
        "log": log["log"],
        "log_of": log["log_of"],
        "log_sha256": log["log_sha256"],
        "origins_sha256": origins_hash(made.edition_id),
    }


def origins_hash(edition: int) -> str:
    """The hash of which sections of an edition came out of which of the one before; no hash of a text has it."""
    rows = Section.objects.filter(edition=edition).exclude(origins=[]).order_by("position", "pk")
    return _hash([[str(uid), origins] for uid, origins in rows.values_list("uid", "origins")])


def made_from_told(versions: Iterable[LanguageVersion]) -> dict[str, Any]:
    """What the trail is told of the translations that readers get from now on: the hash of which original each was made from."""
    return {"made_from_sha256": {version.language: made_from_hash(version) for version in versions}}


def made_from_hash(version: LanguageVersion) -> str:
    """The hash of which originals the sections of a language version were made from, of the number before as it was kept; no hash
    of a text has it."""
    kept = VersionText.objects.filter(version=version).values_list("uid", "source_hash")
    column = f"source_hash_{check_language(version.language)}"
    rows = list(kept) or list(Section.objects.filter(edition=version.edition_id).values_list("uid", column))
    return _hash(sorted([str(uid), sha256 or ""] for uid, sha256 in rows))


def papers_told(edition: Edition, acts: Iterable[Any]) -> dict[str, Any]:
    """What the trail is told of the signed papers of acts: the hash of how each is kept with its edition."""
    signed = [act.signed_file_id for act in acts if act.signed_file_id]
    used = BlobUse.objects.filter(edition=edition, blob__in=signed, language="").order_by("pk")
    return {"papers_sha256": {use.blob_id: paper_hash(use) for use in used}}


def paper_hash(use: BlobUse) -> str:
    """The hash of the name under which readers get a paper, and of whether they do."""
    return sha256_of({"name": use.name, "drafters_only": use.drafters_only})


def manifest_hash(made: Manifest) -> str:
    """The hash of a manifest: its edition, round and text, every hash in it, when it was made and by whom."""
    return _hash(
        {
            "edition": made.edition_id,
            "round": made.round,
            "sha256": made.sha256,
            "versions": made.versions,
            "texts": made.texts,
            "made": moment(made.made),
            "made_by": made.made_by_id,
        }
    )


def log_told(edition: Edition) -> dict[str, Any]:
    """How the log of changes stands: its last line, and the hash of who wrote in which section and language, from the first."""
    last, sha256 = next(log_states(edition.pk), (0, ""))
    return {"log": last, "log_of": edition.pk, "log_sha256": sha256}


def log_states(edition: int, at: frozenset[int] | None = None) -> Iterator[tuple[int, str]]:
    """How the log of an edition stood after its lines (``at``: only after these; else only after the last), each with the hash
    of the log until then."""
    lines = SectionChange.objects.filter(edition=edition).order_by("id")
    running = hashlib.sha256()
    last = 0
    for pk, uid, language, verb, actor in lines.values_list(
        "id", "uid", "language", "verb", "actor"
    ).iterator():
        last = pk
        running.update(f"{pk} {uid} {language} {verb} {actor}\n".encode())
        if at is not None and pk in at:
            yield pk, running.hexdigest()
    if at is None and last:
        yield last, running.hexdigest()


def instrument_hash(instrument: Instrument) -> str:
    """The hash of what an instrument keeps for good: its owner, its languages, and which of them are authentic."""
    return sha256_of(
        {
            "owner": instrument.owner_id,
            "languages": instrument.languages,
            "source_language": instrument.source_language,
            "authentic_languages": instrument.authentic_languages,
        }
    )


def about_hash(instrument: Instrument) -> str:
    """The hash of what lists and searches sort an instrument by."""
    about = {"kind": instrument.kind, "level": instrument.level, "topics": list(instrument.topics)}
    return sha256_of({name: value if name == "topics" else str(value) for name, value in about.items()})


def contact_hash(contact: Contact) -> str:
    """The hash of a number to call: who answers, when, under which number, beside which section, and when it was checked."""
    return sha256_of(
        {
            "instrument": contact.instrument_id,
            "uid": str(contact.uid),
            "names": contact.names,
            "hours": contact.hours,
            "number": contact.number,
            "tel": contact.tel,
            "checked": str(contact.checked),
        }
    )


def _hash(value: Any) -> str:
    # Not by RFC 8785, which is pure Python: a manifest has thousands of hashes, and these values hold no floats.
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
