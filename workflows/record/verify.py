"""Recompute an approval record without a site: hashes, bindings, quorum and order. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from documents.corrigenda.substitution import Correction, NotThere, correct, correction_hash
from documents.text.canonical import edition_hash, sha256_of, text_hash
from workflows.procedures import quorum, steps
from workflows.record.format import EXPORT, KNOWN, SCHEMA, Json, NoRecord, as_bytes, in_order, moment, read

A_MOMENT = timedelta(minutes=5)  # in which a round hashes its text and opens its first step
COORDINATOR = ("coordination", "adoption")  # nobody is asked in these
SIGNING = ("sign_off", "opinion", "translation")  # every procedure has one of these
CARRIED_OVER = (
    "kind",
    "quorum",
    "opened",
    "due",
    "closed",
    "outcome",
)  # of a stage carried over
SINCE = " (was one of them recorded since? Take record and texts on one day)"


def problems(data: bytes, exports: Sequence[bytes] = ()) -> Iterator[str]:
    """Everything that does not hold, a line each. Raises NoRecord for another kind of file."""
    record = read(data, *KNOWN)
    texts = [read(export, EXPORT) for export in exports]
    try:
        if as_bytes(record) != data:
            yield "the file is not byte for byte as Kodeks wrote it"
        if record.get("sha256") != sha256_of({k: v for k, v in record.items() if k != "sha256"}):
            yield "the record was changed: its hash is another one"
        yield from _acts(record)
        yield from _translations(record)
        yield from _rounds(record)
        yield from _corrigenda(record)
        for text in texts:
            yield from _text(record, text)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as problem:
        raise NoRecord(f"lacks something that belongs to it ({problem})") from problem


def adopted(edition: Json) -> list[Json]:
    """The authentic languages that are adopted, by the first acts or by one of their own since."""
    return [*edition["authentic"], *(one for one in edition.get("followed", ()) if one["sha256"])]


def _hash(record: Json, versions: Any) -> str:
    return edition_hash(record["instrument"]["path"], record["edition"]["number"], list(versions))


def _acts(record: Json) -> Iterator[str]:
    edition, acts = record["edition"], record["acts"]
    first = {one["language"]: one["sha256"] for one in edition["authentic"]}
    if _hash(record, first.items()) != edition["sha256"]:
        yield "the edition's hash does not come from its language versions"
    if not acts:
        yield "no act adopted it"
    if record["schema"] == SCHEMA and record["audit"] is None:
        yield "it names no entry of the audit trail"
    covered = {pair for act in acts for pair in (act.get("covers") or {}).items()}
    # No record under the first number says what an act covers.
    wanted = adopted(edition) if record["schema"] != KNOWN[-1] else edition.get("followed", ())
    for one in wanted:
        if one["sha256"] and (one["language"], one["sha256"]) not in covered:
            yield f"no act covers the text in {one['language']}"
    for act in acts:
        yield from _act(edition, first, act)


def _act(edition: Json, first: dict[str, str], act: Json) -> Iterator[str]:
    name, covers = f"the act no. {act['number']}", act.get("covers") or {}
    if act["edition_sha256"] != edition["sha256"]:
        yield f"{name} adopted another text"
    if any(first.get(language, sha256) != sha256 for language, sha256 in covers.items()):
        yield f"{name} covers another text"
    if first.keys() & covers.keys() and (edition["valid_from"] or "") < act["date"]:
        yield f"{name} is of a day after the text came into force"


def _translations(record: Json) -> Iterator[str]:
    """Numbers count from 1; what followed the adoption was checked by a second person."""
    edition = record["edition"]
    numbers: dict[str, int] = {}
    for one in edition["courtesy"]:
        if one["number"] != numbers.get(one["language"], 0) + 1:
            yield f"the text in {one['language']}: {one['number']} is not the next number"
        numbers[one["language"]] = one["number"]
    followed = [one for one in edition.get("followed", ()) if one["sha256"]]
    for one in (*edition["courtesy"], *followed):
        yield from _checks(one, needed=one in followed or one["number"] > 1 or bool(one.get("checks")))


def _checks(one: Json, *, needed: bool) -> Iterator[str]:
    checks, writer = one.get("checks") or [], (one.get("submitted_by") or {}).get("id")
    if not needed or "finished" not in one or not one["sha256"]:
        return
    name = f"the text in {one['language']}, number {one['number']}"
    agreed = [given for given in checks if given["agrees"] and given["sha256"] == one["sha256"]]
    if not any(given["person"]["id"] != writer for given in agreed):
        yield f"{name}: no second person checked it"
    if not one["finished"]:
        yield f"{name}: it was checked, and it does not say when it was finished"
    if not in_order(*(given["at"] for given in checks), one["finished"]):
        yield f"{name}: its checks do not come before its end, one after the other"


def _rounds(record: Json) -> Iterator[str]:
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
    if _hash(record, ((language, versions[language]) for language in languages)) != manifest["sha256"]:
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
    if _hash(record, given["covers"].items()) != given["text_sha256"]:
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


def _corrigenda(record: Json) -> Iterator[str]:
    edition, rounds = record["edition"], record["rounds"]
    adopted = rounds[-1]["ended"] if rounds and not edition["recorded_as_adopted_before"] else None
    texts: dict[tuple[str, str], str] = {}
    before: str | None = None
    # Records under the first number know no corrigenda.
    for place, one in enumerate(record.get("corrigenda", ()), 1):
        name, where = f"corrigendum {one['number']}", (one["section"], one["language"])
        own = correction_hash(
            record["instrument"]["path"], edition["number"], edition["sha256"], _correction(one)
        )
        if own != one["sha256"] or any(act["corrigendum_sha256"] != own for act in one["acts"]):
            yield f"{name}: its hash, or the one that its act adopted, is another one"
        if one["number"] != place or texts.get(where, one["before"]) != one["before"]:
            yield f"{name}: it does not follow the one before it"
        if not one["acts"]:
            yield f"{name}: no act adopted it"
        if one["proposed_by"]["id"] == one["recorded_by"]["id"]:
            yield f"{name}: one person proposed and recorded it"
        if not in_order(adopted, one["proposed"], one["recorded"]) or not in_order(before, one["recorded"]):
            yield f"{name}: its moments do not follow the adoption and each other"
        before, texts[where] = one["recorded"], one["after"]


def _correction(one: Json) -> Correction:
    names = ("language", "words", "before", "after", "number")
    return Correction(uid=one["section"], **one["quote"], **{name: one[name] for name in names})


def _text(record: Json, export: Json) -> Iterator[str]:
    """An exported text has the hashes of the record, and says the same of the edition."""
    version, edition = export["version"], record["edition"]
    name = f"the text in {version['language']}"
    if any(
        export[one][key] != record[one][key] for one, key in (("instrument", "path"), ("edition", "number"))
    ):
        yield f"{name} is of another document or edition"
        return
    own = sha256_of(version)
    listed = [one["sha256"] for one in adopted(edition) if one["language"] == version["language"]]
    courtesy = [one["sha256"] for one in edition["courtesy"] if one["language"] == version["language"]]
    if own not in (listed or courtesy):
        yield f"{name} is not the one that was adopted, or one of its translations"
    if export["version_sha256"] != own or export["edition"]["sha256"] != edition["sha256"]:
        yield f"{name}: a hash that it names is another one"
    yield from _same_edition(name, record, export)
    if listed:
        if version["title"] != record["instrument"]["titles"].get(version["language"], ""):
            yield f"{name}: record and text differ on its title"
        yield from _corrected(name, record, export)


def _same_edition(name: str, record: Json, export: Json) -> Iterator[str]:
    """The versions, acts and corrigenda that a text names are those of the record."""
    edition, corrigenda = record["edition"], record.get("corrigenda", [])
    known = {(one["language"], one["sha256"]) for one in (*adopted(edition), *edition["courtesy"])}
    named = {(one["language"], one["sha256"]) for one in export["versions"]}
    if not named <= known:
        yield f"{name}: it names a language version that the record does not know{SINCE}"
    for what, own, others in (
        ("acts", record["acts"], export["acts"]),
        ("corrigenda", corrigenda, export["corrigenda"]),
    ):
        # Members came while files of an earlier number were written: those that both have are compared.
        pairs = zip(own, others, strict=False)
        if len(own) != len(others) or any(a[key] != b[key] for a, b in pairs for key in a.keys() & b.keys()):
            yield f"{name}: its {what} are not those of the record{SINCE}"


def _corrected(name: str, record: Json, export: Json) -> Iterator[str]:
    """Each corrigendum, put into the text, gives what the file says is read."""
    bodies = {section["uid"]: section["text"] for section in export["version"]["sections"]}
    corrected: dict[str, Any] = {}
    for one in record.get("corrigenda", ()):
        if one["language"] != export["version"]["language"]:
            continue
        uid = one["section"]
        try:
            after = correct(before := bodies[uid], [_correction(one)])
        except (NotThere, KeyError):
            yield f"corrigendum {one['number']}: its words are not in the text"
            continue
        if (text_hash(before), text_hash(after)) != (one["before"], one["after"]):
            yield f"corrigendum {one['number']}: it corrects another text"
        bodies[uid] = corrected[uid] = after
    if corrected != export["corrected"]:
        yield f"{name}: what it gives as corrected is not the text with its corrigenda"
