"""Middleware of the office: times in the zone of the reader, rights asked for once a page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.access import asking_once
from people.models import Country


class LocalTimeMiddleware:
    """Shows times in the zone of the country in which the reader's institution is; the public host knows no
    reader.

    A page that is only read asks for the reader's rights once; one that may write asks for each decision.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.public or not request.user.is_authenticated:
            return self.get_response(request)
        country = Country.objects.filter(institutions__memberships__user=request.user.pk).first()
        zone = ZoneInfo(country.time_zone) if country else timezone.get_default_timezone()
        rights = asking_once() if request.method in ("GET", "HEAD") else nullcontext()
        with timezone.override(zone), rights:
            return self.get_response(request)
