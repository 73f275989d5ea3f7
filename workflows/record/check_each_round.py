"""Each round of an approval record by itself, those that came to nothing too: part of :mod:`workflows.record.check`, as pure.

A round that was reopened tells what was said of an earlier text, and by whom: it may contradict itself as little as the last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from documents.text.canonical import edition_hash
from workflows.record.check_procedure import moment, name_of
from workflows.rules import quorum

Json = dict[str, Any]
A_MOMENT = timedelta(minutes=5)
"""A round opens its first step, or hashes a text that is locked, in the same breath in which it begins."""
COORDINATOR = ("coordination", "adoption")
"""Stages in which nobody is asked."""
GIVEN_UP = ("voided", "withdrawn", "returned")
"""States of a round after which the next one begins."""


def each(record: Json) -> Iterator[str]:
    """How every round ended, what its stages came to, and to what each answer of it was bound."""
    rounds = record["rounds"]
    recorded = record["edition"]["recorded_as_adopted_before"]
    final = None if recorded else rounds[-1]
    kept = {
        (stage["kept_from"]["round"], stage["kept_from"]["order"])
        for stage in (final["stages"] if final else ())
        if stage["kept_from"]
    }
    # Of a text that was recorded as adopted before the last round may have been returned, and given up later.
    end = moment(final["ended"]) if final else None
    for one in rounds:
        yield from _state(one, last=one is final)
        if [stage["order"] for stage in one["stages"]] != list(range(1, len(one["stages"]) + 1)):
            yield f"round {one['round']}: its stages do not follow each other"
        for stage in one["stages"]:
            name = f"round {one['round']}, {name_of(stage)}"
            yield from _stage(name, one, stage)
            yield from _answers(name, record, one, stage)
            if one is not final:
                yield from _voided(name, stage, counts=(one["round"], stage["order"]) in kept, end=end)


def _state(one: Json, last: bool) -> Iterator[str]:
    name, state = f"round {one['round']}", one["state"]
    if not last and state not in GIVEN_UP:
        yield f"{name}: it was not given up, and the adoption came of no later one"
    stopped = any(stage["outcome"] in ("returned", "failed") for stage in one["stages"])
    if stopped != (state == "returned"):
        yield f"{name}: whether it was returned is not what its stages came to"
    if state in ("voided", "withdrawn") and not one.get("reason", "x").strip():
        yield f"{name}: it does not say why it ended"
    if state in ("done", "running") and one.get("reason"):
        yield f"{name}: it says why it was given up, and was not"
    adoption = [stage["closed"] for stage in one["stages"] if stage["kind"] == "adoption" and stage["closed"]]
    waits = any(rule["kind"] == "adoption" for rule in one["procedure_stages"])
    if state == "done" and adoption != [one["ended"]][: int(waits)]:
        yield f"{name}: it did not end with the adoption"
    began = moment(one["started"])
    opened = [at for stage in one["stages"] if not stage["kept_from"] and (at := moment(stage["opened"]))]
    if began and (not opened or min(opened) > began + A_MOMENT):
        yield f"{name}: its first stage was not opened when it began"


def _stage(name: str, one: Json, stage: Json) -> Iterator[str]:
    """It ended with its round at the latest, asked every institution once, and came to what its answers come to."""
    seats = stage["institutions"]
    begun = [stage["due"], stage["closed"], stage["outcome"], stage.get("moved_reason")]
    begun += [one for seat in seats for one in (seat["silence_taken_as_assent"], *seat["sign_offs"])]
    if not stage["opened"] and any(begun):
        yield f"{name}: it was never opened, and something came of it"
    if bool(stage["closed"]) != bool(stage["outcome"]):
        yield f"{name}: it has an end and no outcome, or an outcome and no end"
    if one["ended"] and stage["opened"] and not stage["closed"]:
        yield f"{name}: it is open, and its round has ended"
    if len({seat["institution"] for seat in seats}) != len(seats):
        yield f"{name}: one institution was asked twice"
    if stage["kind"] in COORDINATOR or stage["kept_from"]:
        if seats:
            yield f"{name}: it asks institutions, and nobody is asked in it"
        return
    if not seats:
        yield f"{name}: nobody was asked"
    elif stage["kind"] != "consultation" and stage["opened"]:
        answers = [
            seat["sign_offs"][-1]["answer"]
            if seat["sign_offs"]
            else ("agree" if seat["silence_taken_as_assent"] else None)
            for seat in seats
        ]
        if stage["outcome"] not in _came_to(stage["quorum"], answers):
            yield f"{name}: it did not come to what its answers come to"
    elif stage["outcome"] in ("returned", "failed"):
        yield f"{name}: a consultation is not returned"


def _came_to(wanted: str, answers: Sequence[str | None]) -> tuple[str, ...]:
    """A stage ends with the answer that decides it; where none has, it is open or was ended from outside."""
    try:
        came_to = quorum.outcome(wanted, answers)
    except ValueError:
        return ()
    return (came_to,) if came_to else ("", "voided")


def _answers(name: str, record: Json, one: Json, stage: Json) -> Iterator[str]:
    """Each was given while its stage was open, and is bound to a text that comes from the language versions that it covers."""
    opened, closed = moment(stage["opened"]), moment(stage["closed"])
    for seat in stage["institutions"]:
        for given in seat["sign_offs"]:
            what = f"{name}: the answer of {seat['institution']}"
            at, voided = moment(given["at"]), moment(given["voided"])
            if at is None or opened is None or at < opened or (closed and at > closed):
                yield f"{what} was given while it was not open"
            if voided and at and voided < at:
                yield f"{what} no longer counted before it was given"
            if (given["instead_of"] or {}).get("id") == given["person"]["id"]:
                yield f"{what} was given by somebody instead of themselves"
            made = edition_hash(
                record["instrument"]["path"], record["edition"]["number"], list(given["covers"].items())
            )
            if made != given["text_sha256"]:
                yield f"{what} covers other language versions than those of its text"
            if stage["locked"] and given["text_sha256"] != one["manifest"]["sha256"]:
                yield f"{what} is bound to another text than was submitted"
        if len(seat["sign_offs"]) > 1:
            yield f"{name}: {seat['institution']} answered more than once"
        # Who was taken as silent may still answer while the stage waits for others.
        silent = moment(seat["silence_taken_as_assent"])
        if silent and any((at := moment(given["at"])) and at < silent for given in seat["sign_offs"]):
            yield f"{name}: {seat['institution']} was taken as silent and had answered"


def _voided(name: str, stage: Json, counts: bool, end: datetime | None) -> Iterator[str]:
    """What was signed of a text that was given up no longer counts, unless the last round keeps the stage. What was said while the
    text was open was bound to none, and stays (workflows.actions.end_review.void)."""
    for seat in stage["institutions"]:
        for given in seat["sign_offs"]:
            if bool(given["voided"]) != (stage["locked"] and not counts):
                yield f"{name}: whether the answer of {seat['institution']} counts is not as the round ended"
            voided = moment(given["voided"])
            if voided and end and voided > end:
                yield f"{name}: the answer of {seat['institution']} no longer counted after the last round had ended"
            if given["voided"] and not given["void_reason"].strip():
                yield f"{name}: it does not say why the answer of {seat['institution']} no longer counts"
