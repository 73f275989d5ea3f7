"""What Wagtail's admin offers for the public site."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from public import files
from public.models import CampaignPage, HomePage
from public.office.admin_home import CampaignsPanel, works_on_campaigns
from public.office.hotline_admin import HotlineViewSet, decide
from public.office.page_chooser import offered
from public.office.publish_steps import VIEWS
from public.office.side_by_side import side_by_side, table

register_snippet(HotlineViewSet)


@hooks.register("register_admin_urls")
def pages_of_ours() -> list[Any]:
    return [
        path("numbers/<int:pk>/decide/", decide, name="kodeks_number_decide"),
        path("translations/", table, name="kodeks_translations"),
        path("translations/<int:pk>/<slug:tag>/", side_by_side, name="kodeks_translate"),
        *(path(route, view, name=name) for name, (route, view) in VIEWS.items()),
    ]


class TranslationsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return works_on_campaigns(request)


@hooks.register("register_admin_menu_item")
def translations() -> TranslationsItem:
    url = reverse_lazy("kodeks_translations")
    return TranslationsItem(_("Translations"), url, name="kodeks-translations", icon_name="globe", order=150)


@hooks.register("construct_homepage_panels")
def campaigns_first(request: HttpRequest, shown: list[Any]) -> None:
    if works_on_campaigns(request):
        shown.append(CampaignsPanel(request))


class CheckMenuItem(ActionMenuItem):
    """Saves the draft and leads to its checks, where the editor asks a second person."""

    label = _("Check and publish")
    name = "action-check"
    icon_name = "check"


def _is_campaign(context: dict[str, Any]) -> bool:
    if context["view"] == "create":
        return context["parent_page"].specific_class is HomePage
    return isinstance(context["page"], CampaignPage)


@hooks.register("construct_page_action_menu")
def check_before_publishing(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if _is_campaign(context):
        items[:] = [CheckMenuItem(), *(one for one in items if not isinstance(one, PublishMenuItem))]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def lead_to_checks(request: HttpRequest, page: Any) -> Any:
    if isinstance(page, CampaignPage) and "action-check" in request.POST:
        return redirect("kodeks_campaign_check", page.pk)
    return None


@hooks.register("register_page_header_buttons")
def way_to_checks(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    if page.specific_class is CampaignPage and page.specific.may_change(user):
        url = reverse("kodeks_campaign_check", args=[page.pk])
        yield Button(gettext("Checks and publishing"), url, icon_name="check", priority=5)


@hooks.register("before_bulk_action")
def no_campaigns_in_bulk(request: HttpRequest, action: str, pages: list[Any], view: Any) -> Any:
    """A second person confirms each one."""
    if action != "publish":
        return None
    below = view.cleaned_form.cleaned_data["include_descendants"]
    for page in pages:
        drafts = CampaignPage.objects.descendant_of(page, inclusive=True)
        if (drafts if below else drafts.filter(pk=page.pk)).exists():
            messages.error(request, gettext("A second person confirms a campaign. Choose Check and publish."))
            return redirect(view.next_url)
    return None


@hooks.register("construct_page_chooser_queryset")
def only_what_is_offered(pages: Any, request: HttpRequest) -> Any:
    return offered(pages, request.user)


@hooks.register("before_serve_document", order=-1)
def only_what_is_published(document: Any, request: HttpRequest) -> None:
    files.before_document(document, request)
