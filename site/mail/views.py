"""The outbox of the demonstration: mails that would have left, each for its own reader."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mail.models import Message
from people.access import has_role
from people.roles import Role

A_PAGE = 30


def sees_every_mail(user: object) -> bool:
    """Whether the person runs Kodeks: then all mails are shown, also those to people who are only invited."""
    return has_role(user, Role.OPERATOR)


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The reader's own mails, newest first; the operator sees all, ``?to=`` those to one address.

    A mail holds links that let anybody in, so nobody reads another's. Outside the demonstration: 404.
    """
    if not settings.KODEKS_DEMO:
        raise Http404
    every = sees_every_mail(request.user)
    found = Message.objects.order_by("-id")
    to = request.GET.get("to", "")[:254] if every else ""
    if not every:
        found = found.filter(to=getattr(request.user, "email", ""))
    elif to:
        found = found.filter(to=to)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    readers = Message.objects.order_by("to").values_list("to", flat=True).distinct() if every else []
    return render(request, "mail/outbox.html", {"page": page, "to": to, "readers": readers, "every": every})
