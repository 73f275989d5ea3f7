"""Who may do what with audio and video in Wagtail's views."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Collection
from wagtail.permission_policies import BasePermissionPolicy

from people.access import has_role
from people.models import User
from people.roles import Role
from public.publishing import may_publish, territories
from recordings.office.states import mine

OWN = frozenset({"add", "change", "delete", "choose", "view"})
OPERATORS = frozenset({"delete", "view"})
"""What does harm is taken off the site at once."""


class MediumPolicy(BasePermissionPolicy):
    """Publishers add files for their country and change those; the operator may delete any."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action in OPERATORS and has_role(user, Role.OPERATOR):
            return True
        return action in OWN and bool(territories(user))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action in OPERATORS and has_role(user, Role.OPERATOR):
            return True
        stored = self.model._default_manager.filter(pk=instance.pk).values_list("country", flat=True).first()
        return action in OWN and may_publish(user, stored if instance.pk else instance.country_id)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows.filter(mine(user)) if set(actions) & OWN else rows.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        roles = {Role.PUBLISHER} | ({Role.OPERATOR} if set(actions) & OPERATORS else set())
        return User.objects.filter(is_active=True, memberships__role__in=roles).distinct()

    def collections_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Collection]:
        """Collections are not used: everything is in the first."""
        return Collection.objects.filter(depth=1)

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Collection]:
        return self.collections_user_has_any_permission_for(user, [action])
