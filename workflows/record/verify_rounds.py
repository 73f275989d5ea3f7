"""Check the rounds of an approval record: procedure, answers, quorum and order. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from workflows.procedures import quorum, steps
from workflows.record.format import SCHEMA, Json, hash_of, in_order, moment

A_MOMENT = timedelta(minutes=5)  # in which a round hashes its text and opens its first step
COORDINATOR = ("coordination", "adoption")  # nobody is asked in these
SIGNING = ("sign_off", "opinion", "translation")  # every procedure has one of these
CARRIED_OVER = ("kind", "quorum", "opened", "due", "closed", "outcome")
"""What a stage carried over has from the earlier one."""


def round_problems(record: Json) -> Iterator[str]:
    rounds, recorded = record["rounds"], record["edition"]["recorded_as_adopted_before"]
    if not rounds and not recorded:
        yield "it was adopted without a review"
    if [one["round"] for one in rounds] != list(range(1, len(rounds) + 1)):
        yield "its rounds do not follow each other"
        return
    final = rounds[-1] if rounds and not recorded else None
    before: str | None = None
    for one in rounds:
        yield from _manifest(record, one)
        if not in_order(before, one["started"], one["ended"]):
            yield f"round {one['round']}: it does not follow the one before it in time"
        before = one["ended"] or one["started"]
        if one is not final and one["state"] not in ("voided", "withdrawn", "returned"):
            yield f"round {one['round']}: it was not given up, and the adoption came of no later one"
    # Records of an earlier number say too little of the rounds that were given up.
    detailed = rounds if record["schema"] == SCHEMA else rounds[-1:] * (final is not None)
    for one in detailed:
        yield from _procedure(one)
        for stage in one["stages"]:
            yield from _stage(record, one, stage, final)
    if final is not None:
        yield from _final(record, final)


def _manifest(record: Json, one: Json) -> Iterator[str]:
    edition, manifest, name = record["edition"], one["manifest"], f"round {one['round']}"
    languages = [version["language"] for version in (*edition["authentic"], *edition.get("followed", ()))]
    versions = manifest["versions"]
    if hash_of(record, ((language, versions[language]) for language in languages)) != manifest["sha256"]:
        yield f"{name}: the hash of what was submitted does not come from its language versions"
    hashed, started = moment(manifest["made"]), moment(one["started"])
    if not in_order(manifest["made"], one["ended"]) or (hashed and started and hashed < started - A_MOMENT):
        yield f"{name}: what was submitted was hashed before it began, or after its end"
    if one["state"] != "running" and not one["ended"]:
        yield f"{name}: it has ended and does not say when"


def _final(record: Json, last: Json) -> Iterator[str]:
    """The last round passed every stage for the text that was adopted, and ended with the adoption."""
    name, versions = f"round {last['round']}", last["manifest"]["versions"]
    if last["state"] != "done":
        yield f"{name}, the last, was not brought to its end"
    if any(versions.get(one["language"]) != one["sha256"] for one in record["edition"]["authentic"]):
        yield "what was submitted in the last round is another text"
    if not any(stage["kind"] in SIGNING for stage in last["stages"]):
        yield f"{name}: nobody was asked to sign off"
    for stage in last["stages"]:
        if stage["outcome"] != "passed" or not stage["closed"]:
            yield f"{_name(last, stage)}: it was not passed"
    rules = last.get("procedure_stages", ())
    adopts = not rules or any(rule["kind"] == "adoption" for rule in rules)
    adoption = [stage["closed"] for stage in last["stages"] if stage["kind"] == "adoption"]
    if adoption != [last["ended"]] * adopts:
        yield f"{name}: it does not end with an adoption"


def _procedure(one: Json) -> Iterator[str]:
    """The stages are those of the procedure, and each step began when the one before had ended."""
    stages, rules = one["stages"], one.get("procedure_stages")
    if [stage["order"] for stage in stages] != list(range(1, len(stages) + 1)):
        yield f"round {one['round']}: its stages do not follow each other"
    if rules is None:
        return
    if [rule["kind"] for rule in rules] != [stage["kind"] for stage in stages]:
        yield f"round {one['round']}: its stages are not those of its procedure"
        return
    locked, of_step = steps.first_locked(rules), steps.steps(rules)
    ended: dict[int, str | None] = {0: one["started"]}  # by step
    for place, (rule, stage) in enumerate(zip(rules, stages, strict=True)):
        name, step = _name(one, stage), of_step[place]
        if stage["quorum"] != rule["quorum"] or stage["locked"] != (place >= locked):
            yield f"{name}: its quorum, or whether the text was locked, is not as its procedure says"
        if stage["institutions"] and len(stage["institutions"]) < rule["least"]:
            yield f"{name}: fewer institutions were asked than its procedure says"
        if stage["opened"] and not stage["kept_from"] and not in_order(ended.get(step - 1), stage["opened"]):
            yield f"{name}: it was opened before its turn"
        if stage["closed"] and stage["outcome"] == "passed":
            ended[step] = max(filter(None, (ended.get(step), stage["closed"])), key=datetime.fromisoformat)


def _name(one: Json, stage: Json) -> str:
    return f"round {one['round']}, stage {stage['order']} ({stage['name']})"


def _stage(record: Json, one: Json, stage: Json, final: Json | None) -> Iterator[str]:
    """Check the questions, answers and result of one stage of a round."""
    name, seats = _name(one, stage), stage["institutions"]
    if stage["kept_from"]:
        yield from _carried_over(record, one, stage)
        return
    yield from _times(name, one, stage)
    if stage["kind"] in COORDINATOR:
        if seats:
            yield f"{name}: institutions answered in it, and nobody is asked there"
        return
    if not seats:
        yield f"{name}: nobody was asked"
    if len({seat["institution"] for seat in seats}) != len(seats):
        yield f"{name}: one institution has more than one vote"
    yield from _outcome(name, stage)
    yield from _voices(name, one, stage)
    keeping = [later["kept_from"] for later in final["stages"]] if final else []
    place = {"round": one["round"], "order": stage["order"]}
    counts = one is final or place in keeping or not stage["locked"]
    for seat in seats:
        yield from _silence(f"{name}: {seat['institution']}", one, stage, seat)
        for given in seat.get("taken_back", ()):
            what = f"{name}: the answer that {seat['institution']} took back"
            yield from _answer(what, record, one, stage, given)
            if not given["voided"]:
                yield f"{what} still counts"
        for given in seat["sign_offs"]:
            yield from _answer(f"{name}: the answer of {seat['institution']}", record, one, stage, given)
            if bool(given["voided"]) == counts:
                yield f"{name}: whether the answer of {seat['institution']} counts is not as the round ended"


def _times(name: str, one: Json, stage: Json) -> Iterator[str]:
    # What ran beside a stage that was returned is ended after it.
    end = None if one["state"] == "returned" else one["ended"]
    if not in_order(stage["opened"], stage["closed"], end):
        yield f"{name}: it ended before it was opened, or after its round"
    if not in_order(stage["opened"], stage["due"]) or (stage["opened"] and not stage["due"]):
        yield f"{name}: it has no deadline, or one before it was opened"


def _outcome(name: str, stage: Json) -> Iterator[str]:
    """A stage ended as its answers decide; a consultation ends with its deadline."""
    seats = stage["institutions"]
    quorum.check(stage["quorum"])
    if stage["kind"] == "consultation" or not stage["opened"]:
        return
    answers = [
        seat["sign_offs"][-1]["answer"]
        if seat["sign_offs"]
        else ("agree" if seat["silence_taken_as_assent"] else None)
        for seat in seats
    ]
    outcome = quorum.outcome(stage["quorum"], answers) if seats else ""
    if stage["outcome"] != outcome and not (not outcome and stage["outcome"] in ("", "voided")):
        yield f"{name}: its answers do not come to its quorum and outcome"


def _voices(name: str, one: Json, stage: Json) -> Iterator[str]:
    """Each institution answers once, by nobody who submitted the text or answered for another."""
    submitters = {one["submitted_by"]["id"]}
    locked_by = one["manifest"].get("made_by")
    if locked_by and (stage["locked"] or stage["kind"] != "consultation"):
        submitters.add(locked_by["id"])
    spoken: set[str] = set()
    for seat in stage["institutions"]:
        if len(seat["sign_offs"]) > 1:
            yield f"{name}: {seat['institution']} has more than one vote"
        people = {
            by["id"] for given in seat["sign_offs"] for by in (given["person"], given["instead_of"]) if by
        }
        if people & submitters:
            yield f"{name}: {seat['institution']} was answered for by who submitted the text"
        if people & spoken:
            yield f"{name}: one person answered for {seat['institution']} and for another institution"
        spoken |= people


def _answer(what: str, record: Json, one: Json, stage: Json, given: Json) -> Iterator[str]:
    """An answer was given while its stage was open, on the text that it covers."""
    end = stage["closed"] or one["ended"]
    if not stage["opened"] or not in_order(stage["opened"], given["at"], end):
        yield f"{what} was given while it was not open"
    if not in_order(given["at"], given["voided"]):
        yield f"{what} no longer counted before it was given"
    if hash_of(record, given["covers"].items()) != given["text_sha256"]:
        yield f"{what} covers other language versions than those of its text"
    if stage["locked"] and given["text_sha256"] != one["manifest"]["sha256"]:
        yield f"{what} is bound to another text than was submitted"
    if given["answer"] != "agree" and not given["reason"].strip():
        yield f"{what} has no reason"


def _silence(what: str, one: Json, stage: Json, seat: Json) -> Iterator[str]:
    """Silence is assent where the procedure says so, between the deadline and the end of the stage."""
    at = seat["silence_taken_as_assent"]
    if not at:
        return
    rules = one.get("procedure_stages")
    if rules is not None and rules[stage["order"] - 1]["silence"] != "assent":
        yield f"{what} was taken as silent, and its procedure takes no silence as assent"
    # A deadline that was moved since may have passed before it was.
    start = stage["opened"] if stage.get("moved_reason") else stage["due"]
    if not start or not in_order(start, at, stage["closed"] or one["ended"]):
        yield f"{what} was taken as silent before its deadline, or after it had ended"


def _carried_over(record: Json, one: Json, stage: Json) -> Iterator[str]:
    """Check that a stage carried over passed in an earlier round, and that nobody who submitted this one
    answered it."""
    name, place = _name(one, stage), stage["kept_from"]
    earlier = [known for known in record["rounds"] if known["round"] == place["round"] < one["round"]]
    found = [source for known in earlier for source in known["stages"] if source["order"] == place["order"]]
    if not found or found[0]["kept_from"] or place["order"] != stage["order"] or stage["institutions"]:
        yield f"{name}: it is kept from a stage that it can't be kept from"
        return
    source = found[0]
    if any(source[key] != stage[key] for key in CARRIED_OVER):
        yield f"{name}: it is not the stage that it is kept from"
    in_time = source["closed"] and in_order(
        earlier[0]["started"], source["opened"], source["closed"], one["started"]
    )
    if source["outcome"] != "passed" or not in_time:
        yield f"{name}: it is kept from a stage that had not been passed"
    yield from _voices(name, one, source | {"locked": stage["locked"]})
