"""The page that takes an app back from an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.actions.take_app_back import NoApp, may_take_back, take_app_back
from people.models import Membership, SecondFactor
from people.requests import OfficeRequest


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Asks, then takes the app back; where there is none any more, says so."""
    found = Membership.objects.active().select_related("institution__country", "user")
    membership = get_object_or_404(found, pk=pk)
    if not may_take_back(request.user, membership):
        raise Http404
    factor = SecondFactor.objects.filter(user=membership.user_id, confirmed__isnull=False).first()
    if factor is not None and request.method != "POST":
        context = {"membership": membership, "since": factor.confirmed}
        return render(request, "people/take_app_back.html", context)
    try:
        if factor is None:
            raise NoApp
        take_app_back(request.user, membership)
    except NoApp:
        messages.info(request, _("There is no app to take back: this person has none."))
    else:
        messages.success(request, _("Taken back. The person was told by mail how to go on."))
    return redirect("people:directory")
