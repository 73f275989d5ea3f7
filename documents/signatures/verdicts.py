"""What is found out about a signed PDF, as plain data that is stored and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from documents.text.types import Json


class Verdict(StrEnum):
    """What a signature is worth, from the best to the worst; then what only a paper can be."""

    GOOD = "good"
    FILLED = "filled"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    USAGE = "usage"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    IRREGULAR = "irregular"
    REVOKED = "revoked"
    WEAK = "weak"
    BROKEN = "broken"
    PARTIAL = "partial"
    ALTERED = "altered"
    STAMPED = "stamped"
    UNSIGNED = "unsigned"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    TOO_MUCH = "too_much"


MEANINGS = {
    Verdict.GOOD: "valid, and the signer is confirmed",
    Verdict.FILLED: "valid; fields of the form were filled in later",
    Verdict.UNKNOWN: "intact, and no list that was given confirms the signer",
    Verdict.WITHDRAWN: "intact; the service that issued the certificate was withdrawn",
    Verdict.USAGE: "the certificate is not for signatures",
    Verdict.NOT_YET: "the certificate is not valid yet",
    Verdict.EXPIRED: "the certificate expired, and no time stamp proves an earlier signature",
    Verdict.IRREGULAR: "the file is against the rules of PDF",
    Verdict.REVOKED: "the certificate was revoked",
    Verdict.WEAK: "the algorithm is too weak",
    Verdict.BROKEN: "the signature is damaged",
    Verdict.PARTIAL: "only a part of the file is signed",
    Verdict.ALTERED: "the file was changed after it was signed",
    Verdict.STAMPED: "a time stamp, and no signature",
    Verdict.UNSIGNED: "no signature",
    Verdict.LOCKED: "the file is protected by a password",
    Verdict.UNREADABLE: "the file is not readable",
    Verdict.TOO_MUCH: "the file is too large or too complex",
}
"""For commands; pages have their own words (documents.display.signed_papers)."""


class Quality(StrEnum):
    """Qualified by the trusted list. CERTIFICATE: only the certificate, the key is in no certified device."""

    QUALIFIED = "qualified"
    CERTIFICATE = "certificate"
    NONE = ""


class Covers(StrEnum):
    """Which bytes were signed: all of the file, an earlier version of it, or only a part."""

    FILE = "file"
    REVISION = "revision"
    PART = "part"


class Kind(StrEnum):
    SIGNATURE = "signature"
    SEAL = "seal"
    STAMP = "stamp"


class Revocation(StrEnum):
    """NOT_REVOKED: by a list that was valid at the time. UNCHECKED: there was no such list."""

    NOT_REVOKED = "not_revoked"
    UNCHECKED = "unchecked"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Signature:
    """One signature, seal or time stamp. Moments are ISO 8601 in UTC, empty where there is none."""

    verdict: Verdict
    kind: Kind = Kind.SIGNATURE
    name: str = ""
    organisation: str = ""
    issuer: str = ""
    claimed: str = ""
    stamped: str = ""
    stamped_by: str = ""
    covers: Covers = Covers.PART
    signed_bytes: int = 0
    quality: Quality = Quality.NONE
    service: str = ""
    verified: bool = False
    """Whether the list that names the service has the verified signature of its operator."""
    revocation: Revocation = Revocation.UNCHECKED
    revoked: str = ""
    valid_until: str = ""


@dataclass(frozen=True)
class Paper:
    """A PDF with all its signatures, in the order in which they were made."""

    verdict: Verdict
    signatures: tuple[Signature, ...] = field(default=())

    def as_json(self) -> Json:
        return asdict(self)

    @classmethod
    def of(cls, signatures: Sequence[Signature]) -> Paper:
        """By its worst signature; a time stamp alone says nothing of who signed."""
        order = list(Verdict)
        by_people = [one.verdict for one in signatures if one.kind != Kind.STAMP]
        all_found = [one.verdict for one in signatures]
        if not signatures:
            return cls(Verdict.UNSIGNED)
        worst = max(all_found, key=order.index)
        if not by_people and worst == Verdict.GOOD:
            worst = Verdict.STAMPED
        return cls(worst, tuple(signatures))

    @classmethod
    def from_json(cls, data: Json) -> Paper:
        return cls(Verdict(data["verdict"]), tuple(_signature(one) for one in data["signatures"]))


ENUMS: dict[str, type[StrEnum]] = {
    "verdict": Verdict,
    "kind": Kind,
    "covers": Covers,
    "quality": Quality,
    "revocation": Revocation,
}


def _signature(data: dict[str, Any]) -> Signature:
    known: dict[str, Any] = {
        name: ENUMS[name](value) if name in ENUMS else value for name, value in data.items()
    }
    return Signature(**known)
