"""Who makes and publishes materials: publishers, for the countries that they publish for."""

from __future__ import annotations

from typing import Any

from materials.models import Material
from people.access import has_role
from people.models import Country
from people.roles import Role
from public.models import CampaignPage
from public.publishing import REGION, territories


def countries_of(user: Any) -> list[str]:
    """The countries that a person makes materials for; a publisher of the region, for all."""
    own = territories(user)
    if REGION in own:
        return list(Country.objects.order_by("pk").values_list("pk", flat=True))
    return sorted(country for country in own if country)


def may_see(user: Any) -> bool:
    return has_role(user, Role.PUBLISHER) or has_role(user, Role.OPERATOR)


def may_fetch(user: Any, row: Material) -> bool:
    """What is not published yet: for those who make materials of that country, and the operator."""
    if row.published_at is not None or has_role(user, Role.OPERATOR):
        return may_see(user)
    return row.country_id in countries_of(user)


def may_use(user: Any, page: CampaignPage) -> bool:
    """Campaigns of the whole region, and those of one's own countries."""
    own = territories(user)
    return bool(own) and (page.country_id is REGION or page.country_id in own)
