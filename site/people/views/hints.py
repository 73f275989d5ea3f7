"""Close a first-use hint."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from people.hints import HINTS, dismiss, key_of
from people.requests import OfficeRequest


@require_POST
def close_hint(request: OfficeRequest) -> HttpResponse:
    """Back to the page that the hint was on."""
    page, onward = request.POST.get("page", ""), request.POST.get("next", "")
    if page not in HINTS:
        return HttpResponseBadRequest()
    dismiss(request.user, key_of(page))
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
        onward = f"/{request.LANGUAGE_CODE}/"
    return HttpResponseRedirect(onward)
