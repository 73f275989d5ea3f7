"""The doors: the address without a language, the mark; and what is stored of persons."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from config.retention import ROWS


def to_language(request: HttpRequest) -> HttpResponse:
    """/ leads to the best of the languages that the browser asks for."""
    response = HttpResponseRedirect(f"/{request.LANGUAGE_CODE}/")
    response.headers["Vary"] = "Accept-Language"
    return response


def favicon(request: HttpRequest) -> HttpResponse:
    """For what asks for it without reading a page: the mark."""
    return HttpResponseRedirect(static("theme/mark.svg"))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What Kodeks stores of persons. Who is invited reads it before they join."""
    return render(request, "config/privacy.html", {"rows": ROWS})
