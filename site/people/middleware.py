"""Middleware of the office: the reader's time zone, one query of rights a page, the end of the last role, the
second factor, the footnote of a country's name."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import nullcontext
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html

from people.access import asking_once, has_left
from people.models import Country
from people.second_factor import address_to_show, needs_factor, was_shown
from people.suspended_form import suspend
from theme.localized_names import localized_name

_STARRED = re.compile(r"\w\*")


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


class LeftMiddleware:
    """Ends the session of somebody whose last role has ended by its date: nothing is called on that day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.public and request.user.is_authenticated and has_left(request.user):
            logout(request)
        return self.get_response(request)


WITHOUT_FACTOR = ("account/second-factor", "account/confirm", "sign-out", "password", "privacy", "help")
"""The pages that are open to whoever has yet to set a second factor up."""


class SecondFactorMiddleware:
    """Who may change much (people.second_factor) gets no further without a second factor in the session,
    however they signed in and whenever they got their role."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.public or not request.user.is_authenticated or self._open(request.path_info):
            return self.get_response(request)
        user: Any = request.user
        if was_shown(request, settings.SESSION_COOKIE_AGE) or not needs_factor(user):
            return self.get_response(request)
        wanted = request.get_full_path() if request.method == "GET" else ""
        return HttpResponseRedirect(address_to_show(user, wanted))

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """In place of allauth's own, which writes all headers of the form into the session."""
        if not isinstance(problem, ReauthenticationRequired) or not request.user.is_authenticated:
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways:
            return None
        return suspend(request, f"{ways[0]['url']}?{urlencode({'next': request.get_full_path()})}")

    @staticmethod
    def _open(path: str) -> bool:
        inner = path.partition("/")[2].partition("/")[2]
        return path.startswith(("/static/", "/oidc/")) or inner.startswith(WITHOUT_FACTOR)


class FootnoteMiddleware:
    """Puts the footnote of a country (Kosovo*) at the foot of each page of the office that shows its name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if request.public or response.streaming or not is_page or b"*" not in response.content:
            return response
        html = response.content.decode()
        if _STARRED.search(html):
            response.content = _with_footnotes(html)
        return response


def _with_footnotes(html: str) -> str:
    for country in filter(attrgetter("footnote"), Country.objects.all()):
        note = format_html('<p class="wrap muted xs">{}</p>', localized_name(country.footnote))
        names = {str(localized_name(country.name)), country.name}
        if any(name in html for name in names) and str(localized_name(country.footnote)) not in html:
            html = html.replace("</footer>", f"{note}</footer>", 1)
    return html
