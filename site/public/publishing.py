"""Who may change which campaigns and numbers.

A publisher publishes for the country of their institution; a publisher of an international organisation,
for the whole region. Nobody changes what belongs to another country, not even a superuser.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from wagtail.log_actions import get_active_log_context

from people.access import has_role, memberships
from people.models import Institution, Membership, User
from people.roles import Role

REGION = None
"""The country of what belongs to the whole region."""


def territories(user: Any) -> set[str | None]:
    """The countries that a person publishes for today; REGION for the whole region."""
    international = Institution.Kind.INTERNATIONAL
    return {
        REGION if m.institution.kind == international else m.institution.country_id
        for m in memberships(user)
        if m.role == Role.PUBLISHER
    }


def may_publish(user: Any, country: str | None) -> bool:
    return country in territories(user)


def may_edit_home(user: Any) -> bool:
    """First pages belong to the region; the operator makes them for a new language."""
    return may_publish(user, REGION) or has_role(user, Role.OPERATOR)


def may_confirm_number(user: Any, country: str) -> bool:
    """Whether the person can be the second one for a number of that country."""
    return may_publish(user, country) or has_role(user, Role.OPERATOR)


def may_second_campaign(user: Any, country: str | None) -> bool:
    """Whether the person can be the second one for a campaign of that country."""
    return bool(territories(user) & {country, REGION})


def second_persons(country: str | None) -> QuerySet[User]:
    """Who could be the second person for a campaign of that country."""
    active = Membership.objects.active().filter(role=Role.PUBLISHER)
    of_region = Q(institution__kind=Institution.Kind.INTERNATIONAL)
    own = Q(institution__country=country) if country else Q(pk__in=())
    return User.objects.filter(is_active=True, pk__in=active.filter(of_region | own).values("user"))


def acting_user() -> Any:
    """Who is at work in the admin; None for a command or the worker."""
    return get_active_log_context().user


def require(allowed: bool) -> None:
    """Raises PermissionDenied: the last check, whichever way of the admin led here."""
    if not allowed:
        raise PermissionDenied
