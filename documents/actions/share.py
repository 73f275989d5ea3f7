"""Name who else reads an instrument, and end it: institutions for TLP:AMBER, people for TLP:RED.

What ends has ended at the next request; the search leaves the text out until its index has caught up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.choices import Classification
from documents.models import Instrument
from documents.signals import access_changed
from people.access import memberships, require
from people.models import Institution, User
from people.roles import Role, Verb


def share(by: User, instrument: Instrument, institutions: Iterable[Institution]) -> list[Institution]:
    """Opens what is in force to the institutions; gives those that could not read it before. Raises
    ActionError unless the document is TLP:AMBER, Http404 where ``by`` may not."""
    with _locked(by, instrument) as locked:
        if locked.classification != Classification.TLP_AMBER:
            raise ActionError(_("Only a TLP:AMBER document can be shared with named institutions."))
        known = set(locked.shared_with.values_list("pk", flat=True)) | {locked.owner_id}
        new = [institution for institution in institutions if institution.pk not in known]
        if new:
            locked.shared_with.add(*new)
            audit.record("share", locked, by, institutions=[institution.key for institution in new])
            access_changed.send(sender=Instrument, instrument=locked, tightened=False)
    return new


def end_sharing(by: User, instrument: Instrument, institution: Institution) -> None:
    """Ends it from their next request on. Raises ActionError where it was not shared."""
    with _locked(by, instrument) as locked:
        if not locked.shared_with.filter(pk=institution.pk).exists():
            raise ActionError(_("The document is no longer shared with this institution."))
        locked.shared_with.remove(institution)
        audit.record("end_sharing", locked, by, institution=institution.key)
        access_changed.send(sender=Instrument, instrument=locked, tightened=True)


def name_reader(by: User, instrument: Instrument, email: str) -> User:
    """Names a person who may read a TLP:RED text. Raises ActionError unless the document is TLP:RED, or where
    nobody who works for an institution has that address."""
    with _locked(by, instrument) as locked:
        if locked.classification != Classification.TLP_RED:
            raise ActionError(_("Only a TLP:RED document can have named readers."))
        person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if person is None or not any(m.role != Role.OPERATOR for m in memberships(person)):
            raise ActionError(_("No user with this e-mail address works for an institution in Kodeks."))
        if not locked.named_readers.filter(pk=person.pk).exists():
            locked.named_readers.add(person)
            audit.record("name_reader", locked, by, to=str(person.actor))
            access_changed.send(sender=Instrument, instrument=locked, tightened=False)
    return person


def end_reader(by: User, instrument: Instrument, person: User) -> None:
    """Ends it for one person. Raises ActionError for the last coordinator among the named readers."""
    with _locked(by, instrument) as locked:
        if not locked.named_readers.filter(pk=person.pk).exists():
            raise ActionError(_("This person is no longer a named reader."))
        left = locked.named_readers.exclude(pk=person.pk)
        if locked.classification == Classification.TLP_RED and not any(
            _coordinates(other, locked) for other in left
        ):
            raise ActionError(
                _(
                    "At least one reader must be a coordinator of the responsible institution, to "
                    "look after the text."
                )
            )
        locked.named_readers.remove(person)
        audit.record("end_reader", locked, by, to=str(person.actor))
        access_changed.send(sender=Instrument, instrument=locked, tightened=True)


def _coordinates(person: User, instrument: Instrument) -> bool:
    return any(
        m.role == Role.COORDINATOR and m.institution_id == instrument.owner_id for m in memberships(person)
    )


@contextmanager
def _locked(by: User, instrument: Instrument) -> Iterator[Instrument]:
    """The instrument, locked for a transaction, for one who may share it. Two at once follow one after
    another, each under the current classification."""
    with transaction.atomic():
        locked = Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
        require(by, Verb.SHARE, locked)
        # Who coordinates without being named must not name themselves.
        red = locked.classification == Classification.TLP_RED
        if red and not locked.named_readers.filter(pk=by.pk).exists():
            raise Http404
        yield locked
