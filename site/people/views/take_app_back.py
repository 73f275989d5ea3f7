"""Take the second factor of somebody back: asks first."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.actions.take_app_back import NoApp, may_take_back, take_app_back
from people.models import Membership
from people.requests import OfficeRequest
from people.second_factor import factors, step_up


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def take_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Asks, then takes the app back; where there is none any more, says so."""
    found = Membership.objects.active().select_related("institution__country", "user")
    membership = get_object_or_404(found, pk=pk)
    if not may_take_back(request.user, membership):
        raise Http404
    factor = factors(membership.user).order_by("-created_at").first()
    if factor is not None and request.method != "POST":
        context = {"membership": membership, "since": factor.created_at}
        return render(request, "people/take_app_back.html", context)
    try:
        if factor is None:
            raise NoApp
        take_app_back(request.user, membership)
    except NoApp:
        messages.info(request, _("This person has not set up two-factor authentication."))
    else:
        messages.success(
            request, _("Two-factor authentication was reset. The person gets an e-mail with instructions.")
        )
    return redirect("people:directory")
