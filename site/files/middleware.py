"""What is sent to the office, before a view reads it: its size, its fields, its files."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from files.scan import RefusedFile, UploadRefused, checked
from limits.count import within_limit
from people.suspended_form import take_up
from theme.refusals import bad_request, refuse, too_large, too_often, wants_json

Handler = Callable[[HttpRequest], HttpResponse]

ANONYMOUS = 256 * 1024
"""Bytes of a request from somebody who is not signed in: a password is short."""
LONGEST_NAME, LONGEST_VALUE = 300, 2 * 1024 * 1024
"""Characters of a field of a form, and of its name. The longest value is a section with its tables."""
STRANGERS = 300
"""Forms that one network may send within ten minutes before somebody signs in: some send mails."""
UPLOADS, AN_HOUR = 600, 3600
"""Requests with files that one person may send within an hour."""
CHOOSE_AGAIN = gettext_lazy("Choose the file again. It was not saved while you entered the code.")


class SizeMiddleware:
    """Refuses a request that says it is too large, before anything of it is read."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.public or request.method in ("GET", "HEAD"):
            return self.get_response(request)
        most = settings.KODEKS_BATCH_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if not request.user.is_authenticated:
            most = ANONYMOUS
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > most:
            return too_large(request)
        return self.get_response(request)


class SuspendedFormMiddleware:
    """Takes a form up that waited for the second factor. Its files did not wait: each is an error at its
    field."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.public and request.user.is_authenticated:
            take_up(request, RefusedFile(CHOOSE_AGAIN))
        return self.get_response(request)


class ContentMiddleware:
    """Refuses fields that no person types, and files in which the scanner finds something."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.public or request.method != "POST":
            return None
        if _has_nul(request.POST):
            return bad_request(request)
        if _is_too_long(request.POST):
            return too_large(request)
        if not request.user.is_authenticated:
            within = within_limit(request, "stranger", STRANGERS, 600)
            return None if within else too_often(request, minutes=10)
        if not request.FILES:
            return None
        if not within_limit(request, "upload", UPLOADS, AN_HOUR):
            return too_often(request, minutes=AN_HOUR // 60)
        if settings.KODEKS_CLAMAV:
            given: MultiValueDict[str, Any] = request.FILES
            for name, files in list(given.lists()):
                sent = [one if isinstance(one, RefusedFile) else checked(request, one) for one in files]
                given.setlist(name, sent)
        return None

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Of a view that has no form to show the error at."""
        if not isinstance(problem, UploadRefused):
            return None
        answer = refuse(
            request, HTTPStatus.UNPROCESSABLE_ENTITY, _("This file was not accepted"), *problem.messages
        )
        if request.path_info.startswith("/admin/") and wants_json(request):
            answer.status_code = HTTPStatus.OK  # only then does Wagtail's page show the text
        return answer


def _has_nul(fields: QueryDict) -> bool:
    """PostgreSQL takes no NUL, and no person types one."""
    return any("\x00" in text for name, values in fields.lists() for text in (name, *values))


def _is_too_long(fields: QueryDict) -> bool:
    return any(
        len(name) > LONGEST_NAME or any(len(value) > LONGEST_VALUE for value in values)
        for name, values in fields.lists()
    )
