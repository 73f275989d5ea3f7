"""What Wagtail's admin offers for recordings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from recordings.office import studio
from recordings.office.medium_usage import usage


@hooks.register("register_admin_urls")
def studio_urls() -> list[Any]:
    return [
        path("recordings/", studio.studio, name="kodeks_studio"),
        path("recordings/<int:pk>/<slug:act>/", studio.decide, name="kodeks_recording_decide"),
        path("recordings/<str:kind>/<int:pk>/<str:part>/", studio.script, name="kodeks_recording"),
    ]


@hooks.register("register_admin_urls", order=-1)
def before_wagtailmedia() -> list[Any]:
    return [path("media/usage/<int:media_id>/", usage)]


class StudioItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return studio.works_in_studio(request)


@hooks.register("register_admin_menu_item")
def studio_item() -> StudioItem:
    return StudioItem(
        _("Recordings"),
        reverse("kodeks_studio"),
        name="recordings",
        icon_name="wagtailmedia-audio",
        order=260,
    )


@hooks.register("construct_main_menu")
def name_media(request: HttpRequest, items: list[MenuItem]) -> None:
    for item in items:
        if item.name == "media":
            item.label = _("Audio and video")
