"""Who counts and who reads the results: publishers and practitioners, for their country; a publisher of the
whole region, and an operator, read those of all countries."""

from __future__ import annotations

from typing import Any

from people.access import has_role, memberships
from people.models import Country
from people.roles import Role
from public.publishing import REGION, territories


def countries_of(user: Any) -> set[str]:
    """The countries that a person counts for."""
    own = {
        m.institution.country_id for m in memberships(user) if m.role == Role.PRACTITIONER and m.institution
    }
    publishes = territories(user)
    return own | (_every() if REGION in publishes else {one for one in publishes if one})


def readable(user: Any) -> set[str]:
    """The countries whose results a person reads."""
    return _every() if has_role(user, Role.OPERATOR) else countries_of(user)


def _every() -> set[str]:
    return {*Country.objects.values_list("pk", flat=True)}
