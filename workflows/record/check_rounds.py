"""The rounds of an approval record, held against the text that was adopted: part of :mod:`workflows.record.check`, as pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import timedelta
from typing import Any

from documents.text.canonical import edition_hash
from workflows.record.check_each_round import A_MOMENT, COORDINATOR, each
from workflows.record.check_kept import kept_in
from workflows.record.check_procedure import moment, name_of, procedure, silence
from workflows.rules import quorum

SIGNING = ("sign_off", "opinion", "translation")
"""Of these every procedure has one (workflows.models.procedures)."""
BOUND = ("sign_off", "translation")
"""Stages from which on the text is locked; an opinion before them is given while it may still change."""
NOTHING = timedelta(0)
Json = dict[str, Any]


def rounds(record: Json, with_procedure: bool) -> Iterator[str]:
    """``with_procedure``: its rounds carry what their procedures say of each stage (:mod:`workflows.record.check_procedure`)."""
    rounds = record["rounds"]
    if not rounds:
        if not record["edition"]["recorded_as_adopted_before"]:
            yield "it was adopted without a review"
        return
    stages = {(one["round"], stage["order"]): stage for one in rounds for stage in one["stages"]}
    if [one["round"] for one in rounds] != list(range(1, len(rounds) + 1)):
        yield "its rounds do not follow each other"
    made: dict[str, set[str]] = {}
    for one in rounds:
        yield from _manifest(record, one)
        yield from _ended(one)
        if with_procedure:
            if one["manifest"]["made_by"] is None and any(stage["locked"] for stage in one["stages"]):
                yield f"round {one['round']}: it does not say who submitted its text"
            by = made.setdefault(one["manifest"]["sha256"], set())
            by |= {one["submitted_by"]["id"], (one["manifest"]["made_by"] or one["submitted_by"])["id"]}
            yield from _by_who_submitted(one, stages, by)
    yield from _in_turn(rounds)
    if with_procedure:
        yield from each(record)
        for one in rounds:
            final = one is rounds[-1] and not record["edition"]["recorded_as_adopted_before"]
            yield from procedure(one, last=final)
    if record["edition"]["recorded_as_adopted_before"]:
        return  # two people recorded it; a round of it that was withdrawn before decided nothing
    last = max(rounds, key=lambda one: int(one["round"]))
    if last["state"] != "done":
        yield f"round {last['round']}, the last, was not brought to its end"
    versions = last["manifest"]["versions"]
    if any(versions.get(one["language"]) != one["sha256"] for one in record["edition"]["authentic"]):
        yield "what was submitted in the last round is another text"
    yield from _order(last)
    rules = {
        (one["round"], n): rule for one in rounds for n, rule in enumerate(one.get("procedure_stages", ()), 1)
    }
    for stage in last["stages"]:
        place = (last["round"], stage["order"])
        if stage["kept_from"]:
            kept = kept_in(last, stage, {one["round"]: one for one in rounds})
            yield from kept.problems
            place = kept.place or place
        asked = stages[place]
        yield from _stage(last["manifest"], record, stage, asked)
        yield from silence(name_of(stage), asked, rules.get(place) if with_procedure else None)


def _given(one: Json) -> Iterator[tuple[Json, Json]]:
    """Every seat of a round with each answer of it."""
    for stage in one["stages"]:
        for seat in stage["institutions"]:
            for given in seat["sign_offs"]:
                yield seat, given


def _ended(one: Json) -> Iterator[str]:
    """Nobody answers in a round that has ended."""
    ended = moment(one["ended"])
    for seat, given in _given(one):
        at = moment(given["at"])
        if ended and at and at > ended:
            yield f"round {one['round']}: {seat['institution']} answered after its end"
        if given["void_reason"] and not given["voided"]:
            yield f"round {one['round']}: the answer of {seat['institution']} counts, and a reason says why it does not"
        if given["answer"] != "agree" and not given["reason"].strip():
            yield f"round {one['round']}: {seat['institution']} answered without the reason that belongs to it"
    for stage in one["stages"]:
        closed = moment(stage["closed"])
        # What ran beside the stage that was returned is ended after it, and the round ends with the return.
        beside = one["state"] == "returned" and stage["outcome"] == "voided"
        if ended and closed and closed > ended + (A_MOMENT if beside else NOTHING):
            yield f"{name_of(stage)}: it ended after its round"


def _in_turn(rounds: Sequence[Json]) -> Iterator[str]:
    """A round begins when the one before it has ended, and what was submitted in it was hashed before its end."""
    before = None
    for one in rounds:
        started, ended = moment(one["started"]), moment(one["ended"])
        if one["state"] != "running" and ended is None:
            yield f"round {one['round']}: it has ended and does not say when"
        if started is None or (before and started < before) or (ended and ended < started):
            yield f"round {one['round']}: it does not follow the one before it in time, or ended before it began"
        made = moment(one["manifest"]["made"])
        if made is None or (ended and made > ended):
            yield f"round {one['round']}: what was submitted was hashed after its end"
        elif started and made < started - A_MOMENT:
            yield f"round {one['round']}: what was submitted was hashed before it began"
        before = ended or started


def _by_who_submitted(one: Json, stages: Mapping[tuple[int, int], Json], made: Set[str]) -> Iterator[str]:
    """Who submits a text signs it off for nobody, not through a delegate either; nor has their answer of a round before been kept.
    ``stages``: those of every round, by round and order; ``made``: who submitted the same text, in this round or one before."""
    began, locked = one["submitted_by"]["id"], one["manifest"]["made_by"]
    for stage in one["stages"]:
        submitters = {began}
        if stage["locked"]:
            submitters |= made
        elif stage["kind"] != "consultation" and locked:  # what is said in a consultation approves nothing
            submitters.add(locked["id"])
        kept = stage["kept_from"]
        asked = stages.get((kept["round"], kept["order"])) if kept else None
        for seat in (*stage["institutions"], *(asked["institutions"] if asked else ())):
            for given in seat["sign_offs"]:
                if submitters & {given["person"]["id"], (given["instead_of"] or {}).get("id")}:
                    yield f"round {one['round']}: {seat['institution']} was answered for by who submitted the text"


def _order(last: Json) -> Iterator[str]:
    """The stages of the last round stand in their order, the text stays locked once it is, and the adoption ends them."""
    stages = last["stages"]
    if [stage["order"] for stage in stages] != list(range(1, len(stages) + 1)):
        yield f"round {last['round']}: its stages do not follow each other"
    locked = False
    for stage in stages:
        bound = locked or stage["kind"] in BOUND
        locked = stage["locked"]
        if bound and not locked:
            yield f"{name_of(stage)}: it was not bound to the text"
    if not any(stage["kind"] in SIGNING for stage in stages):
        yield f"round {last['round']}: nobody was asked to sign off"
    end = stages[-1] if stages else None
    rules = last.get("procedure_stages", ())
    if rules and all(rule["kind"] != "adoption" for rule in rules):
        return  # a procedure may leave the adoption to no stage (workflows.models.procedures)
    if end is None or end["kind"] != "adoption" or end["outcome"] != "passed" or not end["closed"]:
        yield f"round {last['round']}: it does not end with an adoption"


def _manifest(record: Json, one: Json) -> Iterator[str]:
    languages = _all_authentic(record["edition"])
    versions = one["manifest"]["versions"]
    made = edition_hash(
        record["instrument"]["path"],
        record["edition"]["number"],
        [(language, versions[language]) for language in languages],
    )
    if made != one["manifest"]["sha256"]:
        yield f"round {one['round']}: the hash of what was submitted does not come from its language versions"


def _stage(manifest: Json, record: Json, stage: Json, asked: Json) -> Iterator[str]:
    name = name_of(stage)
    if stage["kind"] in COORDINATOR:
        if asked["institutions"]:
            yield f"{name}: institutions answered in it, and nobody is asked there"
        return
    try:
        quorum.check(asked["quorum"], len(asked["institutions"]))
    except ValueError:
        yield f"{name}: so many institutions can't come to its quorum"
    if not asked["institutions"]:
        yield f"{name}: nobody was asked"
    yield from _one_voice(name, asked)
    answers: list[str | None] = []
    voters: set[str] = set()
    for seat in asked["institutions"]:
        counting = [given for given in seat["sign_offs"] if given["voided"] is None]
        if len(counting) > 1 or seat["institution"] in voters:
            yield f"{name}: {seat['institution']} has more than one vote"
        voters.add(seat["institution"])
        for given in seat["sign_offs"]:
            yield from _in_time(name, seat, given, asked)
        for given in counting:
            if stage["locked"]:
                yield from _bound(manifest, record, name, seat, given)
        if len(counting) < len(seat["sign_offs"]):
            yield f"{name}: an answer of {seat['institution']} counts no longer, and in the last round none was voided"
        answers.append(_answer(stage, seat, counting))
    passed = quorum.outcome(asked["quorum"], answers) == "passed"
    if stage["outcome"] != "passed" or not stage["closed"]:
        yield f"{name}: it was not passed"
    elif not passed and not (stage["kind"] == "consultation" and stage["closed"]):
        # A consultation ends with its deadline, whoever has answered.
        yield f"{name}: its answers do not come to its quorum"


def _one_voice(name: str, asked: Json) -> Iterator[str]:
    """One person speaks for one institution in a stage: else a quorum of several would be the word of one."""
    spoken: set[str] = set()
    for seat in asked["institutions"]:
        counting = [given for given in seat["sign_offs"] if given["voided"] is None]
        # What a delegate says is the word of who was asked too.
        people = {one["id"] for given in counting for one in (given["person"], given["instead_of"]) if one}
        if people & spoken:
            yield f"{name}: one person answered for {seat['institution']} and for another institution"
        spoken |= people


def _in_time(name: str, seat: Json, given: Json, asked: Json) -> Iterator[str]:
    """An answer is given while its stage is open, and silence is taken only where there was none."""
    at, opened, closed = (moment(value) for value in (given["at"], asked["opened"], asked["closed"]))
    if at is None or (opened and at < opened) or (closed and at > closed):
        yield f"{name}: {seat['institution']} answered while it was not open"
    voided = moment(given["voided"])
    if voided and at and voided < at:
        yield f"{name}: the answer of {seat['institution']} no longer counted before it was given"
    silent = moment(seat["silence_taken_as_assent"])
    if silent and at and at < silent and given["voided"] is None:
        yield f"{name}: {seat['institution']} was taken as silent and had answered"


def _answer(stage: Json, seat: Json, counting: Sequence[Json]) -> str | None:
    if not counting:
        return "agree" if seat["silence_taken_as_assent"] else None
    return "agree" if stage["kind"] == "consultation" else str(counting[0]["answer"])


def _bound(manifest: Json, record: Json, name: str, seat: Json, given: Json) -> Iterator[str]:
    if given["text_sha256"] != manifest["sha256"]:
        yield f"{name}: {seat['institution']} signed another text"
    covers = {language: manifest["versions"][language] for language in _all_authentic(record["edition"])}
    if given["covers"] != covers:
        yield f"{name}: the sign-off of {seat['institution']} covers other language versions"


def _all_authentic(edition: Json) -> list[str]:
    """Every authentic language, those whose act is still to come too: what was submitted and signed covers them all."""
    return [one["language"] for one in (*edition["authentic"], *edition.get("followed", ()))]
