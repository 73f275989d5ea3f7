"""Records refusals: a 404 or 403 to somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit.trail import refused


class RefusalMiddleware:
    """Audits 403 and 404 answers to people who are signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in (403, 404) and not request.public and request.user.is_authenticated:
            refused(
                "open",
                f"path:{request.path_info[:100]}",
                request.user,
                status=response.status_code,
                method=request.method,
            )
        return response
