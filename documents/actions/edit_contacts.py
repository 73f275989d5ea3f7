"""Store the numbers to call for a section. They are in every edition, in no hash, and may change while a text
is in force."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.models import Contact, Edition, Instrument, Section
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


def add_contact(by: User, edition: Edition, uid: str | UUID, data: ContactData) -> Contact:
    """Puts a number last for a section of the edition. Raises ActionError where a value is wrong."""
    require(by, Verb.CALLS, edition)
    instrument = edition.instrument
    values = _checked(instrument, data)
    with transaction.atomic():
        Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
        if not Section.objects.filter(edition=edition, uid=uid).exists():
            raise ActionError(_("This section is no longer in the document."))
        last = Contact.objects.filter(instrument=instrument, uid=uid).order_by("-position").first()
        contact = Contact.objects.create(
            instrument=instrument, uid=uid, position=last.position + 1 if last else 0, **values
        )
        audit.record(
            "add_contact",
            edition,
            by,
            uid=str(uid),
            contact=contact.pk,
        )
    return contact


def change_contact(by: User, edition: Edition, contact: Contact, data: ContactData, expected: str) -> None:
    """Raises ActionError where a value is wrong, or the contact is not the ``expected`` one any more."""
    require(by, Verb.CALLS, edition)
    values = _checked(edition.instrument, data)
    with transaction.atomic():
        locked = _hold(edition, contact, expected)
        changed = sorted(name for name, value in values.items() if getattr(locked, name) != value)
        for name in changed:
            setattr(locked, name, values[name])
        if changed:
            locked.save(update_fields=changed)
            audit.record(
                "change_contact",
                edition,
                by,
                uid=str(locked.uid),
                contact=locked.pk,
                fields=list(changed),
            )


def remove_contact(by: User, edition: Edition, contact: Contact, expected: str) -> None:
    """Raises ActionError where somebody has changed it."""
    require(by, Verb.CALLS, edition)
    with transaction.atomic():
        locked = _hold(edition, contact, expected)
        audit.record("remove_contact", edition, by, uid=str(locked.uid), contact=locked.pk)
        locked.delete()


def _hold(edition: Edition, contact: Contact, expected: str) -> Contact:
    locked = (
        Contact.objects.select_for_update(no_key=True)
        .filter(pk=contact.pk, instrument=edition.instrument_id)
        .first()
    )
    if locked is None or version_of(locked) != expected:
        raise ActionError(_("Someone else has changed this number. You now see the current entry."))
    return locked


def _checked(instrument: Instrument, data: ContactData) -> dict[str, object]:
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
