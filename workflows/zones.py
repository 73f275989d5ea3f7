"""Showing times as they are where the reader works."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.models import Country

View = Callable[..., HttpResponse]


def local_time(view: View) -> View:
    """Lets a page show times in the zone of the country in which the reader's institution is."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        country = Country.objects.filter(institutions__memberships__user=request.user.pk).first()
        with timezone.override(ZoneInfo(country.time_zone) if country else timezone.get_default_timezone()):
            return view(request, *args, **kwargs)

    return wrapped
