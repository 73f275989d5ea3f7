"""What Wagtail's admin offers for recordings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from public.models import CampaignPage, Hotline
from recordings.office import studio
from recordings.office.medium_usage import usage
from recordings.rights import may_see
from recordings.targets import FIRST, of_hotline


@hooks.register("register_admin_urls")
def studio_urls() -> list[Any]:
    return [
        path("recordings/<int:pk>/<slug:act>/", studio.decide, name="kodeks_recording_decide"),
        path("recordings/<str:kind>/<int:pk>/<str:part>/", studio.script, name="kodeks_recording"),
    ]


@hooks.register("register_admin_urls", order=-1)
def before_wagtailmedia() -> list[Any]:
    return [path("media/usage/<int:media_id>/", usage)]


@hooks.register("register_page_header_buttons")
def way_to_recordings(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    if page.specific_class is CampaignPage and may_see(user, page.specific.country_id):
        url = reverse("kodeks_recording", args=["page", page.pk, FIRST])
        yield Button(_("Recordings"), url, icon_name="wagtailmedia-audio", priority=6)


@hooks.register("register_snippet_listing_buttons")
def way_to_recordings_of_number(snippet: Any, user: Any, next_url: str | None = None) -> Any:
    if isinstance(snippet, Hotline) and may_see(user, snippet.country_id):
        first = next(of_hotline(snippet), None)
        if first:
            yield Button(_("Recordings"), first.url, icon_name="wagtailmedia-audio", priority=30)


@hooks.register("construct_main_menu")
def name_media(request: HttpRequest, items: list[MenuItem]) -> None:
    for item in items:
        if item.name == "media":
            item.label = _("Audio and video")
