"""Serves the saved copies of public pages: for some seconds instead of asking again, and while the database
does not answer (docs/decisions/0055-saved-pages.md)."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import chain, islice
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response

from public import saved_pages
from public.languages import PUBLIC
from public.saved_pages import HOUR, MINUTE, Copy
from theme import dates

log = logging.getLogger("kodeks.pages")

GZIP = re.compile(r"\bgzip\b")
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
PAUSE = 5.0
"""Seconds after which a database that did not answer is asked again."""
RENEWED = 600.0
"""Seconds after which the worker renews a copy."""
AT_ONCE, LOOKED_AT = 10, 200
"""Of how many copies the worker looks at the age before it does something else, and how many it renews."""


class Away:
    """Whether the database was just found not to answer, in this process."""

    until = 0.0

    @classmethod
    def notice(cls) -> None:
        log.warning("The database does not answer: public pages are served from saved copies.")
        cls.until = time.monotonic() + PAUSE

    @classmethod
    def now(cls) -> bool:
        return time.monotonic() < cls.until


class SavedPagesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.public or not saved_pages.is_on():
            return self.get_response(request)
        saved_pages.drop_unknown(request)
        address = saved_pages.address_of(request)
        if address and request.method == "GET":
            copy = saved_pages.find(address, MINUTE)
            is_fresh = copy and copy.age <= settings.KODEKS_PAGE_SECONDS
            if copy and (is_fresh or not saved_pages.take_turn(address)):
                return _as_it_was(request, copy)
        if Away.now() and (instead := _instead(request)):
            return instead
        return self._ask(request, address)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a view raises because the database is away."""
        is_away = isinstance(exception, OperationalError | InterfaceError)
        if not is_away or not request.public or not saved_pages.is_on():
            return None
        Away.notice()
        return _instead(request)

    def _ask(self, request: HttpRequest, address: str) -> HttpResponse:
        """Whole, also where the browser has the page already: the store needs it."""
        conditions = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
        response = self.get_response(request)
        request.META.update(conditions)
        if not address or request.method != "GET":
            return response
        saved_pages.end_turn(address)
        if getattr(response, "is_saved_copy", False):
            return response
        with suppress(OperationalError, InterfaceError):
            if response.status_code == 200 and request.get_host() == _public_host():
                saved_pages.save(address, response)
            elif 300 <= response.status_code < 500:
                saved_pages.forget(address)
        etag = response.headers.get("ETag")
        return get_conditional_response(request, etag=etag, response=response) or response


def _public_host() -> str:
    return urlsplit(settings.PUBLIC_BASE_URL).netloc


def _as_it_was(request: HttpRequest, copy: Copy) -> HttpResponse:
    response = _response(request, copy.packed, copy)
    etag = copy.headers.get("ETag")
    return get_conditional_response(request, etag=etag, response=response) or response


def _instead(request: HttpRequest) -> HttpResponse | None:
    """The copy of the page, at most an hour old; else the numbers to call. Both name their hour."""
    path, query = request.path_info, request.META.get("QUERY_STRING", "")
    tag = path.lstrip("/").partition("/")[0]
    if tag not in PUBLIC:
        return None
    address = saved_pages.address_of(request)
    copy = saved_pages.find(address, HOUR) if address else None
    is_page = copy is not None
    copy = copy or saved_pages.numbers_of(path, query)
    if copy is None:
        return None
    made = datetime.fromtimestamp(copy.made, timezone.get_default_timezone())
    moment = dates.long_moment(made, tag)
    with translation.override(tag):
        line = loader.render_to_string("public/saved_copy.html", {"moment": moment, "is_page": is_page})
    html = copy.html.replace("<main", f"{line}<main", 1)
    response = _response(request, saved_pages.pack(html.encode()), copy)
    del response.headers["ETag"]
    response.headers["Cache-Control"] = "no-store"
    if not is_page:
        response.status_code, response.headers["Retry-After"] = 503, "60"
    response.is_saved_copy = True  # type: ignore[attr-defined]
    return response


def _response(request: HttpRequest, packed: bytes, copy: Copy) -> HttpResponse:
    takes_packed = GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    response = HttpResponse(packed if takes_packed else saved_pages.unpack(packed), headers=copy.headers)
    if takes_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["Age"] = str(int(copy.age))
    return response


class Renewal:
    """Reads the pages for readers one after the other, as a reader does, so that no copy is older than an
    hour. A few at once: the worker has more to do."""

    def __init__(self) -> None:
        self.addresses: Iterator[str] = iter(())
        self.handler: BaseHandler | None = None

    def __call__(self) -> None:
        if not saved_pages.is_on():
            return
        next_ones = list(islice(self.addresses, LOOKED_AT))
        old = [one for one in next_ones if not saved_pages.find(one, RENEWED)]
        for address in old[:AT_ONCE]:
            self._read(address)
        self.addresses = chain(old[AT_ONCE:], self.addresses) if next_ones else saved_pages.to_save()

    def _read(self, address: str) -> None:
        if self.handler is None:
            self.handler = BaseHandler()
            self.handler.load_middleware()
        scheme, host = urlsplit(settings.PUBLIC_BASE_URL)[:2]
        headers = {"Host": host, "Accept-Encoding": "gzip"}
        request = RequestFactory().get(address, headers=headers, secure=scheme == "https")
        self.handler.get_response(request)


renew_copies = Renewal()
