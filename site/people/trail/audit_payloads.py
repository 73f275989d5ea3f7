"""What the audit trail is told of people, roles, invitations, apps, countries and institutions: hashes, by which a row that was altered later is found. Never a
name, never an address."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from people.models import Country, Institution, Invitation, Membership, SecondFactor


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


def address_told(address: str) -> dict[str, Any]:
    """What the trail is told of an address: a hash that only who has the site's secret key can make, so that nobody guesses the
    address by it once it was taken out; and the name of that key, since under another one there is nothing to compare."""
    return {"address_hmac": _keyed(address.lower()), "address_key": _keyed("")[:8]}


def other_address(detail: dict[str, Any], address: str) -> bool:
    """Whether an address is another one than an entry tells; no, where it tells none, or under another key."""
    now = address_told(address)
    same_key = detail.get("address_key") == now["address_key"]
    return same_key and detail.get("address_hmac") != now["address_hmac"]


def row_told(row: Country | Institution) -> dict[str, Any]:
    """What the trail is told of a country or an institution that was saved, without its names."""
    return {"saved_sha256": country_hash(row) if isinstance(row, Country) else institution_hash(row)}


def country_hash(country: Country) -> str:
    """The hash of a country's clock, its languages and the notes that travel with its name."""
    notes = {tag: getattr(country, f"footnote_{tag}") or "" for tag in settings.MODELTRANSLATION_LANGUAGES}
    return _hash({"time_zone": country.time_zone, "languages": country.languages, "footnotes": notes})


def institution_hash(institution: Institution) -> str:
    """The hash of an institution's key, country and kind."""
    return _hash({"key": institution.key, "country": institution.country_id, "kind": str(institution.kind)})


def factor_hash(factor: SecondFactor) -> str:
    """The hash of a person's app: of its key, which nobody can guess, and of whose it is and since when."""
    at = None if factor.confirmed is None else factor.confirmed.astimezone(UTC).isoformat()
    return _hash({"user": factor.user_id, "secret": factor.secret, "confirmed": at})


def _keyed(value: str) -> str:
    return salted_hmac("people.trail.address", value, algorithm="sha256").hexdigest()


def _hash(value: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
