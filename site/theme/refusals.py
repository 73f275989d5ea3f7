"""Answers to what is not taken: unreadable, too large, too often, not accepted. Pages in the look of the host
and the language of the address. They need no database and no session, because they may answer before either
is there."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from theme import locales
from theme.context import leave_url

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`handler400`: what was sent can't be read, or is more than Django reads."""
    if isinstance(exception, TOO_LARGE):
        return too_large(request)
    return refuse(
        request,
        HTTPStatus.BAD_REQUEST,
        _("We could not read this request"),
        _("Your browser or program sent something that this site cannot read. Nothing was saved."),
        _("Go back and try again. If it happens again, send less at once or use another browser."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    return refuse(
        request,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        _("This is too large"),
        _("You sent more than this site takes at once. Nothing was saved."),
        _("Go back and send less at once, or a smaller file."),
    )


def too_often(request: HttpRequest, minutes: int = 1) -> HttpResponse:
    response = refuse(
        request,
        HTTPStatus.TOO_MANY_REQUESTS,
        _("Too many requests"),
        _("You did this more often than this site allows in a short time. Nothing was saved."),
        _("Wait for %(minutes)s minutes, then go back and try again.") % {"minutes": minutes}
        if minutes > 1
        else _("Wait for a minute, then go back and try again."),
    )
    response.headers["Retry-After"] = str(60 * minutes)
    return response


def refuse(request: HttpRequest, status: int, title: str, *lines: str) -> HttpResponse:
    """A page, or JSON for a program that asked for it."""
    if wants_json(request):
        text = " ".join(lines)
        return JsonResponse({"message": text, "success": False, "error_message": text}, status=status)
    tag = get_language() or "en"
    context = {
        "public": getattr(request, "public", False),
        "leave_url": leave_url(),
        "html_lang": locales.html_lang(tag),
        "direction": locales.direction(tag),
        "title": title,
        "lines": lines,
    }
    return HttpResponse(loader.render_to_string("theme/refused.html", context), status=status)


def wants_json(request: HttpRequest) -> bool:
    return (
        request.content_type == "application/json"
        or request.headers.get("X-Requested-With") == "XMLHttpRequest"
        or request.headers.get("Accept", "").startswith("application/json")
    )
