"""The details of audit entries about reviews: hashes and moments, never words or names."""

from __future__ import annotations

from typing import Any

import rfc8785

from documents.actions.audit_payloads import moment
from documents.text import sha256_of
from workflows.models import Review, Seat, SignOff


def sign_off_payload(given: SignOff) -> dict[str, Any]:
    """A sign-off: its answer, its text, and the hashes of its reason and of the rest."""
    signed = {
        "person": given.person_id,
        "instead_of": given.instead_of_id,
        "manifest": given.manifest_id,
        "covers": given.covers,
        "at": moment(given.at),
    }
    return {
        "seat": given.seat_id,
        "choice": str(given.choice),
        "sha256": given.manifest_sha256,
        "reason_sha256": text_hash_of(given.reason),
        "signed_sha256": sha256_of(rfc8785.dumps(signed)),
    }


def void_payload(given: SignOff) -> dict[str, Any]:
    """A sign-off that no longer counts."""
    return {
        "seat": given.seat_id,
        "reason_sha256": text_hash_of(given.void_reason),
        "moment": moment(given.voided_at),
    }


def start_payload(review: Review) -> dict[str, Any]:
    """A round that begins, with the hash of its text, its stages, and the institution of each seat."""
    seats = Seat.objects.filter(stage__review=review).order_by("pk").values_list("pk", "institution__key")
    return {
        "sha256": review.manifest.sha256,
        "moment": moment(review.started),
        "stages": [str(pk) for pk in review.stages.order_by("pk").values_list("pk", flat=True)],
        "seats": {str(pk): institution for pk, institution in seats},
    }


def end_payload(review: Review) -> dict[str, Any]:
    """A review that has ended."""
    return {
        "state": str(review.state),
        "reason_sha256": text_hash_of(review.end_reason),
        "moment": moment(review.ended),
    }


def text_hash_of(words: str) -> str:
    return sha256_of(words.encode())
