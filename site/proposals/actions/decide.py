"""Confirm or refuse what somebody else proposed. The one place that says who is a second person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404
from django.utils import timezone

import audit
import mail
from audit.models import Entry
from mail.models import Message
from mail.validity import Validity
from people.models import User
from proposals.errors import Altered, Decided, Refused
from proposals.kinds import kind_of
from proposals.models import Proposal
from proposals.moved import MOVED


def may_confirm(by: User, proposal: Proposal) -> bool:
    """Whether the person may decide such things, and is another one than who proposed or wrote this."""
    kind = kind_of(proposal)
    return kind.may_decide(by, proposal) and kind.is_second(by, proposal)


def may_see(by: User, proposal: Proposal) -> bool:
    """Who may decide it, and who proposed it and still may. Nobody where the thing is gone."""
    kind = kind_of(proposal)
    try:
        thing = kind.thing(proposal)
    except ObjectDoesNotExist:
        return False
    if by.pk == proposal.proposed_by_id:
        return kind.may_propose(by, thing)
    return kind.may_decide(by, proposal)


def mail_validity(message: Message, user: User) -> Validity:
    """Nobody is asked any more for what is decided, or not theirs to decide."""
    proposal = Proposal.objects.filter(pk=message.about.partition(":")[2]).first()
    if proposal is None or not may_see(user, proposal):
        return Validity.NOT_AT_ALL
    is_asked = user.pk != proposal.proposed_by_id
    stands = proposal.decided is None and may_confirm(user, proposal) if is_asked else True
    return Validity.AS_WRITTEN if stands else Validity.NOT_AT_ALL


def confirm(by: User, proposal: Proposal, given: Any = None) -> None:
    """Does what is proposed. ``given``: see :meth:`proposals.kinds.Kind.apply`. Raises Http404 where ``by``
    is no second person, Decided where it is too late, Altered where the trail does not tell of it, and what
    the kind raises. The trail has each refusal."""
    if not may_confirm(by, proposal):
        raise Http404
    try:
        _confirm(by, proposal, given)
    except Refused as refusal:
        audit.refused(kind_of(proposal).confirms, proposal.thing, by, why=refusal.code)
        raise


def _confirm(by: User, proposal: Proposal, given: Any) -> None:
    kind = kind_of(proposal)
    with transaction.atomic():
        thing = kind.hold(proposal)
        row = _undecided(proposal)
        if not may_confirm(by, row):
            raise Http404
        _require_entry(row)
        _decide(by, row, confirmed=True)
        details = kind.apply(by, row, thing, given)
        _record(kind.confirms, by, row, **details)
        kind.follow(by, row, thing)
        _forget(row)


def refuse(by: User, proposal: Proposal, reason: str = "") -> None:
    """Ends the proposal; who made it takes it back so. Raises Http404 and Decided."""
    if not may_see(by, proposal):
        raise Http404
    kind = kind_of(proposal)
    with transaction.atomic():
        thing = kind.hold(proposal)
        row = _undecided(proposal)
        _decide(by, row, confirmed=False)
        _record(kind.refuses, by, row, reason, **kind.refused(by, row, thing))
        _forget(row)
        if by.pk != row.proposed_by_id and kind.candidates(row).filter(pk=row.proposed_by_id).exists():
            tell(row, row.proposed_by, "proposal_returned", by)


def tell(proposal: Proposal, person: User, template: str, by: User) -> None:
    """Without a word of what is proposed: it may be confidential."""
    address = f"{settings.OFFICE_BASE_URL}/{person.language}/proposals/{proposal.pk}/"
    context = {"by": by.name, "url": address}
    mail.send(
        template, to=person.email, language=person.language, context=context, about=proposal, may_wait=True
    )


def _undecided(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True).select_related("proposed_by")
    row = rows.get(pk=proposal.pk)
    if row.decided is not None:
        raise Decided
    return row


def _require_entry(row: Proposal) -> None:
    """Raises Altered where the row is not what its proposer put down."""
    entries = Entry.objects.filter(refused=False)
    told = entries.filter(
        thing=row.thing,
        actor=row.proposed_by.actor,
        detail__proposal_number=row.pk,
        detail__proposal_sha256=row.sha256,
    )
    moved = entries.filter(verb=MOVED, **{f"detail__proposals__{row.pk}": row.sha256})
    if row.hash() != row.sha256 or not (told.exists() or moved.exists()):
        raise Altered


def _decide(by: User, row: Proposal, *, confirmed: bool) -> None:
    row.decided_by, row.decided, row.confirmed = by, timezone.now(), confirmed
    row.save(update_fields=["decided_by", "decided", "confirmed"])


def _record(verb: str, by: User, row: Proposal, reason: str = "", **details: object) -> None:
    about = {"proposal_number": row.pk, "proposal_sha256": row.sha256}
    audit.record(verb, row.thing, by, reason=reason, **about, **details)


def _forget(row: Proposal) -> None:
    if kind_of(row).forgets:
        Proposal.objects.filter(pk=row.pk).update(values={})
