"""The gate before /admin/."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from people.access import memberships
from people.actions.groups import ADMIN_ROLES
from people.second_factor import step_up
from public.office.page_chooser import may_choose

PREFIX = "/admin/"
_BULK = re.compile(rf"{PREFIX}bulk/(?P<model>[^/]*/[^/]*)/")


def may_enter(request: HttpRequest) -> bool:
    """Whether the person has the admin's permission and a role today that brings it (one may run out by
    date)."""
    user = request.user
    # The roles are known to most pages already, the permissions take two questions: so those few are asked
    # last.
    if all(one.role not in ADMIN_ROLES for one in memberships(user)):
        return False
    return user.has_perm("wagtailadmin.access_admin")


def may_be_in_bulk(request: HttpRequest) -> bool:
    """Whether an address is none of a bulk action, or is one of Wagtail's own models with numbers. Records of
    Kodeks are changed one by one: Wagtail's page lists them to whoever asks for their deletion."""
    bulk = _BULK.match(request.path_info)
    if bulk is None:
        return True
    given = request.GET.getlist("id")
    wagtails = bulk["model"].startswith("wagtail") or bulk[
        "model"
    ] == settings.WAGTAILIMAGES_IMAGE_MODEL.lower().replace(".", "/")
    return wagtails and all(one == "all" or one.isdecimal() for one in given)


class AdminGateMiddleware:
    """For whoever has nothing to do there, there is no admin: 404 on every path below it, existing or not.
    Nobody does anything to Kodeks's records in bulk. A file of them asks for a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        dummy = getattr(
            request, "is_dummy", False
        )  # Wagtail's preview of a page, asked for by somebody inside
        if request.public or dummy or not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if not (may_be_in_bulk(request) and may_enter(request) and may_choose(request)):
            raise Http404
        # Only a page is a file; a form here was not yet found to come from a page of Kodeks.
        if request.method in ("GET", "HEAD") and request.GET.get("export") in SpreadsheetExportMixin.FORMATS:
            answer: HttpResponse = step_up(self.get_response)(request)
            return answer
        return self.get_response(request)
