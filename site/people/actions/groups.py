"""Keeps Wagtail's groups in step with roles: its page permissions know groups only. Nobody is a superuser."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction

import audit
from people.access import memberships
from people.models import User
from people.roles import Role

ADMIN_ROLES = (Role.PUBLISHER, Role.COORDINATOR, Role.OPERATOR)
"""Roles for which a group of the same name exists; its permissions are given by the rooms above."""


def sync_groups(user: User) -> None:
    """Puts the person into the groups of the roles that they hold today, and out of the others. Whoever was
    made a superuser elsewhere is one no longer."""
    if user.is_superuser:
        user.is_superuser = False
        user.save(update_fields=["is_superuser"])
    roles = {m.role for m in memberships(user)}
    wanted = {role.value for role in ADMIN_ROLES if role in roles}
    known = [role.value for role in ADMIN_ROLES]
    has = set(user.groups.filter(name__in=known).values_list("name", flat=True))
    if has == wanted:
        return
    with transaction.atomic():
        audit.hold()  # with the trail in hand, as everything that hangs on a role (documents.actions.locking)
        user.groups.remove(*Group.objects.filter(name__in=has - wanted))
        user.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in sorted(wanted - has)))
