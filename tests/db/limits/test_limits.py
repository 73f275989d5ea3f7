"""Limits are said in words, in the language of the reader, on both hosts; and they count for all processes."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from files import middleware
from limits.count import forget_counts, within_limit
from limits.models import RequestCount
from people.roles import Role
from tests.support.factories import make_person
from tests.support.html import PageClient, signed_in

FORM = "application/x-www-form-urlencoded"


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_pass() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    passed: list[bool] = []

    def ask() -> None:
        passed.append(within_limit(request, "test", 7, 3600))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert passed.count(True) == 7
    row = RequestCount.objects.get()
    assert row.number == 20 and "127.0.0.1" not in row.key
    RequestCount.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert forget_counts() == 1


@pytest.mark.django_db
def test_a_limit_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    anonymous = PageClient(raise_request_exception=False)
    person = signed_in(make_person(Role.COORDINATOR))
    person.raise_request_exception = False
    large = {"content_type": FORM, "data": "a=" + "x" * 300_000}
    long = {"data": {"title": "x" * 2_100_000}}
    names = {"data": {"x" * 400: "1"}}
    for client, tag, path, given in (
        (anonymous, "mk", "sign-in/", large),
        (person, "sr-cyrl", "desk/new/empty/", long),
        (person, "sq", "desk/new/empty/", names),
        (person, "en", "desk/new/", {"data": {f"a{n}": "1" for n in range(5_100)}}),
    ):
        answer = client.post(f"/{tag}/{path}", **given)
        page = answer.content.decode()
        assert answer.status_code == 413 and f'<html lang="{tag[:2]}' in page and "page-title" in page, path
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    answer = person.post("/en/sign-in/", "{" + "x" * 21_000_000, content_type="application/json")
    assert answer.status_code in (302, 413)
    monkeypatch.setattr(middleware, "STRANGERS", 1)
    codes = [anonymous.post("/sq/sign-in/", {"login": "a"}).status_code for _ in range(2)]
    assert codes == [200, 429]
    monkeypatch.setattr(middleware, "UPLOADS", 1)
    codes = []
    for _ in range(2):
        answer = person.post("/en/desk/new/", {"file": SimpleUploadedFile("a.docx", b"x")})
        codes.append(answer.status_code)
    assert codes == [422, 429] and answer.headers["Retry-After"] == "3600"
    assert "Wait for 60 minutes" in answer.content.decode()
    program = person.post(
        "/en/desk/new/", {"file": SimpleUploadedFile("a.docx", b"x")}, headers={"accept": "application/json"}
    )
    assert program.status_code == 429 and "Wait for 60 minutes" in program.json()["message"]
