"""End a membership; hand one person's work over to another."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.dispatch import Signal
from django.http import Http404
from django.utils import timezone

import audit
from people.actions import access_changes
from people.actions.confirm import gives_alone, may_give
from people.actions.groups import sync_groups
from people.actions.invite import NotYourself
from people.models import Grant, Membership, User
from people.roles import Role

handing_over = Signal()
"""Sent by :func:`hand_over` with ``leaving``, in its transaction and before it locks anything. The rooms
above lock what they change on a handover: they precede people in the order of documents.actions.locking."""

handed_over = Signal()
"""Sent by :func:`hand_over` with ``leaving``, ``successor``, ``by`` and the ``membership``, in its
transaction. The rooms above move assignments and open sign-offs."""

membership_ended = Signal()
"""Sent by :func:`end_membership`, in its transaction: rooms above end what depends on it."""


class NotConfirmed(Exception):
    """The successor needs a role that a second person confirms first (people.actions.confirm)."""


def end_membership(by: User, membership: Membership) -> None:
    """Ends it today; the person's next request is without it. Raises Http404 where ``by`` may not."""
    if not may_give(by, membership.role, membership.institution):
        raise Http404
    with transaction.atomic():
        _hold(membership)
        membership.ends = timezone.localdate()
        membership.save(update_fields=["ends"])
        if not _works_on(membership):
            Grant.objects.active().filter(user=membership.user).update(ends=timezone.localdate())
        membership_ended.send(sender=Membership, membership=membership)
        sync_groups(membership.user)
        audit.record("end_membership", membership, by, role=membership.role, until=str(membership.ends))
        access_changes.tell(membership.user, "end_membership")
        if not Membership.objects.active().filter(user=membership.user).exists():
            end_sessions(membership.user)


def end_sessions(user: User) -> None:
    """Signs a person out everywhere."""
    own = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=own.values("session_key")).delete()
    own.delete()


def hand_over(by: User, membership: Membership, successor: User) -> Membership:
    """Gives a role and its open work to ``successor``, and ends it for the one who had it.

    Raises NotYourself for ``by``, NotConfirmed where the role needs a second person's confirmation first,
    Http404 where ``by`` may not. Grants are not copied: the rooms above give the successor their own.
    """
    if not may_give(by, membership.role, membership.institution):
        raise Http404
    if by.pk == successor.pk:
        raise NotYourself
    same = Membership.objects.active().filter(
        user=successor, institution=membership.institution, role=membership.role
    )
    if not gives_alone(by, membership.role) and not same.exists():
        raise NotConfirmed
    leaving = membership.user
    with transaction.atomic():
        handing_over.send(sender=Membership, leaving=leaving)
        _hold(membership)
        # Who was invited twice has the role twice.
        taken = same.order_by("pk").first()
        if taken is None:
            taken = Membership.objects.create(
                user=successor,
                institution=membership.institution,
                role=membership.role,
                languages=membership.languages,
                given_by=by,
            )
            audit.record(
                "take_over",
                taken,
                by,
                institution=taken.institution.key,
                role=taken.role,
                to=str(successor.actor),
            )
            access_changes.tell(successor, "take_over")
        handed_over.send(
            sender=Membership, leaving=leaving, successor=successor, by=by, membership=membership
        )
        end_membership(by, membership)
        sync_groups(successor)
        audit.record("hand_over", membership, by, to=str(successor.actor))
    return taken


def _hold(membership: Membership) -> None:
    """Locks the membership, then the trail: the order of documents.actions.locking."""
    Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    audit.hold()


def _works_on(membership: Membership) -> bool:
    """Whether the person has another role in which texts are read."""
    others = Membership.objects.active().filter(user=membership.user).exclude(pk=membership.pk)
    return others.exclude(role=Role.OPERATOR).exists()
