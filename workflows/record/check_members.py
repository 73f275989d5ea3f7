"""The members of an approval record, held against those that there are: part of :mod:`workflows.record.check`, as pure.

What nobody knows nobody holds against anything, and whoever reads the record may take it for checked. So a member too many is
refused; the next ones come under a number of their own (docs/approval-record.schema.json says the same: additionalProperties
false).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Members = dict[str, Any]
PERSON: Members = {"id": None, "name": None}
CHECKS: Members = {
    "agrees": None,
    "sha256": None,
    "institution": None,
    "person": PERSON,
    "at": None,
    "remarks": None,
}
FOLLOWED: Members = {"language": None, "number": None, "sha256": None}
FOLLOWED |= {"finished": None, "submitted_by": PERSON, "checks": CHECKS}
ACT: Members = dict.fromkeys(
    (
        "kind", "body", "number", "date", "protocol", "session", "gazette", "gazette_number", "gazette_year", "published",
        "signed_file_sha256",
    )
)  # fmt: skip
SIGN_OFF: Members = dict.fromkeys(
    ("answer", "reason", "at", "text_sha256", "covers", "voided", "void_reason")
)
SIGN_OFF |= {"person": PERSON, "instead_of": PERSON}
SEAT: Members = {"institution": None, "name": None, "silence_taken_as_assent": None, "sign_offs": SIGN_OFF}
STAGE: Members = dict.fromkeys(
    ("order", "kind", "name", "quorum", "locked", "opened", "due", "moved_reason", "closed", "outcome")
)
STAGE |= {"kept_from": {"round": None, "order": None}, "institutions": SEAT}
ROUND: Members = dict.fromkeys(("round", "state", "started", "ended", "reason", "procedure"))
ROUND |= {
    "submitted_by": PERSON,
    "procedure_stages": dict.fromkeys(("kind", "least", "quorum", "silence", "together")),
    "manifest": {"sha256": None, "versions": None, "made": None},
    "stages": STAGE,
}
CORRIGENDUM: Members = dict.fromkeys(
    (
        "number", "section", "language", "words", "before", "after", "sha256", "reason", "valid_from", "proposed", "recorded",
    )
)  # fmt: skip
CORRIGENDUM |= {
    "quote": {"prefix": None, "exact": None, "suffix": None},
    "acts": ACT | {"corrigendum_sha256": None},
    "proposed_by": PERSON,
    "recorded_by": PERSON,
}
MEMBERS: Members = {
    "schema": None,
    "instrument": dict.fromkeys(("path", "kind", "owner", "owner_name", "titles")),
    "edition": {
        "number": None,
        "sha256": None,
        "valid_from": None,
        "recorded_as_adopted_before": None,
        "authentic": {"language": None, "sha256": None},
        "followed": FOLLOWED,
        "courtesy": FOLLOWED,
    },
    "rounds": ROUND,
    "acts": ACT | {"edition_sha256": None, "covers": None},
    "corrigenda": CORRIGENDUM,
    "audit": {"entry": None, "sha256": None},
    "sha256": None,
}
"""The members of each object; of a list, those of each object in it. None: a value, or names that are no members (languages)."""
SINCE = {
    "acts.covers": 2,
    "acts.gazette_year": 2,
    "acts.protocol": 2,
    "acts.published": 2,
    "corrigenda": 2,
    "edition.courtesy.checks": 2,
    "edition.courtesy.finished": 2,
    "edition.courtesy.submitted_by": 2,
    "edition.followed": 2,
    "rounds.stages.moved_reason": 2,
    "rounds.procedure_stages": 3,
}
"""The number of the record under which a member came; the others were there from the first."""


def too_many(record: dict[str, Any]) -> Iterator[str]:
    """Every member that a record of its number does not have, each once, a line each."""
    number = int(record["schema"].rpartition("/")[2])
    found = dict.fromkeys(_strangers(record, MEMBERS, "", number))
    for path in found:
        yield f"it has a member that there is none of in {record['schema']}: {path}"


def _strangers(value: Any, known: dict[str, Any], path: str, number: int) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _strangers(one, known, path, number)
        return
    if not isinstance(value, dict):
        return
    for name, inner in value.items():
        place = f"{path}.{name}" if path else name
        if name not in known or SINCE.get(place, 1) > number:
            yield place
        elif known[name] is not None:
            yield from _strangers(inner, known[name], place, number)
