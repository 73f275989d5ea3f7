"""What Wagtail's admin offers for materials."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from materials.access import may_see
from materials.models import Material
from materials.office import views
from public.models import CampaignPage


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


@hooks.register("after_unpublish_page")
def say_what_to_recall(request: HttpRequest, page: Any) -> None:
    """What is out still hangs somewhere; the site stops offering it."""
    if not isinstance(page.specific, CampaignPage):
        return
    out = Material.objects.made().filter(campaign=page.translation_key, language=page.specific.tag)
    number = out.filter(recalled_at=None).exclude(published_at=None).count()
    if number:
        text = ngettext(
            "%(n)s published file of this page is to be recalled.",
            "%(n)s published files of this page are to be recalled.",
            number,
        )
        link = format_html(
            ' <a href="{}">{}</a>', reverse("kodeks_materials_recall"), gettext("See what to recall")
        )
        messages.warning(request, format_html("{}{}", text % {"n": number}, link))
