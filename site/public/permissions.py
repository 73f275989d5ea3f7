"""What Wagtail's views may do with campaigns and numbers: the rules of :mod:`public.publishing`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import PagePermissionTester
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from people.access import has_role
from people.models import User
from people.roles import Role
from public.publishing import may_publish, territories

VIEW = ("view", "choose")
CHANGE = ("add", "change")


class OwnPages(PagePermissionTester):
    """Wagtail's rules, and only for pages that the person may change (``page.may_change``)."""

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        self.own = page.may_change(user)
        self.is_made = getattr(page, "is_made", False)

    def can_edit(self) -> bool:
        return self.own and not self.is_made and bool(super().can_edit())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.own and bool(super().can_delete(ignore_bulk))

    def can_publish(self) -> bool:
        return self.own and not self.is_made and bool(super().can_publish())

    def can_unpublish(self) -> bool:
        """The operator too: a page that does harm is taken off the site at once."""
        return (self.own or has_role(self.user, Role.OPERATOR)) and bool(super().can_unpublish())

    def can_move_to(self, destination: Any) -> bool:
        return self.own and bool(super().can_move_to(destination))

    def can_submit_for_moderation(self) -> bool:
        return self.own and bool(super().can_submit_for_moderation())

    def can_lock(self) -> bool:
        return self.own and bool(super().can_lock())

    def can_unlock(self) -> bool:
        return self.own and bool(super().can_unlock())

    def can_reorder_children(self) -> bool:
        return self.own and bool(super().can_reorder_children())


class OwnPagesPolicy(PagePermissionPolicy):
    """The same where a view asks the policy and not the page."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        allowed: bool = super().user_has_any_permission_for_instance(user, actions, instance)
        return allowed and instance.may_change(user)


class HotlinePolicy(BasePermissionPolicy):
    """Publishers and operators see all numbers; those of a country are changed by its publishers. Nobody
    deletes one: it is hidden."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action in VIEW:
            return has_role(user, Role.PUBLISHER) or has_role(user, Role.OPERATOR)
        return action in CHANGE and bool(territories(user) - {None})

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action in VIEW:
            return self.user_has_permission(user, action)
        return action in CHANGE and may_publish(user, instance.country_id)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.all()
        if any(self.user_has_permission(user, action) for action in actions if action in VIEW):
            return rows
        own = territories(user) - {None} if set(actions) & set(CHANGE) else ()
        return rows.filter(country__in=own)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        roles = {Role.PUBLISHER} | ({Role.OPERATOR} if set(actions) & set(VIEW) else set())
        return User.objects.filter(Q(is_active=True), memberships__role__in=roles).distinct()
