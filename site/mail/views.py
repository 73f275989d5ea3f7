"""The outbox of the demonstration: every mail that would have left, to be read by whoever tries Kodeks."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mail.models import Message

A_PAGE = 30


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """All mails, the newest first; ``?to=`` those to one address. Only in the demonstration: elsewhere a mail is for its
    reader alone, and this is 404."""
    if not settings.KODEKS_DEMO:
        raise Http404
    found = Message.objects.order_by("-id")
    to = request.GET.get("to", "")[:254]
    if to:
        found = found.filter(to=to)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    readers = Message.objects.order_by("to").values_list("to", flat=True).distinct()
    return render(request, "mail/outbox.html", {"page": page, "to": to, "readers": readers})
