"""The admin's first page: campaigns by language, and numbers that need somebody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from people.access import has_role
from people.roles import Role
from proposals.pages.panel import panel as proposals_panel
from public.actions.change_hotline import may_confirm_change
from public.languages import PUBLIC
from public.models import Hotline, HotlineChange
from public.office.campaign_panel import UNCHECKED_AFTER
from public.office.translations import campaigns
from public.publishing import REGION, territories


class CampaignsPanel(Component):
    name = "kodeks-campaigns"
    order = 10
    template_name = "public/admin/home.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = self.request.user
        operates, own = has_role(user, Role.OPERATOR), territories(user)
        countries = None if operates else own
        numbers = Hotline.objects.select_related("country")
        waiting = HotlineChange.objects.waiting().select_related("hotline__country", "by").order_by("at")
        if countries is not None:
            numbers = numbers.filter(country__in=own - {REGION})
            waiting = waiting.filter(hotline__country__in=own - {REGION})
        old = timezone.localdate() - UNCHECKED_AFTER
        return {
            "request": self.request,
            "campaigns": campaigns(user),
            "languages": PUBLIC,
            "waiting": [
                (change, may_confirm_change(user, change))  # type: ignore[arg-type]
                for change in waiting
            ],
            "proposals": found.lines if (found := proposals_panel(self.request)) else (),
            "unchecked": numbers.filter(is_shown=True, checked__lt=old).order_by("checked"),
            "days": UNCHECKED_AFTER.days,
        }


def works_on_campaigns(request: HttpRequest) -> bool:
    return has_role(request.user, Role.PUBLISHER) or has_role(request.user, Role.OPERATOR)
