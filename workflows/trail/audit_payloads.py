"""What the audit trail is told of reviews: hashes and moments, by which a row that was altered later is found. Never words,
never a name."""

from __future__ import annotations

from typing import Any

import rfc8785

from documents.text import sha256_of
from documents.trail.audit_payloads import moment
from workflows.models import Delegate, Review, Seat, SignOff, Stage

FROZEN = (
    "order",
    "step",
    "kind",
    "name",
    "quorum",
    "days",
    "working",
    "silence",
    "delegate",
    "second_factor",
    "locked",
    "kept_id",
)
"""What of a stage never changes once its review has begun."""


def sign_off_told(given: SignOff) -> dict[str, Any]:
    """What the trail is told of a sign-off: of its reason, of the language versions that it covers, of its moment and of whom
    it was given for, hashes alone."""
    return {
        "seat": given.seat_id,
        "choice": str(given.choice),
        "sha256": given.manifest_sha256,
        "reason_sha256": words_hash(given.reason),
        "signed_sha256": _hash(
            {
                "person": given.person_id,
                "instead_of": given.instead_of_id,
                "manifest": given.manifest_id,
                "covers": given.covers,
                "at": moment(given.at),
            }
        ),
    }


def void_told(given: SignOff) -> dict[str, Any]:
    """What the trail is told when a sign-off is voided."""
    return {
        "seat": given.seat_id,
        "reason_sha256": words_hash(given.void_reason),
        "moment": moment(given.voided_at),
    }


def begun_told(review: Review) -> dict[str, Any]:
    """What the trail is told of a round that begins: its text, what it keeps (:func:`review_hash`), and which person answers for
    each institution asked ("": any of its reviewers)."""
    seats = Seat.objects.filter(stage__review=review).order_by("pk").values_list("pk", "user__actor")
    return {
        "sha256": review.manifest.sha256,
        "procedure_sha256": review_hash(review),
        "asked_people": {str(pk): str(actor or "") for pk, actor in seats},
        "moment": moment(review.started),
    }


def ended_told(review: Review) -> dict[str, Any]:
    """What the trail is told of a review that has ended."""
    return {
        "state": str(review.state),
        "reason_sha256": words_hash(review.end_reason),
        "moment": moment(review.ended),
    }


def review_hash(review: Review) -> str:
    """The hash of what a round started with and keeps: its edition, its copy of the procedure, its stages, whom each asks."""
    asked: dict[int, list[int]] = {}
    for stage, institution in Seat.objects.filter(stage__review=review).values_list("stage", "institution"):
        asked.setdefault(stage, []).append(institution)
    stages = [
        {"asked": sorted(asked.get(row["pk"], []))}
        | {name: row[name] for name in FROZEN}
        # Not where there are none: so it was hashed before a stage had a name for each language.
        | ({"names": row["names"]} if row["names"] else {})
        for row in Stage.objects.filter(review=review).order_by("order").values("pk", "names", *FROZEN)
    ]
    return _hash(
        {
            "edition": review.edition_id,
            "round": review.round,
            "procedure": review.procedure,
            "stages": stages,
        }
    )


def delegate_hash(given: Delegate) -> str:
    """The hash of who lets whom answer, for which institution, from when until when and why."""
    return _hash(
        {
            "institution": given.institution_id,
            "asked": given.asked_id,
            "to": given.to_id,
            "starts": str(given.starts),
            "until": str(given.until),
            "reason": given.reason,
            "given_by": given.given_by_id,
            "by_coordinator": given.by_coordinator,
        }
    )


def words_hash(words: str) -> str:
    return sha256_of(words.encode())


def _hash(value: dict[str, Any]) -> str:
    return sha256_of(rfc8785.dumps(value))
