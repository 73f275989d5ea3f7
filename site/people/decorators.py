"""Decorators for views: addresses that take a form and show no page of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]


def post_or(page: str, *parts: str, anchor: str = "") -> Callable[[View], View]:
    """For a view that takes a form. A GET (a link, Back, a bookmark) is redirected to ``page``, which
    checks access.

    ``parts`` are the view's own arguments that are in its address, ``anchor`` a place on it.
    """

    def decorate(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def wrapped(request: HttpRequest, **given: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, **given)
            return HttpResponseRedirect(reverse(page, kwargs={name: given[name] for name in parts}) + anchor)

        return wrapped

    return decorate
