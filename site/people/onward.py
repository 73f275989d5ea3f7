"""The page that somebody wanted before they had to sign in: ``next`` in an address or a form."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 300


def safe_path(wanted: str) -> str:
    """``wanted`` if it is a page of this site, else nothing."""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if safe and len(wanted) <= LONGEST else ""


def onward(request: HttpRequest) -> str:
    """The page that a request names as the next one; empty where there is none, or it is elsewhere."""
    return safe_path(request.POST.get("next") or request.GET.get("next") or "")


def with_next(path: str, wanted: str) -> str:
    """An address that hands ``wanted`` on."""
    return f"{path}?{urlencode({'next': wanted})}" if wanted else path
