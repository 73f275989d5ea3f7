"""What every reading page does first: the language of the page, the method, the moved address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents.pages.lookup import Moved

View = Callable[..., HttpResponse]


def door(view: View) -> View:
    """Lets GET and HEAD through to a reading page. A language of campaigns only leads to the English page,
    with a note. A former address of an instrument leads to its present one."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        tag = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
        if tag not in settings.KODEKS_OFFICE_LANGUAGES:
            rest = request.path_info.lstrip("/").partition("/")[2]
            query = request.GET.copy()
            query["from"] = tag
            return HttpResponseRedirect(f"/{settings.LANGUAGE_CODE}/{rest}?{query.urlencode()}")
        try:
            return view(request, **kwargs)
        except Moved as moved:
            # The same page, at the instrument's present address.
            match = request.resolver_match
            assert match is not None  # noqa: S101 - a view that runs was found by its address
            there = {**match.kwargs, "country": moved.instrument.country_id, "slug": moved.instrument.slug}
            behind = f"?{request.GET.urlencode()}" if request.GET else ""
            kind = HttpResponsePermanentRedirect if moved.for_good else HttpResponseRedirect
            return kind(reverse(match.view_name, kwargs=there) + behind)

    return wrapped


def referrer(request: HttpRequest) -> str:
    """The reader's public language where this page is not in it, or an empty text."""
    tag = request.GET.get("from", "")
    known = {code for code, _name in settings.LANGUAGES}
    return tag if tag in known and tag not in settings.KODEKS_OFFICE_LANGUAGES else ""
