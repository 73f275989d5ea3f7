"""Propose something that a second person decides."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

import audit
from audit.trail import thing_name
from people.models import User
from proposals.actions.decide import may_confirm, tell
from proposals.errors import Waits
from proposals.kinds import Kind, registered
from proposals.models import Proposal


def propose(
    by: User, kind: type[Kind], thing: models.Model, values: dict[str, Any], reason: str = "", **details: Any
) -> Proposal:
    """Stores the proposal and its entry in the trail, and writes to those who may confirm it. The caller has
    checked the right and holds the thing. ``details``: further ones of the entry. Raises Waits."""
    name = thing_name(thing)
    with transaction.atomic():
        if Proposal.objects.about(name).waiting().filter(kind=kind.name).exists():
            raise Waits
        proposal = Proposal(kind=kind.name, thing=name, values=values, reason=reason, proposed_by=by)
        proposal.sha256 = proposal.hash()
        proposal.save(force_insert=True)
        about = {"proposal_number": proposal.pk, "proposal_sha256": proposal.sha256}
        audit.record(kind.proposes, name, by, **about, **details)
        for person in registered()[kind.name].candidates(proposal).exclude(pk=by.pk).order_by("pk"):
            if may_confirm(person, proposal):
                tell(proposal, person, "proposal_waits", by)
    return proposal
