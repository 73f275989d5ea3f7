"""End a membership; hand one person's work over to another."""

from __future__ import annotations

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

import audit
from people.access import require
from people.actions.groups import sync_groups
from people.models import Grant, Membership, User
from people.roles import Verb

handed_over = Signal()
"""Sent by :func:`hand_over` with ``leaving``, ``successor`` and ``by``, in its transaction: the rooms above move
assignments and open sign-offs."""


def end_membership(by: User, membership: Membership) -> None:
    """Ends it today; the person's next request is without it. Raises Http404 where ``by`` may not."""
    require(by, Verb.INVITE, membership.institution)
    with transaction.atomic():
        membership.ends = timezone.localdate()
        membership.save(update_fields=["ends"])
        if not Membership.objects.active().filter(user=membership.user).exists():
            Grant.objects.active().filter(user=membership.user).update(ends=timezone.localdate())
        sync_groups(membership.user)
        audit.record("end_membership", membership, by, role=membership.role)


def hand_over(by: User, membership: Membership, successor: User) -> Membership:
    """Gives a role and the work that goes with it to ``successor``, and ends it for the one who had it."""
    require(by, Verb.INVITE, membership.institution)
    leaving = membership.user
    with transaction.atomic():
        taken, _ = Membership.objects.active().get_or_create(
            user=successor,
            institution=membership.institution,
            role=membership.role,
            defaults={"languages": membership.languages},
        )
        for grant in Grant.objects.active().filter(user=leaving):
            Grant.objects.create(
                user=successor,
                key=grant.key,
                verb=grant.verb,
                languages=grant.languages,
                reason="handed over",
                ends=grant.ends,
            )
        handed_over.send(sender=Membership, leaving=leaving, successor=successor, by=by)
        Grant.objects.active().filter(user=leaving).update(ends=timezone.localdate())
        end_membership(by, membership)
        sync_groups(successor)
        audit.record("hand_over", membership, by, to=str(successor.actor))
    return taken
