"""What is no page of Kodeks is a file: nothing in it runs, on either host and in the admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.signals import user_logged_out
from django.http import HttpResponse
from django.test import RequestFactory

from config.middleware import ADMIN, OWN, SecurityHeadersMiddleware
from theme.file_answers import SAFE, as_file, attachment, disposition


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("path", ["/en/x", "/admin/x/", "/api/v1/x"])
def test_only_pages_may_run_scripts(path: str, public: bool) -> None:
    def answer(response: HttpResponse) -> HttpResponse:
        request = RequestFactory().get(path)
        request.public = public
        return SecurityHeadersMiddleware(lambda _request: response)(request)

    for kind in (
        "image/svg+xml",
        "application/pdf",
        "text/csv",
        "application/json",
        "text/plain",
        "application/xml",
    ):
        for response in (
            HttpResponse("x", content_type=kind),
            HttpResponse("x", kind, headers={"Content-Security-Policy": "default-src 'none'"}),
        ):
            found = answer(response)
            assert {name: found.headers[name] for name in SAFE} == SAFE, kind
    page = answer(as_file(HttpResponse("<script>", content_type="text/html"), "page.html"))
    assert page.headers["Content-Security-Policy"] == SAFE["Content-Security-Policy"]
    own = answer(HttpResponse("x"))
    assert own.headers["Content-Security-Policy"] == (ADMIN if path.startswith("/admin/") else OWN)


def test_a_name_ends_no_header() -> None:
    for name in (
        'a"; filename="b.exe',
        "a\r\nSet-Cookie: a=1",
        "../../etc/passwd",
        "\u202egpj.exe",
        "",
        "ж.pdf",
    ):
        said = disposition(name)
        assert said.startswith("attachment") and not {"\r", "\n", "\u202e"} & set(said) and "../" not in said
    assert attachment("x", "text/csv", "a.csv").headers["Cache-Control"] == "private, no-store"


def test_signing_out_clears_the_browser() -> None:
    request = RequestFactory().post("/en/x")
    request.public = False
    user_logged_out.send(sender=None, request=request, user=None)
    answer = SecurityHeadersMiddleware(lambda _request: HttpResponse())(request)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
