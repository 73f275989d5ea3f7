"""Pictures and files of campaigns. The public host serves only those of published pages."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.dispatch import receiver
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published

from people.access import has_role
from people.roles import Role
from public.models import CampaignPage, Rendition
from public.publishing import may_publish
from theme.file_answers import as_file

FOLDER = "images/"
"""Where Wagtail keeps pictures in their sizes."""
HOUR = "public, max-age=3600"


def on_published_page(thing: models.Model) -> bool:
    """Whether a page that everybody may see shows this picture or file."""
    pages = ReferenceIndex.get_references_to(thing).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    ids = [int(pk) for pk in pages.values_list("object_id", flat=True)]
    return CampaignPage.published().filter(pk__in=ids).exists()


def may_fetch(request: HttpRequest, thing: models.Model) -> bool:
    """Editors also see what is not published yet, in the office; what has a country, only that country's."""
    if not request.public and request.user.has_perm("wagtailadmin.access_admin") and _is_own(request, thing):
        return True
    return on_published_page(thing)


def _is_own(request: HttpRequest, thing: Any) -> bool:
    if not hasattr(thing, "country_id"):
        return True
    return may_publish(request.user, thing.country_id) or has_role(request.user, Role.OPERATOR)


def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture in one size, by the name of its file, which the store keeps unique."""
    rendition = get_object_or_404(Rendition.objects.select_related("image"), file=f"{FOLDER}{name}")
    if not may_fetch(request, rendition.image):
        raise Http404
    response = as_file(FileResponse(rendition.file.open("rb")), name, attachment=False)
    response.headers["Cache-Control"] = HOUR if request.public else "private, max-age=3600"
    return response


def before_document(document: Any, request: HttpRequest) -> None:
    """Wagtail asks this before it hands out a file; from a private collection it would lead to no page."""
    restrictions = document.collection.get_view_restrictions()
    if not may_fetch(request, document) or not all(one.accept_request(request) for one in restrictions):
        raise Http404


@receiver(page_published)
def index_files(instance: Page, **kwargs: Any) -> None:
    """The worker keeps Wagtail's list of what a page shows; a page that is published needs its files now."""
    ReferenceIndex.create_or_update_for_object(instance)
