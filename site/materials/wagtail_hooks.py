"""What Wagtail's admin offers for materials."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from materials.access import may_see
from materials.office import views


class MaterialsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


@hooks.register("register_admin_urls")
def pages() -> list[Any]:
    return [
        path("materials/", views.index, name="kodeks_materials"),
        path("materials/recall/", views.recall, name="kodeks_materials_recall"),
        path("materials/<uuid:campaign>/", views.of_campaign, name="kodeks_materials_of"),
        path("materials/<uuid:campaign>/make/", views.make, name="kodeks_materials_make"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MaterialsItem:
    return MaterialsItem(
        _("Materials"),
        reverse_lazy("kodeks_materials"),
        name="kodeks-materials",
        icon_name="download",
        order=230,
    )
