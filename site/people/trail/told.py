"""What the audit trail is told of roles, invitations and apps: hashes, by which a row that was altered later is found. Never a
name, never an address."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

from people.models import Invitation, Membership, SecondFactor


def membership_hash(held: Membership) -> str:
    """The hash of who has which role where, in which languages, from when until when, given and confirmed by whom."""
    return _hash(
        {
            "user": held.user_id,
            "institution": held.institution_id,
            "role": str(held.role),
            "languages": held.languages,
            "starts": str(held.starts),
            "ends": None if held.ends is None else str(held.ends),
            "given_by": held.given_by_id,
            "confirmed": None if held.confirmed is None else held.confirmed.astimezone(UTC).isoformat(),
            "confirmed_by": held.confirmed_by_id,
        }
    )


def invitation_hash(invitation: Invitation) -> str:
    """The hash of who invites into which role where, and of the link; the address is not in it, nor whether it was accepted."""
    return _hash(
        {
            "institution": invitation.institution_id,
            "role": str(invitation.role),
            "languages": invitation.languages,
            "token": invitation.token_sha256,
            "invited_by": invitation.invited_by_id,
        }
    )


def factor_hash(factor: SecondFactor) -> str:
    """The hash of a person's app: of its key, which nobody can guess, and of whose it is and since when."""
    at = None if factor.confirmed is None else factor.confirmed.astimezone(UTC).isoformat()
    return _hash({"user": factor.user_id, "secret": factor.secret, "confirmed": at})


def _hash(value: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
