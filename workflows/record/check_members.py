"""The members of an approval record, held against those that there are: part of :mod:`workflows.record.check`, as pure.

What nobody knows nobody holds against anything, and whoever reads the record may take it for checked. So a member too many is
refused, one that is left out, and a value that is none of its kind (an object in the place of a word would carry members too
many); the next ones come under a number of their own (docs/approval-record.schema.json says the same).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Any

Members = dict[str, Any]
OrNone = str | None
Number = int | None


@dataclass(frozen=True)
class Maybe:
    """An object, or none."""

    members: Members


NAMES = {str: str}
"""An object whose names are no members (languages), each with a word."""
ACT_KINDS = frozenset({"government_decision", "joint_order", "minister_order", "law", "other"})
ANSWERS = frozenset({"agree", "agree_with_remarks", "return", "abstain"})
KINDS = frozenset({"consultation", "coordination", "opinion", "translation", "sign_off", "adoption"})
OUTCOMES = frozenset({"", "passed", "returned", "failed", "voided"})
SILENCES = frozenset({"nothing", "assent"})
STATES = frozenset({"running", "done", "voided", "withdrawn", "returned"})

PERSON: Members = {"id": str, "name": str}
CHECKS: Members = {
    "agrees": bool,
    "sha256": str,
    "institution": str,
    "person": PERSON,
    "at": str,
    "remarks": str,
}
FOLLOWED: Members = {"language": str, "number": int, "sha256": str}
FOLLOWED |= {"finished": OrNone, "submitted_by": Maybe(PERSON), "checks": [CHECKS]}
ACT: Members = dict.fromkeys(
    ("body", "number", "date", "protocol", "session", "gazette", "gazette_number", "signed_file_sha256"), str
)
ACT |= {"kind": ACT_KINDS, "gazette_year": Number, "published": OrNone}
SIGN_OFF: Members = dict.fromkeys(("reason", "at", "text_sha256", "void_reason"), str)
SIGN_OFF |= {"answer": ANSWERS, "covers": NAMES, "voided": OrNone}
SIGN_OFF |= {"person": PERSON, "instead_of": Maybe(PERSON)}
SEAT: Members = {
    "institution": str,
    "name": str,
    "silence_taken_as_assent": OrNone,
    "sign_offs": [SIGN_OFF],
}
STAGE: Members = {
    "order": int,
    "kind": KINDS,
    "name": str,
    "quorum": str,
    "locked": bool,
    "outcome": OUTCOMES,
}
STAGE |= {"opened": OrNone, "due": OrNone, "moved_reason": str, "closed": OrNone}
STAGE |= {"kept_from": Maybe({"round": int, "order": int}), "institutions": [SEAT]}
RULE: Members = {"kind": KINDS, "least": int, "quorum": str, "silence": SILENCES, "together": bool}
ROUND: Members = {"round": int, "state": STATES, "started": str, "ended": OrNone, "reason": str}
ROUND |= {
    "submitted_by": PERSON,
    "procedure": str,
    "procedure_stages": [RULE],
    "manifest": {"sha256": str, "versions": NAMES, "made": str, "made_by": Maybe(PERSON)},
    "stages": [STAGE],
}
CORRIGENDUM: Members = {"number": int} | dict.fromkeys(
    (
        "section",
        "language",
        "words",
        "before",
        "after",
        "sha256",
        "reason",
        "valid_from",
        "proposed",
        "recorded",
    ),
    str,
)
CORRIGENDUM |= {
    "quote": {"prefix": str, "exact": str, "suffix": str},
    "acts": [ACT | {"corrigendum_sha256": str}],
    "proposed_by": PERSON,
    "recorded_by": PERSON,
}
MEMBERS: Members = {
    "schema": str,
    "instrument": dict.fromkeys(("path", "kind", "owner", "owner_name"), str) | {"titles": NAMES},
    "edition": {
        "number": int,
        "sha256": str,
        "valid_from": OrNone,
        "recorded_as_adopted_before": bool,
        "authentic": [{"language": str, "sha256": str}],
        "followed": [FOLLOWED],
        "courtesy": [FOLLOWED],
    },
    "rounds": [ROUND],
    "acts": [ACT | {"edition_sha256": str, "covers": NAMES}],
    "corrigenda": [CORRIGENDUM],
    "audit": Maybe({"entry": int, "sha256": str}),
    "sha256": str,
}
"""The members of each object, with what each is: a list of one thing, an object (or none), names, one of some words, a value."""
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
    "rounds.manifest.made_by": 3,
}
"""The number of the record under which a member came; the others were there from the first."""
LAST = 3
"""The number under which nothing may be left out: members came while records of an earlier one were filed."""
ONLY_WHERE_IT_WAS = ("rounds.stages.moved_reason",)


def members(record: dict[str, Any]) -> Iterator[str]:
    """Every member that a record of its number does not have, lacks, or has as something else, each once, a line each."""
    number = int(record["schema"].rpartition("/")[2])
    yield from dict.fromkeys(_held(record, MEMBERS, "", number))


def _held(value: Any, known: Any, path: str, number: int) -> Iterator[str]:
    if isinstance(known, Maybe):
        if value is None:
            return
        known = known.members
    if isinstance(known, list) and isinstance(value, list):
        for one in value:
            yield from _held(one, known[0], path, number)
    elif isinstance(known, dict) and isinstance(value, dict):
        yield from _members(value, known, path, number)
    elif not _is(value, known):
        yield f"it has something that is not what it is in kodeks-approval/{number}: {path}"


def _members(value: dict[str, Any], known: dict[Any, Any], path: str, number: int) -> Iterator[str]:
    if known is NAMES:
        for inner in value.values():
            yield from _held(inner, str, path, number)
        return
    for name, inner in value.items():
        place = f"{path}.{name}" if path else name
        if name not in known or SINCE.get(place, 1) > number:
            yield f"it has a member that there is none of in kodeks-approval/{number}: {place}"
        else:
            yield from _held(inner, known[name], place, number)
    for name in known.keys() - value.keys() if number >= LAST else ():
        place = f"{path}.{name}" if path else name
        if place not in ONLY_WHERE_IT_WAS:
            yield f"it lacks a member that belongs to kodeks-approval/{number}: {place}"


def _is(value: Any, known: Any) -> bool:
    """Whether a value is one of the words or of the type. To Python yes and no are numbers; in JSON they are not."""
    if isinstance(known, frozenset):
        return isinstance(value, str) and value in known
    return (
        isinstance(known, type | UnionType)
        and isinstance(value, known)
        and (known is bool or not isinstance(value, bool))
    )
