"""Whether what is kept for good is there, and made and decided by whom the audit trail tells: documents and their editions,
acts, corrigenda, who else reads a text, and the numbers to call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from audit.models import Entry
from audit.verify import check, last_told, moment_of, other_moment, told
from documents.choices import Classification, State
from documents.models import (
    AdoptionAct,
    Contact,
    Corrigendum,
    CorrigendumAct,
    Edition,
    Instrument,
)
from documents.trail.audit_payloads import about_hash, contact_hash, instrument_hash
from documents.trail.check_states import ADOPTING, AFTER


@check
def instruments() -> Iterator[str]:
    """Every document that was entered is there, at its address, with its owner and languages."""
    entered = last_told("create")
    for instrument in Instrument.objects.order_by("pk"):
        name = f"instrument:{instrument.pk}"
        entry = entered.pop(name, None)
        if entry is None:
            continue
        if entry.detail.get("address", instrument.path) != instrument.path:
            yield f"{name}: it has another address than the trail tells"
        if entry.detail.get("instrument_sha256", now := instrument_hash(instrument)) != now:
            yield f"{name}: its owner or its languages are not those with which it was entered"
        if entry.detail.get("about_sha256", now := about_hash(instrument)) != now:
            yield f"{name}: its kind, level or topics are not those with which it was entered"
        if entry.detail.get("demonstration", instrument.demonstration) != instrument.demonstration:
            yield f"{name}: whether it is a demonstration is not as the trail says"
    for name in entered:
        yield f"{name}: the trail tells of it, and it is gone"


@check
def titles() -> Iterator[str]:
    """A document is called as its edition in force is."""
    for edition in Edition.objects.filter(state=State.IN_FORCE).select_related("instrument").order_by("pk"):
        instrument = edition.instrument
        for language in instrument.languages:
            name = f"title_{language}"
            if (getattr(instrument, name) or "") != (getattr(edition, name) or ""):
                yield f"instrument:{instrument.pk}: its title in {language} is not that of its edition in force"


@check
def editions() -> Iterator[str]:
    """Every edition that was submitted or adopted is there, follows the one that the trail tells, and is marked as adopted before
    Kodeks where it was."""
    entered = last_told("create")
    moved, adopting, started = last_told(*AFTER), last_told(*ADOPTING), last_told("start_revision")
    for edition in Edition.objects.select_related("created_by").order_by("pk"):
        name = f"edition:{edition.pk}"
        moved.pop(name, None)
        entry, begun = adopting.get(name), started.get(name)
        if edition.recorded != (entry is not None and entry.verb == "confirm_prior"):
            yield f"{name}: whether it was adopted before Kodeks is not as the trail says"
        if edition.supersedes_id != (None if begun is None else begun.detail.get("of")):
            yield f"{name}: it follows another edition than the trail tells"
        if begun is None and edition.number == 1:
            begun = entered.get(f"instrument:{edition.instrument_id}")
        if begun is not None and (edition.created_by is None or begun.actor != edition.created_by.actor):
            yield f"{name}: another person started it than the trail tells"
    for name in moved:
        yield f"{name}: the trail tells of it, and it is gone"


@check
def acts_recorded() -> Iterator[str]:
    """Every act was recorded by whom and when the trail tells."""
    acts = AdoptionAct.objects.select_related("recorded_by").order_by("pk")
    of_edition = [(f"edition:{act.edition_id}", act, act.recorded) for act in acts]
    yield from _recorded("adoptionact", told(*ADOPTING, "adopt_language"), of_edition)
    mending = CorrigendumAct.objects.select_related("recorded_by").order_by("pk")
    of_corrigendum = [(f"corrigendum:{act.corrigendum_id}", act, act.recorded_at) for act in mending]
    yield from _recorded("corrigendumact", told("record_corrigendum"), of_corrigendum)


def _recorded(kind: str, entries: list[Entry], acts: list[tuple[str, Any, Any]]) -> Iterator[str]:
    people: dict[str, set[Any]] = defaultdict(set)
    moments: dict[str, list[Any] | None] = {}
    for entry in entries:
        people[entry.thing].add(entry.actor)
        now, before = entry.detail.get("acts_recorded"), moments.get(entry.thing, [])
        # What an older Kodeks recorded of the same text has no moment to compare with.
        moments[entry.thing] = (
            None if before is None or not isinstance(now, list) else before + [moment_of(at) for at in now]
        )
    for thing, act, at in acts:
        known = people.get(thing)
        if known and (act.recorded_by is None or act.recorded_by.actor not in known):
            yield f"{kind}:{act.pk}: another person recorded it than the trail tells"
        when = moments.get(thing)
        if when is not None and at not in when:
            yield f"{kind}:{act.pk}: it was recorded at another moment than the trail tells"


@check
def corrigenda_decided() -> Iterator[str]:
    """Every corrigendum was proposed, taken back and recorded by whom and when the trail tells, under its number; none is gone or
    was added."""
    verbs = {
        "proposed": "propose_corrigendum",
        "withdrawn": "withdraw_corrigendum",
        "recorded": "record_corrigendum",
    }
    by_verb = {step: last_told(verb) for step, verb in verbs.items()}
    there = Corrigendum.objects.select_related("proposed_by", "withdrawn_by", "recorded_by").order_by("pk")
    known = set()
    for one in there:
        name = f"corrigendum:{one.pk}"
        known.add(name)
        for step, entries in by_verb.items():
            entry, at, by = entries.get(name), getattr(one, step), getattr(one, f"{step}_by")
            if (entry is None) != (at is None):
                yield f"{name}: whether it was {step} is not as the trail says"
            elif entry is None and by is not None:
                yield f"{name}: somebody has {step} it, and the trail does not say so"
            elif entry is not None and (by is None or by.actor != entry.actor or other_moment(entry, at)):
                yield f"{name}: by whom or when it was {step} is not as the trail says"
        recorded = by_verb["recorded"].get(name)
        if recorded is not None and recorded.detail.get("number", one.number) != one.number:
            yield f"{name}: it has another number than the trail tells"
    for name in sorted({name for entries in by_verb.values() for name in entries} - known):
        yield f"{name}: the trail tells of it, and it is gone"


@check
def readers() -> Iterator[str]:
    """Nobody reads a text by name but those of whom the trail tells; nor does an institution. Documents that an older Kodeks
    entered are left out: it told less of them."""
    shared: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    strict = set()
    for entry in told("create", "classify", "share", "end_sharing", "name_reader", "end_reader"):
        detail, thing = entry.detail, entry.thing
        if entry.verb == "create" and "instrument_sha256" in detail:
            strict.add(thing)
        if Classification.TLP_RED in (detail.get("classification"), detail.get("after")):
            named[thing].add(str(entry.actor))
        if entry.verb == "share" and isinstance(detail.get("institutions"), list):
            shared[thing] |= {str(key) for key in detail["institutions"]}
        elif entry.verb == "end_sharing":
            shared[thing].discard(str(detail.get("institution")))
        elif entry.verb == "name_reader":
            named[thing].add(str(detail.get("to")))
        elif entry.verb == "end_reader":
            named[thing].discard(str(detail.get("to")))
    kept = Instrument.objects.prefetch_related("shared_with", "named_readers").order_by("pk")
    for instrument in kept:
        name = f"instrument:{instrument.pk}"
        if name in strict:
            if {one.key for one in instrument.shared_with.all()} != shared[name]:
                yield f"{name}: it is shared with other institutions than the trail tells"
            if {str(one.actor) for one in instrument.named_readers.all()} != named[name]:
                yield f"{name}: its named readers are not those of whom the trail tells"


@check
def contacts() -> Iterator[str]:
    """Every number to call is the one that was kept, and none is gone. In an older Kodeks the trail had no hash of it."""
    last: dict[int, Entry] = {}
    for entry in told("add_contact", "change_contact", "remove_contact"):
        if isinstance(pk := entry.detail.get("contact"), int):
            last[pk] = entry
    first = min((pk for pk, entry in last.items() if "contact_sha256" in entry.detail), default=None)
    for contact in Contact.objects.order_by("pk"):
        found = last.pop(contact.pk, None)
        if found is None or found.verb == "remove_contact":
            if found is not None or (first is not None and contact.pk > first):
                yield f"contact:{contact.pk}: the trail does not know it"
        elif found.detail.get("contact_sha256", now := contact_hash(contact)) != now:
            yield f"contact:{contact.pk}: it is not the number that was kept"
    for pk, entry in last.items():
        if entry.verb != "remove_contact":
            yield f"contact:{pk}: the trail tells of it, and it is gone"
