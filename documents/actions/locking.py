"""Holding an edition while something is done to it, and the one order in which everything in Kodeks is held.

Two who hold things in different orders wait for each other for good, and PostgreSQL ends one of them with
what it did. So whoever needs several takes them in this order, and what is not needed is left out:

1. the edition (:func:`hold`); where another edition of the instrument is changed too, that one after it;
2. the instrument (:func:`hold_instrument`);
3. the review (:func:`workflows.actions.locking.hold_review`), which holds its edition first;
4. a row that is decided about by itself: a membership, a delegate, an invitation, a proposal, a comment;
5. the audit trail (:func:`audit.hold`, or :func:`audit.record`, which does it by itself);
6. what is changed only with the trail in hand, because it hangs on several of the above: grants, the groups
of a person,
   the person asked of a seat and its silence, assignments.

Rows that are only added need no place in it, unless two may add the same one.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from documents.actions.errors import Locked
from documents.actions.restore_translation_sources import forget_changed
from documents.choices import State
from documents.language_versions import writable_after_adoption
from documents.models import Edition, Instrument, SectionChange
from documents.text import text_hash


def hold_draft(edition: Edition, *, alone: bool = True) -> Edition:
    """The edition as it is now, held until the end of the transaction. Raises Locked unless it is a draft.

    ``alone=False`` lets other savers of the same draft work at the same time (FOR SHARE)
    while still keeping out a submission.
    """
    held = hold(edition, alone=alone)
    if held.state != State.DRAFT:
        raise Locked
    return held


def hold_writable(edition: Edition, language: str, *, alone: bool = True) -> Edition:
    """The same for one language: of a draft, or of an adopted edition whose version in that language is
    unfinished. Raises Locked for any other."""
    held = hold(edition, alone=alone)
    if held.state != State.DRAFT and language not in writable_after_adoption(held):
        raise Locked
    return held


def hold(edition: Edition, *, alone: bool = True) -> Edition:
    """The edition as it is now, held until the end of the transaction, whatever its state.

    As everywhere in Kodeks, held FOR NO KEY UPDATE: a row that somebody adds to the edition asks at its
    COMMIT whether the edition is there (FOR KEY SHARE), and by then has the audit trail in hand, for which
    whoever holds the edition waits.
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
    """Holds the instrument too, for what writes to it. Before anything stands in the audit trail, whose
    writers wait for each other: who changes the classification holds the instrument while they wait for the
    trail."""
    Instrument.objects.select_for_update(no_key=True).get(pk=edition.instrument_id)


def log_change(
    edition: Edition,
    uid: str | UUID,
    verb: SectionChange.Verb,
    by: object,
    language: str = "",
    before: object = None,
    after: object = None,
) -> None:
    """A line in the log of changes. Whatever writes an original passes here: see
    :mod:`documents.actions.restore_translation_sources`."""
    if verb == SectionChange.Verb.SAVE and language == edition.instrument.source_language:
        forget_changed(edition, uid, text_hash(after if isinstance(after, dict) else None))
    SectionChange.objects.create(
        edition=edition,
        uid=uid,
        verb=verb,
        actor=getattr(by, "actor", None),
        language=language,
        before=before,
        after=after,
    )
