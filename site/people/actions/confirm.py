"""Confirm that a person has a role which counts as the second person.

The inviter chooses the address, and could invite a second one of their own. So coordinators, reviewers
and publishers count once another coordinator of the country, or an operator, has confirmed them. Whom an
operator without other roles invites counts at once: so a country gets its first coordinator.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

import mail
from people.access import has_role, may, memberships
from people.actions.groups import sync_groups
from people.models import Institution, Invitation, Membership, User
from people.roles import SECOND_PERSON, Role, Verb
from proposals.actions.propose import propose
from proposals.errors import Decided
from proposals.kinds import Kind, register
from proposals.models import Proposal


def may_give(by: User, role: str, institution: Institution) -> bool:
    """Whether ``by`` may give or end that role there; an operator's only another operator."""
    if role == Role.OPERATOR and not has_role(by, Role.OPERATOR):
        return False
    return may(by, Verb.INVITE, institution)


def gives_alone(by: User, role: str) -> bool:
    """Whether a role that ``by`` gives counts at once. Either it needs no second person, or an operator
    without any other role gives it."""
    if role not in SECOND_PERSON:
        return True
    row = {m.role for m in memberships(by)}
    return row == {Role.OPERATOR}


def needs_confirming(invitation: Invitation) -> bool:
    return not gives_alone(invitation.invited_by, invitation.role)


def propose_role(membership: Membership) -> None:
    """Asks who may confirm it, in the name of who invited: the country's other coordinators, or the operators
    where there is none."""
    by = membership.given_by
    if by is not None:
        propose(by, RoleProposal, membership, {"role": membership.role})


def waiting_proposal(membership: Membership) -> Proposal | None:
    return Proposal.objects.about(membership).waiting().select_related("proposed_by").first()


@register
class RoleProposal(Kind):
    """A role that counts as the second person."""

    name = "role"
    proposes, confirms, refuses = "propose_role", "confirm_role", "refuse_role"

    def thing(self, proposal: Proposal) -> Membership:
        rows = Membership.objects.select_related("institution__country", "user", "given_by")
        return rows.get(pk=proposal.key)

    def hold(self, proposal: Proposal) -> Membership:
        rows = Membership.objects.select_for_update(of=("self",), no_key=True)
        row = rows.select_related("institution", "user").get(pk=proposal.key)
        if row.confirmed or row.ends:
            raise Decided
        return row

    def may_propose(self, by: User, thing: Membership) -> bool:
        return may_give(by, thing.role, thing.institution)

    def may_decide(self, by: User, proposal: Proposal) -> bool:
        membership = self.thing(proposal)
        if proposal.decided is None and membership.ends:
            return False
        return may_give(by, membership.role, membership.institution)

    def is_second(self, by: User, proposal: Proposal) -> bool:
        """Neither who gave the role nor who has it. An operator counts although they gave the only
        coordinator theirs: else nobody could confirm the first people of a country."""
        return by.pk not in (proposal.proposed_by_id, self.thing(proposal).user_id)

    def candidates(self, proposal: Proposal) -> QuerySet[User]:
        membership = self.thing(proposal)
        active = Membership.objects.active()
        coordinators = active.filter(
            role=Role.COORDINATOR, institution__country=membership.institution.country_id
        ).exclude(user__in=[proposal.proposed_by_id, membership.user_id])
        asked = coordinators if coordinators.exists() else active.filter(role=Role.OPERATOR)
        return User.objects.filter(is_active=True, pk__in=asked.values("user"))

    def apply(self, by: User, proposal: Proposal, thing: Membership, given: Any) -> dict[str, Any]:
        thing.confirmed, thing.confirmed_by, thing.starts = proposal.decided, by, timezone.localdate()
        thing.save(update_fields=["confirmed", "confirmed_by", "starts"])
        sync_groups(thing.user)
        return {"role": thing.role, "institution": thing.institution.key}

    def follow(self, by: User, proposal: Proposal, thing: Membership) -> None:
        language = thing.user.language
        context = {
            "name": thing.user.name,
            "role": Role(thing.role).label,
            "institution": thing.institution,  # the mail names it in its own language
            "url": f"{settings.OFFICE_BASE_URL}/{language}/",
        }
        mail.send("role_confirmed", to=thing.user.email, language=language, context=context)

    def refused(self, by: User, proposal: Proposal, thing: Membership) -> dict[str, Any]:
        thing.ends = timezone.localdate()
        thing.save(update_fields=["ends"])
        return {"role": thing.role, "institution": thing.institution.key, "until": str(thing.ends)}
