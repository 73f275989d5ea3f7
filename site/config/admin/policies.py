"""What Wagtail's generic views may do to models of ours: nothing but view, not even for a superuser. They
are changed by the actions of their own rooms, which ask ``may()``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from people.access import has_role
from people.models import Country, Institution, Membership, User
from people.roles import Role
from search.models import GlossaryTerm, SynonymGroup

VIEW = "view"
Visible = Callable[[Any], QuerySet[Any]]


class ReadOnlyPolicy(BasePermissionPolicy):
    """Nobody changes anything; what may be looked at is a queryset of the person's."""

    def __init__(self, model: type[Model], visible: Visible, roles: Iterable[Role] = ()) -> None:
        super().__init__(model)
        self.visible = visible
        self.roles = tuple(roles)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == VIEW and _holds(user, self.roles)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action) and self.visible(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        if VIEW in actions and self.user_has_permission(user, VIEW):
            return self.visible(user)
        return self.model._default_manager.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        if VIEW not in actions:
            return User.objects.none()
        return User.objects.filter(
            is_active=True, groups__name__in=[role.value for role in self.roles]
        ).distinct()


class NoDeletion(ReadOnlyPolicy):
    """Added and edited by those roles, and never removed."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in (VIEW, "add", "change") and _holds(user, self.roles)


def _holds(user: Any, roles: Iterable[Role]) -> bool:
    return any(has_role(user, role) for role in roles)


def _nothing(model: type[Model]) -> Visible:
    return lambda user: model._default_manager.none()


def _all(model: type[Model]) -> Visible:
    return lambda user: model._default_manager.all()


def register() -> None:
    """Called once, before Wagtail makes up policies of its own: theirs let a superuser do everything."""
    operator = (Role.OPERATOR,)
    for permanent in (Country, Institution):
        register_permission_policy(permanent, NoDeletion(permanent, _all(permanent), operator))
    for seen in (User, Membership, Group):
        register_permission_policy(seen, ReadOnlyPolicy(seen, _all(seen), operator))
    settled = {Country, Institution, User, Membership}
    settled |= {GlossaryTerm, SynonymGroup}
    for room in ("documents", "people", "audit", "mail", "workflows", "search"):
        for model in apps.get_app_config(room).get_models():
            if model not in settled:
                register_permission_policy(model, ReadOnlyPolicy(model, _nothing(model)))
