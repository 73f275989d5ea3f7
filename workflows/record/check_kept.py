"""A stage that a round keeps from a round before, held against the stage in which it was asked: part of
:mod:`workflows.record.check`, as pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.record.check_procedure import moment, name_of

Json = dict[str, Any]
SAME = ("kind", "quorum", "opened", "due", "closed", "outcome")
"""What a stage that is kept has from the one that it is kept from (workflows.actions.start_review.lay_out)."""


@dataclass
class Kept:
    """Where a kept stage was asked, by round and order (None: nowhere that can be), and what is wrong with it."""

    place: tuple[int, int] | None = None
    problems: list[str] = field(default_factory=list)


def kept_in(last: Json, stage: Json, rounds: Mapping[int, Json]) -> Kept:
    """It was asked in a round before, in the same place, and passed there before the round that keeps it began; it asks nobody of
    its own. How many must at least be asked the procedure of the round that keeps it says (no record before the third number
    has one)."""
    place = stage["kept_from"]["round"], stage["kept_from"]["order"]
    name = name_of(stage)
    found = Kept()
    if stage["institutions"]:
        found.problems.append(f"{name}: it is kept, and asks institutions of its own")
    before = rounds.get(place[0]) if place[0] < last["round"] else None
    asked = next((one for one in before["stages"] if one["order"] == place[1]), None) if before else None
    if before is None or asked is None or asked["kept_from"] or place[1] != stage["order"]:
        found.problems.append(f"{name}: it is kept from a stage that it can't be kept from")
        return found
    if any(asked[key] != stage[key] for key in SAME):
        found.problems.append(f"{name}: it is not the stage that it is kept from")
    closed, began, opened = moment(asked["closed"]), moment(last["started"]), moment(asked["opened"])
    if asked["outcome"] != "passed" or closed is None or (began and closed > began):
        found.problems.append(f"{name}: it is kept from a stage that had not been passed")
    of = moment(before["started"])
    if opened is None or of is None or opened < of:
        found.problems.append(f"{name}: it is kept from a stage that was opened before its round began")
    rules = last.get("procedure_stages", ())
    least = rules[stage["order"] - 1]["least"] if stage["order"] <= len(rules) else 0
    if asked["institutions"] and len(asked["institutions"]) < least:
        found.problems.append(f"{name}: fewer institutions were asked than its procedure says")
    found.place = place
    return found
