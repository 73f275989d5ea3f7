"""Name who else reads an instrument, and end it: institutions for TLP:AMBER, people for TLP:RED.

In every other classification nobody is named, because being named would open nothing. What ends has ended at
the reader's next request; the search leaves the text out for everybody until the index has caught up
(search.outbox).
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
    with _held(by, instrument) as held:
        if held.classification != Classification.TLP_AMBER:
            raise ActionError(_("Only a document with TLP:AMBER is shared with named institutions."))
        known = set(held.shared_with.values_list("pk", flat=True)) | {held.owner_id}
        new = [institution for institution in institutions if institution.pk not in known]
        if new:
            held.shared_with.add(*new)
            audit.record("share", held, by, institutions=[institution.key for institution in new])
            access_changed.send(sender=Instrument, instrument=held, tightened=False)
    return new


def end_sharing(by: User, instrument: Instrument, institution: Institution) -> None:
    """From their next request on, the institution's people read it no more. Raises ActionError where it was
    not shared."""
    with _held(by, instrument) as held:
        if not held.shared_with.filter(pk=institution.pk).exists():
            raise ActionError(_("The document is not shared with this institution any more."))
        held.shared_with.remove(institution)
        audit.record("end_sharing", held, by, institution=institution.key)
        access_changed.send(sender=Instrument, instrument=held, tightened=True)


def name_reader(by: User, instrument: Instrument, email: str) -> User:
    """Names a person who may read a TLP:RED text. Raises ActionError unless the document is TLP:RED, or where
    nobody who works for an institution has that address."""
    with _held(by, instrument) as held:
        if held.classification != Classification.TLP_RED:
            raise ActionError(_("Only a document with TLP:RED has named readers."))
        person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if person is None or not any(m.role != Role.OPERATOR for m in memberships(person)):
            raise ActionError(_("Nobody with this address works in Kodeks for an institution."))
        if not held.named_readers.filter(pk=person.pk).exists():
            held.named_readers.add(person)
            audit.record("name_reader", held, by, to=str(person.actor))
            access_changed.send(sender=Instrument, instrument=held, tightened=False)
    return person


def end_reader(by: User, instrument: Instrument, person: User) -> None:
    """Ends it for one person. Raises ActionError for the last coordinator among them: nobody could open the
    text again."""
    with _held(by, instrument) as held:
        if not held.named_readers.filter(pk=person.pk).exists():
            raise ActionError(_("This person is no named reader any more."))
        left = held.named_readers.exclude(pk=person.pk)
        if held.classification == Classification.TLP_RED and not any(
            _coordinates(other, held) for other in left
        ):
            raise ActionError(
                _("A coordinator of the owner must stay among the readers: nobody could look after the text.")
            )
        held.named_readers.remove(person)
        audit.record("end_reader", held, by, to=str(person.actor))
        access_changed.send(sender=Instrument, instrument=held, tightened=True)


def _coordinates(person: User, instrument: Instrument) -> bool:
    return any(
        m.role == Role.COORDINATOR and m.institution_id == instrument.owner_id for m in memberships(person)
    )


@contextmanager
def _held(by: User, instrument: Instrument) -> Iterator[Instrument]:
    """The instrument, held for the length of a transaction, for one who may share it: two at once do so one
    after another, and each by the classification that holds then."""
    with transaction.atomic():
        held = Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
        require(by, Verb.SHARE, held)
        # Who coordinates without being named must not name themselves.
        red = held.classification == Classification.TLP_RED
        if red and not held.named_readers.filter(pk=by.pk).exists():
            raise Http404
        yield held
