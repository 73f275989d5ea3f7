"""Addresses of the public host, also for links from the office's admin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def path_of(name: str, tag: str, *args: Any) -> str:
    """The path of a public page (``home``, ``help``, ``country``, ``privacy``, ``campaign``)."""
    with translation.override(tag):
        return reverse(f"public:{name}", urlconf=settings.PUBLIC_URLCONF, args=args)


def absolute(path: str) -> str:
    """A path with the public host before it."""
    return f"{settings.PUBLIC_BASE_URL}{path}"


def host_and_port() -> tuple[str, int]:
    """The public host as Wagtail keeps it."""
    scheme, _, rest = settings.PUBLIC_BASE_URL.partition("://")
    host, _, port = rest.partition("/")[0].partition(":")
    return host, int(port or (443 if scheme == "https" else 80))
