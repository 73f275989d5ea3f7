"""Change who may read an instrument. Tightening holds at once; opening it up takes a second person."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

import audit
from documents.access.rights import who_may_second
from documents.actions.errors import ActionError
from documents.actions.publish_redaction import published
from documents.choices import Classification, opens
from documents.models import Instrument
from documents.models.instruments import OPEN_TO_ALL
from documents.signals import access_changed
from people.access import may, require
from people.models import User
from people.roles import Verb
from proposals.actions.decide import refuse
from proposals.actions.propose import propose
from proposals.kinds import Kind, register
from proposals.models import Proposal


def change_classification(
    by: User, instrument: Instrument, classification: str, reason: str
) -> Proposal | None:
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
            values = {"classification": str(new)}
            return propose(by, ClassificationProposal, locked, values, reason[:400], to=str(new))
        # A proposal is about the classification at which it was made.
        for waiting in waiting_for(locked):
            refuse(by, waiting)
        details = _apply(by, locked, new)
        audit.record("classify", locked, by, **details)
        access_changed.send(sender=Instrument, instrument=locked, tightened=True)
    return None


@register
class ClassificationProposal(Kind):
    """A lowering of a classification: more people may read the document."""

    name = "classification"
    proposes, confirms, refuses = "propose_classification", "classify", "refuse_classification"

    def thing(self, proposal: Proposal) -> Instrument:
        return Instrument.objects.get(pk=proposal.key)

    def hold(self, proposal: Proposal) -> Instrument:
        return Instrument.objects.select_for_update(no_key=True).get(pk=proposal.key)

    def may_propose(self, by: User, thing: Instrument) -> bool:
        return may(by, Verb.CLASSIFY, thing)

    def may_decide(self, by: User, proposal: Proposal) -> bool:
        return may(by, Verb.CLASSIFY, self.thing(proposal))

    def candidates(self, proposal: Proposal) -> QuerySet[User]:
        return who_may_second(self.thing(proposal))

    def apply(self, by: User, proposal: Proposal, thing: Instrument, given: Any) -> dict[str, Any]:
        new = Classification(proposal.values["classification"])
        _check_not_redacted(thing, new)
        return _apply(by, thing, new)

    def follow(self, by: User, proposal: Proposal, thing: Instrument) -> None:
        access_changed.send(sender=Instrument, instrument=thing, tightened=False)

    def refused(self, by: User, proposal: Proposal, thing: Instrument) -> dict[str, Any]:
        return {"to": proposal.values["classification"]}


def waiting_for(instrument: Instrument) -> QuerySet[Proposal]:
    """The proposal that waits for a second person, if there is one."""
    rows = Proposal.objects.about(instrument).waiting().filter(kind=ClassificationProposal.name)
    return rows.select_related("proposed_by")


def _check_not_redacted(instrument: Instrument, new: Classification) -> None:
    """What is left out of a redacted edition would be read by everybody."""
    if new in OPEN_TO_ALL and published(instrument):
        raise ActionError(_("A redacted edition of this document is public. Withdraw it first."))


def _apply(by: User, instrument: Instrument, new: Classification) -> dict[str, Any]:
    """Gives the details of the trail's entry."""
    before = instrument.classification
    instrument.classification = new
    instrument.save(update_fields=["classification"])
    if new == Classification.TLP_RED:
        instrument.named_readers.add(by)
    return {"before": str(before), "after": str(new)}
