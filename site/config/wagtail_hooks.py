"""What Wagtail's admin shows of Kodeks, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from config.admin.people import PlacesGroup
from config.admin.reviews import ReviewsItem, ReviewsReport
from config.middleware import OFFICE_LANGUAGE
from people.requests import OfficeRequest
from public.office.admin_home import works_on_campaigns
from theme.home_panels import panels


class WhatThereIsToDo(Component):
    """What every room says on the office's first page, for whoever is in the admin."""

    name = "kodeks"
    order = 50
    template_name = "config/admin_home.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"panels": panels(self.request)}


ELSEWHERE = {"help"}
"""Entries of the menu that lead to other companies' sites."""


class OfficeItem(MenuItem):
    """To a page of Kodeks, in the language in which the person was there last, or in their own."""

    def __init__(self, label: Any, view_name: str, **kwargs: Any) -> None:
        super().__init__(label, "/", **kwargs)
        self.view_name = view_name

    def render_component(self, request: OfficeRequest) -> Any:
        with translation.override(request.session.get(OFFICE_LANGUAGE) or request.user.language):
            self.url = reverse(self.view_name)
        return super().render_component(request)


@hooks.register("register_admin_viewset")
def places() -> PlacesGroup:
    return PlacesGroup()


@hooks.register("register_admin_menu_item")
def office() -> OfficeItem:
    return OfficeItem(_("Back to Kodeks"), "home", name="kodeks", icon_name="arrow-left", order=1)


@hooks.register("register_admin_menu_item")
def guide() -> OfficeItem:
    return OfficeItem(_("Help"), "help_index", name="kodeks-help", icon_name="help", order=9000)


@hooks.register("register_admin_urls")
def reports() -> list[Any]:
    view = ReviewsReport.as_view
    return [
        path("reports/kodeks-reviews/", view(), name="kodeks_reviews"),
        path("reports/kodeks-reviews/results/", view(results_only=True), name="kodeks_reviews_results"),
    ]


@hooks.register("register_reports_menu_item")
def reviews_report() -> ReviewsItem:
    return ReviewsItem(
        _("Reviews"), reverse("kodeks_reviews"), name="kodeks-reviews", icon_name="tasks", order=90
    )


@hooks.register("construct_main_menu")
def rename_menu_items(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in ELSEWHERE]
    for item in items:
        if item.name == "documents":  # Wagtail's word for files; ours are in the library
            item.label = _("Files")
        elif item.name == "images":
            item.label = _("Pictures")


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, shown: list[Any]) -> None:
    """For those who do not work on campaigns; these have their own panel (public.office.admin_home)."""
    if not works_on_campaigns(request):
        shown.insert(0, WhatThereIsToDo(request))


@hooks.register("construct_homepage_summary_items", order=1000)  # after those that put them in
def limit_summary(request: HttpRequest, items: list[Any]) -> None:
    """Of Wagtail's counts only the pages: files and pictures have other names here."""
    items[:] = [item for item in items if type(item).__name__ == "PagesSummaryItem"]


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("config/admin.css"))
