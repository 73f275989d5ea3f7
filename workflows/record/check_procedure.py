"""The stages of a round, held against the procedure that the record carries, and silence against what it says there: part of
:mod:`workflows.record.check`, as pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from workflows.rules import steps

Json = dict[str, Any]


def name_of(stage: Json) -> str:
    """A stage in a line that says what is wrong with it."""
    return f"stage {stage['order']} ({stage['name']})"


def moment(value: str | None) -> datetime | None:
    """A moment of a record. Raises ValueError for what is none."""
    return datetime.fromisoformat(value) if value else None


def procedure(one: Json, last: bool) -> Iterator[str]:
    """The stages of a round (``last``: of the one that ended with the adoption, so that each was opened) are those of its procedure, each of its kind, with its quorum, locked from where the procedure locks
    the text; at least as many were asked as it says, and each step began when the one before it had ended."""
    rules, stages = one["procedure_stages"], one["stages"]
    if [rule["kind"] for rule in rules] != [stage["kind"] for stage in stages]:
        yield f"round {one['round']}: its stages are not those of its procedure"
        return
    locked, of_step = steps.first_locked(rules), steps.steps(rules)
    ended: dict[int, datetime] = {}
    began = moment(one["started"])
    for place, (rule, stage) in enumerate(zip(rules, stages, strict=True)):
        name = name_of(stage)
        if stage["quorum"] != rule["quorum"]:
            yield f"{name}: its quorum is not the one of its procedure"
        beside = rules[place - 1]["kind"] if place else "adoption"
        if rule["together"] and {beside, rule["kind"]} & {"coordination", "adoption"}:
            yield f"{name}: it can't run together with the stage before it"
        if stage["locked"] != (place >= locked):
            yield f"{name}: whether the text was locked is not as its procedure says"
        if not stage["kept_from"] and stage["institutions"] and len(stage["institutions"]) < rule["least"]:
            yield f"{name}: fewer institutions were asked than its procedure says"
        opened, closed = moment(stage["opened"]), moment(stage["closed"])
        due = moment(stage["due"])
        if opened and not due:
            yield f"{name}: it has no deadline"
        if due and opened and due < opened:
            yield f"{name}: its deadline was over before it was opened"
        before = ended.get(of_step[place] - 1)
        if opened is None:
            if last or closed is not None:
                yield f"{name}: it was opened before its turn, or never"
            continue
        waited = of_step[place] == 1 or of_step[place] - 1 in ended
        if not waited or (closed is not None and closed < opened) or (before and opened < before):
            yield f"{name}: it was opened before its turn, or never"
        elif not stage["kept_from"] and began is not None and opened < began:
            yield f"{name}: it was opened before its round began"
        if closed is not None and stage["outcome"] == "passed":
            ended[of_step[place]] = max(closed, ended.get(of_step[place], closed))


def silence(name: str, asked: Json, rule: Json | None) -> Iterator[str]:
    """Silence is assent only where the procedure says so (``rule``: what it says of the stage, None where the record has no
    procedure), not before the deadline, and not once the stage had ended."""
    opened, due, closed = (moment(asked[key]) for key in ("opened", "due", "closed"))
    for seat in asked["institutions"]:
        at = moment(seat["silence_taken_as_assent"])
        if at is None:
            continue
        what = f"{name}: {seat['institution']} was taken as silent"
        if rule is not None and rule["silence"] != "assent":
            yield f"{what}, and its procedure takes no silence as assent"
        # A deadline that was moved since may have passed before it was.
        if opened is None or due is None or at < (opened if asked.get("moved_reason") else due):
            yield f"{what} before its deadline"
        if closed is not None and at > closed:
            yield f"{what} after it had ended"
