"""Store the numbers to call for a section. They are in every edition, in no hash, and may change while a text
is in force: then what one coordinator proposes another confirms."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from audit.models import Entry
from audit.trail import thing_name
from documents.actions.audit_payloads import contact_change_hash, contact_payload
from documents.actions.errors import ActionError
from documents.choices import State
from documents.models import Contact, ContactChange, Edition, Instrument, Section
from documents.notifications import tell_of_number
from documents.text import plain_line
from people.access import require
from people.models import User
from people.roles import Verb

NUMBER = re.compile(r"[0-9+*#()/ .\-]{2,40}")
NAME, HOURS = 120, 120


@dataclass(frozen=True)
class ContactData:
    """Who answers and when, by content language; the number as it is read; when it was last tried."""

    names: Mapping[str, str]
    hours: Mapping[str, str]
    number: str
    checked: date


def dialled(number: str) -> str:
    """A number as a telephone takes it: digits, and + * # where they stand."""
    return re.sub(r"[^0-9+*#]", "", number)


def version_of(contact: Contact) -> str:
    """What a form was filled from: another value means that somebody has changed the number."""
    fields = [contact.names, contact.hours, contact.number, contact.checked.isoformat()]
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:16]


def needs_two(instrument: Instrument) -> bool:
    """Whether a second person confirms each change: an edition of the document was submitted or adopted."""
    return instrument.editions.exclude(state__in=(State.DRAFT, State.WITHDRAWN)).exists()


def enter_contact(contact: Contact) -> Contact:
    """Saves a number that counts at once: the demonstration's, and those of tests."""
    with transaction.atomic():
        contact.save()
        audit.record("enter_contact", contact, None, **contact_payload(contact))
    return contact


def add_contact(by: User, edition: Edition, uid: str | UUID, data: ContactData) -> Contact | ContactChange:
    """Puts a number last for a section of the edition, or proposes it. Raises ActionError where a value is
    wrong."""
    require(by, Verb.CALLS, edition)
    values = _checked(edition.instrument, data)
    with transaction.atomic():
        instrument = _hold_instrument(edition)
        if not Section.objects.filter(edition=edition, uid=uid).exists():
            raise ActionError(_("This section is no longer in the document."))
        contact = Contact(instrument=instrument, uid=UUID(str(uid)))
        if needs_two(instrument):
            return _propose(by, edition, contact, values)
        _store(contact, values)
        audit.record("add_contact", contact, by, **contact_payload(contact))
    return contact


def change_contact(
    by: User, edition: Edition, contact: Contact, data: ContactData, expected: str
) -> ContactChange | None:
    """Changes a number, or proposes the change. The date of the last check counts at once. Raises ActionError
    where a value is wrong, or the contact is not the ``expected`` one any more."""
    require(by, Verb.CALLS, edition)
    values = _checked(edition.instrument, data)
    with transaction.atomic():
        instrument = _hold_instrument(edition)
        locked = _hold(edition, contact, expected)
        before = locked.number
        changed = sorted(name for name, value in values.items() if getattr(locked, name) != value)
        if changed == ["checked"]:
            _store(locked, values)
            audit.record("check_contact", locked, by, after=str(locked.checked))
        elif changed and needs_two(instrument):
            return _propose(by, edition, locked, values)
        elif changed:
            _store(locked, values)
            details = contact_payload(locked)
            audit.record("change_contact", locked, by, before=before, fields=changed, **details)
    return None


def remove_contact(by: User, edition: Edition, contact: Contact, expected: str) -> ContactChange | None:
    """Removes a number, or proposes so. Raises ActionError where somebody has changed it."""
    require(by, Verb.CALLS, edition)
    with transaction.atomic():
        instrument = _hold_instrument(edition)
        locked = _hold(edition, contact, expected)
        if needs_two(instrument):
            return _propose(by, edition, locked, {})
        audit.record("remove_contact", locked, by, **contact_payload(locked))
        locked.delete()
    return None


def confirm_contact(by: User, edition: Edition, change: ContactChange) -> None:
    """The second person's word: readers see the change. Raises ActionError for who proposed it, and where it
    was decided or is not in the audit trail."""
    require(by, Verb.CALLS, edition)
    with transaction.atomic():
        instrument = _hold_instrument(edition)
        locked = _undecided(instrument, change)
        if by.pk == locked.proposed_by_id:
            raise ActionError(_("You proposed this. Another coordinator must confirm it."))
        _require_entry(locked)
        contact = locked.contact or Contact(instrument=instrument, uid=locked.uid)
        details = {"proposal": locked.pk, "suggested_by": str(locked.proposed_by.actor)}
        details["proposal_sha256"] = contact_change_hash(locked)
        locked.delete()
        if locked.values:
            before = contact.number
            _store(contact, locked.values | {"checked": date.fromisoformat(locked.values["checked"])})
            audit.record("confirm_contact", contact, by, before=before, **details, **contact_payload(contact))
        else:
            audit.record("remove_contact", contact, by, **details, **contact_payload(contact))
            contact.delete()


