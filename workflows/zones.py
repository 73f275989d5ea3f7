"""What every page of the reviews does first: times as they are where the reader works, rights asked for once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.access import asking_once
from people.models import Country

View = Callable[..., HttpResponse]


def local_time(view: View) -> View:
    """Lets a page show times in the zone of the country in which the reader's institution is.

    A page that is only read asks for the reader's rights once; one that writes asks each time.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        country = Country.objects.filter(institutions__memberships__user=request.user.pk).first()
        zone = ZoneInfo(country.time_zone) if country else timezone.get_default_timezone()
        rights = asking_once() if request.method in ("GET", "HEAD") else nullcontext()
        with timezone.override(zone), rights:
            return view(request, *args, **kwargs)

    return wrapped
