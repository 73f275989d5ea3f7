"""Change who may read an instrument. Tightening holds at once; opening it up takes a second person."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.actions.check_proposal import check_proposed
from documents.actions.errors import ActionError
from documents.actions.publish_redaction import published
from documents.choices import Classification, opens
from documents.models import ClassificationProposal, Instrument
from documents.models.instruments import OPEN_TO_ALL
from documents.signals import access_changed
from documents.trail.audit_payloads import moment, proposal_hash
from people.access import require
from people.models import User
from people.roles import Verb


def change_classification(
    by: User, instrument: Instrument, classification: str, reason: str
) -> ClassificationProposal | None:
    """Gives None where the change holds at once, else the proposal that another coordinator must confirm."""
    require(by, Verb.CLASSIFY, instrument)
    new = Classification(classification)
    if not reason.strip():
        raise ActionError(_("Enter the reason for changing the classification."))
    with transaction.atomic():
        locked = Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
        if new == locked.classification:
            raise ActionError(_("The document already has this classification."))
        _check_not_redacted(locked, new)
        if opens(Classification(locked.classification), new):
            proposal = ClassificationProposal(
                instrument=locked, classification=new, reason=reason[:400], proposed_by=by
            )
            # Told first: the database takes no proposal of which the trail does not tell.
            sha256 = proposal_hash(proposal)
            audit.record("propose_classification", locked, by, to=str(new), proposal_sha256=sha256)
            proposal.save(force_insert=True)
            return proposal
        _apply(locked, new, by)
    return None


def confirm(by: User, proposal: ClassificationProposal) -> None:
    """Opens the instrument as proposed. Raises Http404 for the person who proposed it. Raises ActionError
    where it was decided or the audit trail has no such proposal."""
    require(by, Verb.CLASSIFY, proposal)
    with transaction.atomic():
        # The document first, as whoever closes it meanwhile does (documents.actions.locking).
        locked = Instrument.objects.select_for_update(no_key=True).get(pk=proposal.instrument_id)
        proposal = _undecided(proposal)
        check_proposed(proposal)
        _check_not_redacted(locked, Classification(proposal.classification))
        proposal.confirmed_by, proposal.decided = by, timezone.now()
        proposal.save(update_fields=["confirmed_by", "decided"])
        _apply(locked, Classification(proposal.classification), by, proposal)


def _check_not_redacted(instrument: Instrument, new: Classification) -> None:
    """What is left out of a redacted edition would be read by everybody."""
    if new in OPEN_TO_ALL and published(instrument):
        raise ActionError(_("A redacted edition of this document is public. Withdraw it first."))


def refuse(by: User, proposal: ClassificationProposal) -> None:
    """Ends the proposal; the classification stays. The proposer may withdraw it."""
    require(by, Verb.CLASSIFY, proposal.instrument)
    with transaction.atomic():
        # The document first, as whoever confirms or closes it does: none of them waits for the other's
        # proposal.
        Instrument.objects.select_for_update(no_key=True).get(pk=proposal.instrument_id)
        _refuse(_undecided(proposal), by)


def _undecided(proposal: ClassificationProposal) -> ClassificationProposal:
    locked = ClassificationProposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if locked.decided:
        raise ActionError(_("This has already been decided."))
    return locked


def _end_proposals(instrument: Instrument, by: User) -> None:
    """A proposal is about the classification at which it was made: with another one it ends."""
    for proposal in ClassificationProposal.objects.filter(instrument=instrument, decided=None):
        _refuse(proposal, by)


def _refuse(proposal: ClassificationProposal, by: User) -> None:
    proposal.decided = timezone.now()
    proposal.save(update_fields=["decided"])
    audit.record(
        "refuse_classification",
        proposal.instrument,
        by,
        to=proposal.classification,
        proposal=proposal.pk,
        moment=moment(proposal.decided),
    )


def _apply(
    instrument: Instrument, new: Classification, by: User, proposal: ClassificationProposal | None = None
) -> None:
    """``proposal``: the one that is confirmed, where the document is opened up; none where it is closed."""
    before = instrument.classification
    _end_proposals(instrument, by)
    instrument.classification = new
    instrument.save(update_fields=["classification"])
    if new == Classification.TLP_RED:
        instrument.named_readers.add(by)
    audit.record(
        "classify",
        instrument,
        by,
        before=str(before),
        after=str(new),
        proposal=proposal.pk if proposal else None,
        moment=moment(proposal.decided) if proposal else None,
    )
    access_changed.send(sender=Instrument, instrument=instrument, tightened=proposal is None)
