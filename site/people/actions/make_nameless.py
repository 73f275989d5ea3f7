"""Remove a person's name and address; what they did stays under their opaque id."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

import audit
from mail.delivery import forget_address
from people.access import has_role
from people.models import Invitation, MailLink, Membership, User
from people.roles import Role


class StillHere(Exception):
    """The person still belongs to an institution, or may still sign in."""


def make_nameless(by: User, user: User) -> None:
    """Replaces name and address for good. Raises Http404 where ``by`` is not the operator. Raises StillHere
    for somebody who has not left: a name is needed while a person answers for something."""
    if not has_role(by, Role.OPERATOR):
        raise Http404
    with transaction.atomic():
        row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if row.is_active or Membership.objects.active().filter(user=row).exists():
            raise StillHere
        invited = Invitation.objects.filter(email=row.email)
        invitations = list(invited.order_by("pk").values_list("pk", flat=True))
        invited.delete()
        MailLink.objects.filter(user=row).delete()
        forget_address(row.email, f"{row.actor}@nobody.invalid")
        row.name = str(row.actor)[:8]
        row.email = f"{row.actor}@nobody.invalid"
        row.set_unusable_password()
        row.save(update_fields=["name", "email", "password"])
        audit.record("make_nameless", row, by, invitations=invitations)
