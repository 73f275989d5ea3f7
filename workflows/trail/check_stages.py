"""Whether the stages of reviews, and whom they ask, are as the audit trail tells: from the trail to the rows and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from audit.models import Entry
from audit.verify import check, last_told, moment_of, other_moment, told
from workflows.choices import Outcome, StageKind
from workflows.models import Seat, Stage
from workflows.trail.audit_payloads import words_hash
from workflows.trail.checks import BEGAN

FURTHEST = timedelta(hours=14)
"""No clock of the world is further from UTC."""


@check
def stages() -> Iterator[str]:
    """Every stage was opened and ended when the trail says so, and came to what it tells; one that is kept from a round before
    is as it was there."""
    opened, ended, adopted = last_told("open_stage"), last_told("end_stage"), last_told("review_done")
    for stage in Stage.objects.select_related("kept").order_by("pk"):
        name = f"stage:{stage.pk}"
        began, end = opened.pop(name, None), ended.pop(name, None)
        if stage.kept is not None:
            if _course(stage) != _course(stage.kept):
                yield f"{name}: it is not as the stage that it keeps from a round before"
            continue
        yield from _opening(name, stage, began)
        if end is None and stage.kind == StageKind.ADOPTION:
            # An adoption ends with the entry that tells of it.
            end = adopted.get(f"review:{stage.review_id}")
        yield from _ending(name, stage, end)
    for name in sorted({*opened, *ended}):
        yield f"{name}: the trail tells of it, and it is gone"


def _course(stage: Stage) -> tuple[Any, ...]:
    return stage.opened, stage.due, stage.closed, stage.outcome


def _opening(name: str, stage: Stage, entry: Entry | None) -> Iterator[str]:
    if entry is None:
        if stage.opened is not None:
            yield f"{name}: it was opened, and the trail does not say so"
    elif stage.opened is None:
        yield f"{name}: the trail tells that it was opened, and it is not"
    elif other_moment(entry, stage.opened):
        yield f"{name}: it was opened at another moment than the trail tells"


def _ending(name: str, stage: Stage, entry: Entry | None) -> Iterator[str]:
    came_to: Any = ""
    if entry is not None:
        came_to = Outcome.PASSED if entry.verb == "review_done" else entry.detail.get("outcome")
    if stage.outcome != came_to:
        yield f"{name}: the trail tells that it ended otherwise"
    if (stage.closed is None) != (entry is None):
        yield f"{name}: whether it has ended is not as the trail says"
    elif entry is not None and other_moment(entry, stage.closed):
        yield f"{name}: it ended at another moment than the trail tells"


@check
def deadlines() -> Iterator[str]:
    """The deadline of every stage is the one with which it was opened, or to which it was moved with a reason."""
    moved = last_told("open_stage", "extend")
    for stage in Stage.objects.filter(kept=None).order_by("pk"):
        entry = moved.get(f"stage:{stage.pk}")
        if not _same_deadline(None if entry is None else entry.detail.get("due"), stage.due):
            yield f"stage:{stage.pk}: its deadline is not the one of which the trail tells"
        # An older Kodeks kept no reason on the stage; and one that names somebody may be taken out.
        if stage.moved_reason and _other_reason(entry, stage.moved_reason):
            yield f"stage:{stage.pk}: why its deadline was moved is not what the trail was told"


def _other_reason(entry: Entry | None, reason: str) -> bool:
    if entry is None or entry.verb != "extend":
        return True
    return entry.detail.get("reason_sha256", now := words_hash(reason)) != now


def _same_deadline(text: Any, due: datetime | None) -> bool:
    if text is None or due is None:
        return text is due
    at = moment_of(text)
    if at is not None:
        return at == due
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    # An older Kodeks told the day to which a deadline was moved: its last second, by the clock that the country had then.
    return abs(due - datetime.combine(day, time(23, 59, 59), tzinfo=UTC)) <= FURTHEST


@check
def seats() -> Iterator[str]:
    """Who answers for an institution is who was asked, or who took over; silence was taken as assent where the trail says so, and
    nowhere else."""
    asked, silent = _asked(), last_told("silent_assent")
    for seat in Seat.objects.select_related("user").order_by("pk"):
        name = f"seat:{seat.pk}"
        person = asked.pop(name, None)
        if person is not None and person != (str(seat.user.actor) if seat.user else ""):
            yield f"{name}: another person is asked than the trail tells"
        entry = silent.pop(name, None)
        if seat.assented is not None and entry is None:
            yield f"{name}: its silence was taken as assent, and the trail does not say so"
        elif seat.assented is None and entry is not None:
            yield f"{name}: the trail tells that its silence was taken as assent, and it is not"
        elif entry is not None and other_moment(entry, seat.assented):
            yield f"{name}: its silence was taken as assent at another moment than the trail tells"
    for name in sorted({*asked, *silent}):
        yield f"{name}: the trail tells of it, and it is gone"


def _asked() -> dict[str, str]:
    """By seat, who answers for it: the opaque id of the person, "" for any reviewer of the institution."""
    asked: dict[str, str] = {}
    for entry in told(*BEGAN, "hand_over_seat"):
        if entry.verb == "hand_over_seat":
            asked[entry.thing] = entry.detail.get("to", "")
            continue
        people = entry.detail.get("asked_people")
        for seat, person in people.items() if isinstance(people, dict) else ():
            asked[f"seat:{seat}"] = person
    return asked
