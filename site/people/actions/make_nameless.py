"""Remove a person's name and address; what they did stays under their opaque id."""

from __future__ import annotations

from django.db import transaction
from django.dispatch import Signal
from django.http import Http404

import audit
from mail.delivery import forget_address, forget_name
from people.access import has_role
from people.actions.leave import end_sessions
from people.models import Invitation, MailLink, Membership, User
from people.roles import Role

made_nameless = Signal()
"""Sent by :func:`remove_name` in its transaction, with the ``user``, the former ``name``, and the number that
stands ``instead``: rooms above forget what they have of the person."""

NOBODY = "@nobody.invalid"


class StillHere(Exception):
    """The person still has a role."""


def make_nameless(by: User, user: User) -> None:
    """Replaces name and address for good, and ends the right to sign in. Raises Http404 where ``by`` is not
    the operator. Raises StillHere for somebody with a role: a name is needed while a person answers for
    something."""
    if not has_role(by, Role.OPERATOR):
        raise Http404
    remove_name(user, by)


def remove_name(user: User, by: User | None) -> None:
    """The same without asking who does it: the worker does, when the time is over (config.forget)."""
    with transaction.atomic():
        row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if Membership.objects.active().filter(user=row).exists():
            raise StillHere
        name, instead = row.name, str(row.actor)[:8]
        invited = Invitation.objects.filter(email=row.email)
        invitations = list(invited.order_by("pk").values_list("pk", flat=True))
        invited.delete()
        MailLink.objects.filter(user=row).delete()
        former = list(row.former_names.values_list("name", flat=True))
        row.former_names.all().delete()
        forget_address(row.email, f"{row.actor}{NOBODY}")
        forget_name([row.email, name, *former], instead)
        row.name, row.email, row.dismissed = instead, f"{row.actor}{NOBODY}", []
        row.address_salt = ""
        row.is_active = False
        row.set_unusable_password()
        row.save(update_fields=["name", "email", "address_salt", "dismissed", "password", "is_active"])
        end_sessions(row)
        made_nameless.send(sender=User, user=row, name=name, instead=instead)
        audit.record("make_nameless", row, by, invitations=invitations)
