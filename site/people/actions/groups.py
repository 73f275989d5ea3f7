"""Keeps the groups of Wagtail's admin in step with people's roles: Wagtail's page permissions know groups only."""

from __future__ import annotations

from django.contrib.auth.models import Group

from people.access import memberships
from people.models import User
from people.roles import Role

ADMIN_ROLES = (Role.PUBLISHER, Role.COORDINATOR, Role.OPERATOR)
"""Roles for which a group of the same name exists; its permissions are given by the rooms above."""


def sync_groups(user: User) -> None:
    """Puts the person into the groups of the roles that they hold today, and out of the others."""
    held = {m.role for m in memberships(user)}
    for role in ADMIN_ROLES:
        group, _ = Group.objects.get_or_create(name=role.value)
        (user.groups.add if role in held else user.groups.remove)(group)
