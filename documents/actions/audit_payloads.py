"""The details of audit entries about documents: hashes and moments, never words."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from documents.models import (
    Contact,
    ContactChange,
    Manifest,
    VersionCheck,
)
from documents.text import sha256_of

ACT = (
    "body", "kind", "number", "date", "protocol", "session", "gazette", "gazette_number", "gazette_year",
    "published",
)  # fmt: skip


def act_hash(act: Any) -> str:
    """The hash of an act (of an adoption or a corrigendum) with its signed file."""
    fields = {name: None if (value := getattr(act, name)) is None else str(value) for name in ACT}
    return sha256_of(fields | {"signed_file": act.signed_file_id})


def reason_hash(reason: str) -> str:
    """The hash of why something was proposed."""
    return sha256_of({"reason": reason})


def contact_payload(contact: Contact) -> dict[str, Any]:
    """A number to call as readers see it: the number itself, and of names and hours the hash."""
    return {
        "uid": str(contact.uid),
        "number": contact.number,
        "tel": contact.tel,
        "values_sha256": sha256_of({"names": contact.names, "hours": contact.hours}),
    }


def contact_change_hash(change: ContactChange) -> str:
    """The hash of a number that a second person confirms: where, what, by whom, when."""
    return sha256_of(
        {
            "instrument": change.instrument_id,
            "uid": str(change.uid),
            "contact": change.contact_id,
            "values": change.values,
            "proposed_by": change.proposed_by_id,
            "proposed": moment(change.proposed),
        }
    )


def check_payload(check: VersionCheck) -> dict[str, Any]:
    """A translation's check by a second person."""
    version = check.version
    return {
        "language": version.language,
        "number": version.number,
        "sha256": check.sha256,
        "agrees": check.agrees,
        "check": check.pk,
        "institution": check.institution.key,
        "moment": moment(check.at),
        "reason_sha256": reason_hash(check.remarks),
    }


def manifest_payload(manifest: Manifest) -> dict[str, Any]:
    """What was submitted."""
    return {"manifest": manifest.pk, "manifest_sha256": manifest_hash(manifest)}


def manifest_hash(manifest: Manifest) -> str:
    """The hash of a manifest: its edition, round, every hash in it, when it was made and by whom."""
    content = {
        "edition": manifest.edition_id,
        "round": manifest.round,
        "sha256": manifest.sha256,
        "versions": manifest.versions,
        "texts": manifest.texts,
        "made": moment(manifest.made),
        "made_by": manifest.made_by_id,
    }
    # Not RFC 8785, which is pure Python: a manifest holds thousands of hashes, and no floats.
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def moment(at: datetime | None) -> str | None:
    """A moment in UTC, the same whatever time zone a country has later."""
    return None if at is None else at.astimezone(UTC).isoformat()
