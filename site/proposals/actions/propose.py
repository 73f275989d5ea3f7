"""Propose something that a second person decides."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.http import Http404

import audit
import mail
from audit.trail import thing_name
from people.models import User
from proposals.actions.decide import may_confirm
from proposals.errors import Waits
from proposals.kinds import Kind, registered
from proposals.models import Proposal


def propose(
    by: User, kind: type[Kind], thing: models.Model, values: dict[str, Any], reason: str = "", **details: Any
) -> Proposal:
    """Stores the proposal and its entry in the trail, and writes to those who may confirm it. The caller
    holds the thing. ``details``: further ones of the entry. Raises Http404 and Waits."""
    name = thing_name(thing)
    if not registered()[kind.name].may_propose(by, thing):
        raise Http404
    with transaction.atomic():
        if Proposal.objects.about(name).waiting().filter(kind=kind.name).exists():
            raise Waits
        proposal = Proposal(kind=kind.name, thing=name, values=values, reason=reason, proposed_by=by)
        proposal.sha256 = proposal.hash()
        proposal.save(force_insert=True)
        about = {"proposal_number": proposal.pk, "proposal_sha256": proposal.sha256}
        audit.record(kind.proposes, name, by, **about, **details)
        _tell(proposal)
    return proposal


def _tell(proposal: Proposal) -> None:
    """Without a word of what is proposed: it may be confidential."""
    kind = registered()[proposal.kind]
    for person in kind.candidates(proposal).exclude(pk=proposal.proposed_by_id).order_by("pk"):
        if may_confirm(person, proposal):
            mail.send(
                "proposal_waits",
                to=person.email,
                language=person.language,
                context={
                    "by": proposal.proposed_by.name,
                    "url": f"{settings.OFFICE_BASE_URL}/{person.language}/proposals/{proposal.pk}/",
                },
                about=proposal,
            )
