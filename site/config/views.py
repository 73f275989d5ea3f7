"""The doors: the address without a language, the two health checks; and what is stored of persons."""

from __future__ import annotations

from django.db import connection
from django.db.utils import Error
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


def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether this process can do its work: 503 while the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What Kodeks stores of persons. Who is invited reads it before they join."""
    return render(request, "config/privacy.html", {"rows": ROWS})