def refuse_contact(by: User, edition: Edition, change: ContactChange) -> None:
    """Ends the proposal, also by who made it: the number stays as it was."""
    require(by, Verb.CALLS, edition)
    with transaction.atomic():
        locked = _undecided(_hold_instrument(edition), change)
        number = locked.values.get("number", "")
        audit.record(
            "refuse_contact", locked.instrument, by, uid=str(locked.uid), number=number, proposal=locked.pk
        )
        locked.delete()


def _propose(by: User, edition: Edition, contact: Contact, values: dict[str, Any]) -> ContactChange:
    """Asks the other coordinators; a contact that is not saved yet is a new one."""
    known = contact if contact.pk else None
    change = ContactChange.objects.create(
        instrument_id=contact.instrument_id,
        uid=contact.uid,
        contact=known,
        values=values | {"checked": str(values["checked"])} if values else {},
        proposed_by=by,
    )
    details: dict[str, Any] = {"contact": known.pk, "before": known.number} if known else {}
    details |= {name: values[name] for name in ("number", "tel") if values}
    sha256 = contact_change_hash(change)
    audit.record(
        "propose_contact",
        edition.instrument,
        by,
        uid=str(contact.uid),
        proposal=change.pk,
        proposal_sha256=sha256,
        **details,
    )
    tell_of_number(by, edition, str(contact.uid))
    return change


def _require_entry(change: ContactChange) -> None:
    """Raises ActionError where the audit trail tells of no such proposal, by this person."""
    entry = Entry.objects.filter(
        verb="propose_contact",
        thing=thing_name(change.instrument),
        actor=change.proposed_by.actor,
        refused=False,
        detail__proposal=change.pk,
        detail__proposal_sha256=contact_change_hash(change),
    )
    if not entry.exists():
        raise ActionError(
            _("The audit trail does not show this proposal. Reject it and ask for it to be proposed again."),
            "altered",
        )


def _undecided(instrument: Instrument, change: ContactChange) -> ContactChange:
    waiting = ContactChange.objects.filter(pk=change.pk, instrument=instrument)
    locked = waiting.select_related("contact", "proposed_by", "instrument").first()
    if locked is None:
        raise ActionError(_("This has already been decided."))
    return locked


def _store(contact: Contact, values: Mapping[str, Any]) -> None:
    if not contact.pk:
        last = Contact.objects.filter(instrument=contact.instrument_id, uid=contact.uid)
        position = last.order_by("-position").values_list("position", flat=True).first()
        contact.position = 0 if position is None else position + 1
    for name, value in values.items():
        setattr(contact, name, value)
    contact.save()


def _hold_instrument(edition: Edition) -> Instrument:
    return Instrument.objects.select_for_update(no_key=True).get(pk=edition.instrument_id)


def _hold(edition: Edition, contact: Contact, expected: str) -> Contact:
    locked = (
        Contact.objects.select_for_update(no_key=True)
        .filter(pk=contact.pk, instrument=edition.instrument_id)
        .first()
    )
    if locked is None or version_of(locked) != expected:
        raise ActionError(_("Someone else has changed this number. You now see the current entry."))
    if ContactChange.objects.filter(contact=locked).exists():
        raise ActionError(_("A change of this number waits for a second person. Decide on it first."))
    return locked


def _checked(instrument: Instrument, data: ContactData) -> dict[str, Any]:
    """The values as stored; raises ActionError for the first that is wrong."""
    languages = instrument.languages
    names = {code: plain_line(text)[:NAME] for code, text in data.names.items() if code in languages}
    hours = {code: plain_line(text)[:HOURS] for code, text in data.hours.items() if code in languages}
    if not names.get(instrument.source_language):
        raise ActionError(_("Enter who answers the call, in the drafting language."))
    number = plain_line(data.number)
    if not NUMBER.fullmatch(number) or sum(letter.isdigit() for letter in number) < 2:
        raise ActionError(_("Enter a telephone number. Use only digits, spaces, + and hyphens."))
    if data.checked > timezone.localdate():
        raise ActionError(_("The date of the last check can't be in the future."))
    return {
        "names": {code: text for code, text in names.items() if text},
        "hours": {code: text for code, text in hours.items() if text},
        "number": number,
        "tel": dialled(number),
        "checked": data.checked,
    }
