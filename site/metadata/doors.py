"""What everything for programs does first: GET alone, and so many requests a minute from one network."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from search.pages.limits import too_often

A_MINUTE: Final = 60
View = Callable[..., HttpResponseBase]


def door(view: View) -> View:
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if too_often(request, "data", A_MINUTE):
            words = "Too many requests from your network. Try again in a minute."
            return HttpResponse(words, "text/plain; charset=utf-8", 429, headers={"Retry-After": "60"})
        return view(request, **kwargs)

    return answer
