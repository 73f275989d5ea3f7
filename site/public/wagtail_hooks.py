"""What Wagtail's admin offers for the public site."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from public import files
from public.models import CampaignPage
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


@hooks.register("before_bulk_action")
def only_complete_campaigns(request: HttpRequest, action: str, pages: list[Any], view: Any) -> Any:
    """Says which campaigns can't be published together, and why; none of the pages is published then."""
    if action != "publish":
        return None
    found = [page.specific for page in pages if page.specific_class is CampaignPage]
    if view.cleaned_form.cleaned_data["include_descendants"]:
        found += [one for page in pages for one in CampaignPage.objects.descendant_of(page).not_live()]
    drafts = [page.get_latest_revision_as_object() for page in found]
    problems = {page.title: problem for page in drafts if (problem := page.why_not_published())}
    for title, problem in problems.items():
        messages.error(request, f"{title}: {problem}")
    return redirect(view.next_url) if problems else None


@hooks.register("before_serve_document")
def only_what_is_published(document: Any, request: HttpRequest) -> None:
    files.before_document(document, request)
