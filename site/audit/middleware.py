"""Records refusals: a 404 or 403 to somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import is_valid_path

from audit.trail import record_refused_page


class RefusalMiddleware:
    """Audits 403 and 404 answers to people who are signed in, the same one once an hour. Beyond
    thirty in an hour they are only counted.

    An address that leads to no page at all is a slip of the hand and no attempt. It is left out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        denied = response.status_code in (403, 404) and not request.public and request.user.is_authenticated
        if denied and is_valid_path(request.path_info):
            with transaction.atomic():
                record_refused_page(
                    request.path_info, request.user, status=response.status_code, method=request.method
                )
        return response
