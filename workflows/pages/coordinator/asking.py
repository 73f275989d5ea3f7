"""Asking somebody else of an institution, from the page of the review."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from people.decorators import post_or
from people.models import User
from theme.localized_names import localized_name
from workflows.actions.ask_another import ask_another
from workflows.actions.errors import Refused
from workflows.models import Seat
from workflows.pages.coordinator.views import owned_review, show_review
from workflows.pages.review.views import number_in


@post_or("coordinate:review", "pk")
def ask_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the person who was chosen; a refusal stands on the page of the review."""
    found = owned_review(request, pk)
    seat = (
        Seat.objects.select_related("stage__review", "institution", "user")
        .filter(pk=number_in(request.POST.get("seat")), stage__review=found)
        .first()
    )
    person = User.objects.filter(pk=number_in(request.POST.get("person"))).first()
    if seat is None or person is None:
        raise Http404
    try:
        former = ask_another(request.user, seat, person)  # type: ignore[arg-type]
    except Refused as refusal:
        return show_review(request, found, refusal.message)
    said = _("%(name)s is asked now, and was told; so was %(former)s.")
    if seat.stage.opened is None:
        said = _(
            "%(name)s is asked in place of %(former)s. The stage has not begun: nobody was told yet, and "
            "%(name)s gets a mail when it begins."
        )
    messages.success(
        request, said % {"name": localized_name(person.name), "former": localized_name(former.name)}
    )
    return HttpResponseRedirect(reverse("coordinate:review", args=[pk]))
