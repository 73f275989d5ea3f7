"""What Wagtail's admin offers for the public site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from public import files
from public.office.admin_home import CampaignsPanel, works_on_campaigns
from public.office.hotline_admin import HotlineViewSet, decide

register_snippet(HotlineViewSet)


@hooks.register("register_admin_urls")
def decisions() -> list[Any]:
    return [path("numbers/<int:pk>/decide/", decide, name="kodeks_number_decide")]


@hooks.register("construct_homepage_panels")
def campaigns_first(request: HttpRequest, shown: list[Any]) -> None:
    if works_on_campaigns(request):
        shown.append(CampaignsPanel(request))


@hooks.register("before_serve_document")
def only_what_is_published(document: Any, request: HttpRequest) -> None:
    files.before_document(document, request)
