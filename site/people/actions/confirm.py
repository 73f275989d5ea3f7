"""Confirm that a person has a role which counts as the second person.

The inviter chooses the address, and could invite a second one of their own. So coordinators, reviewers
and publishers count once another coordinator of the country, or an operator, has confirmed them. Whom an
operator without other roles invites counts at once: so a country gets its first coordinator.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

import audit
import mail
from people.access import has_role, may, memberships
from people.actions.groups import sync_groups
from people.models import Institution, Invitation, Membership, User
from people.roles import SECOND_PERSON, Role, Verb


class DecidedAlready(Exception):
    """Somebody else has confirmed or refused it."""


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


def may_confirm(by: User, membership: Membership) -> bool:
    """Neither who gave the role nor who has it."""
    return by.pk not in (membership.given_by_id, membership.user_id) and may_give(
        by, membership.role, membership.institution
    )


def confirm_role(by: User, membership: Membership) -> None:
    """Confirms the role. Raises Http404 where ``by`` may not, DecidedAlready where it is too late."""
    if not may_confirm(by, membership):
        raise Http404
    with transaction.atomic():
        row = _waiting(membership)
        row.confirmed, row.confirmed_by, row.starts = timezone.now(), by, timezone.localdate()
        row.save(update_fields=["confirmed", "confirmed_by", "starts"])
        sync_groups(row.user)
        audit.record("confirm_role", row, by, role=row.role, institution=row.institution.key)
        mail.send(
            "role_confirmed",
            to=row.user.email,
            language=row.user.language,
            context=_context(row, row.user) | {"url": f"{settings.OFFICE_BASE_URL}/{row.user.language}/"},
        )


def refuse_role(by: User, membership: Membership) -> None:
    """Refuses the role for good; its giver may too. Raises as :func:`confirm_role`."""
    if not may_give(by, membership.role, membership.institution):
        raise Http404
    with transaction.atomic():
        row = _waiting(membership)
        row.ends = timezone.localdate()
        row.save(update_fields=["ends"])
        told = {"institution": row.institution.key, "until": str(row.ends)}
        audit.record("refuse_role", row, by, role=row.role, **told)


def ask_for_confirmation(membership: Membership) -> None:
    """Mails who may confirm: the country's other coordinators, or the operators where there is none."""
    active = Membership.objects.active()
    country = membership.institution.country_id
    coordinators = active.filter(role=Role.COORDINATOR, institution__country=country).exclude(
        Q(user=membership.given_by_id) | Q(user=membership.user_id)
    )
    may_decide = coordinators if coordinators.exists() else active.filter(role=Role.OPERATOR)
    for person in User.objects.filter(is_active=True, pk__in=may_decide.values("user")).order_by("pk"):
        if may_confirm(person, membership):
            address = f"{settings.OFFICE_BASE_URL}/{person.language}/people/{membership.pk}/confirm/"
            mail.send(
                "confirm_role",
                to=person.email,
                language=person.language,
                context=_context(membership, person) | {"url": address},
            )


def _context(membership: Membership, reader: User) -> dict[str, object]:
    return {
        "name": membership.user.name,
        "email": membership.user.email,
        "role": Role(membership.role).label,
        "institution": membership.institution,  # the mail names it in its own language
        "by": membership.given_by.name if membership.given_by else "",
    }


def _waiting(membership: Membership) -> Membership:
    row = (
        Membership.objects.select_for_update(of=("self",), no_key=True)
        .select_related("institution", "user")
        .get(pk=membership.pk)
    )
    if row.confirmed or row.ends:
        raise DecidedAlready
    return row
