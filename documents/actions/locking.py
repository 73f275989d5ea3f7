"""Locking an edition during an action, and the one order of all locks in Kodeks.

Two transactions that lock objects in different orders would block each other. PostgreSQL ends one of them and
discards its changes. So an action that needs several takes them in this order, and leaves out those not
needed:

1. the edition (:func:`hold`); where another edition of the instrument is changed too, that one after it; 2.
the instrument (:func:`hold_instrument`); 3. the review (:func:`workflows.actions.locking.hold_review`), which
holds its edition first; 4. a row that is decided about by itself: a membership, a delegate, an invitation, a
proposal, a comment; 5. the audit trail (:func:`audit.hold`, or :func:`audit.record`, which does it by
itself); 6. What changes only with the trail locked, because it depends on several of the above. That is:
grants, a person's groups, the person asked of a seat and its silence, assignments.

Rows that are only added need no place in it, unless two may add the same one.
"""

from __future__ import annotations

from django.db import connection, transaction

from documents.actions.errors import Locked
from documents.choices import State
from documents.editions.language_versions import writable_after_adoption
from documents.models import Edition, Instrument


def hold_draft(edition: Edition, *, alone: bool = True) -> Edition:
    """The edition as it is now, locked until the end of the transaction. Raises Locked unless it is a draft.
    ``alone=False`` (FOR SHARE) lets other savers of the same draft work at the same time."""
    locked = hold(edition, alone=alone)
    if locked.state != State.DRAFT:
        raise Locked
    return locked


def hold_writable(edition: Edition, language: str, *, alone: bool = True) -> Edition:
    """The same for one language: of a draft, or unfinished after the adoption. Raises Locked."""
    locked = hold(edition, alone=alone)
    if locked.state != State.DRAFT and language not in writable_after_adoption(locked):
        raise Locked
    return locked


def hold(edition: Edition, *, alone: bool = True) -> Edition:
    """The edition as it is now, locked until the end of the transaction, whatever its state.

    FOR NO KEY UPDATE: a row added to the edition checks at COMMIT whether the edition exists (FOR KEY SHARE).
    By then it has locked the audit trail, for which the edition's holder waits.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("hold() outside of a transaction")
    if alone:
        Edition.objects.select_for_update(of=("self",), no_key=True).get(pk=edition.pk)
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM documents_edition WHERE id = %s FOR SHARE", [edition.pk])
    return Edition.objects.select_related("instrument__owner").get(pk=edition.pk)


def hold_instrument(edition: Edition) -> None:
    """Locks the instrument too, before any entry of the audit trail. A change of the classification locks the
    instrument while it waits for the trail."""
    Instrument.objects.select_for_update(no_key=True).get(pk=edition.instrument_id)
