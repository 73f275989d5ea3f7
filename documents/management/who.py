"""On whose behalf a command acts."""

from __future__ import annotations

from django.core.management.base import CommandError

from people.models import Membership, User
from people.roles import Role


def person(email: str | None, owner_id: int) -> User:
    """The holder of the address; without one, a coordinator of the institution. Raises CommandError."""
    if email:
        user = User.objects.filter(email=email.lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"There is nobody with the address {email}.")
        return user
    membership = (
        Membership.objects.active()
        .filter(institution=owner_id, role=Role.COORDINATOR, user__is_active=True)
        .order_by("pk")
        .select_related("user")
        .first()
    )
    if membership is None:
        raise CommandError("The owner has no coordinator: say with --by who takes this in.")
    return membership.user
