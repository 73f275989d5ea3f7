"""The two guards of an act that is hard to take back: the page before it, and *Undo* after it."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory

from theme import check_answers, undo
from theme.check_answers import Answer


class Stored(list[object]):
    """Messages of one request, as the storage keeps them."""

    def add(self, level: int, text: str, extra_tags: str = "") -> None:
        self.append({"message": text, "tags": "success", "extra_tags": extra_tags})


def posted(**data: str) -> HttpRequest:
    request = RequestFactory().post("/", data)
    request._messages = Stored()  # type: ignore[attr-defined]
    return request


def test_answers_travel_to_the_last_button_and_back_to_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, object]] = []

    def render(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
        shown.append(context)
        return HttpResponse(template)

    monkeypatch.setattr(check_answers, "render", render)
    first = posted(reason="Late", csrfmiddlewaretoken="x")
    assert not check_answers.is_confirmed(first) and not check_answers.is_reopened(first)
    check_answers.page(
        first, title="Withdraw", answers=[Answer("Reason", "Late")], button="Withdraw the edition"
    )
    assert shown[0]["carried"] == [("reason", "Late")]
    assert check_answers.is_confirmed(posted(reason="Late", answers="confirmed"))
    assert check_answers.is_reopened(posted(reason="Late", answers="change"))


def test_a_message_offers_to_undo() -> None:
    request = posted()
    undo.success(request, "2 suggestions rejected", "/en/desk/4/undo/1/")
    html = render_to_string("theme/messages.html", {"messages": request._messages}, request)  # type: ignore[attr-defined]
    assert 'action="/en/desk/4/undo/1/"' in html and "csrfmiddlewaretoken" in html
    assert undo.undo_url("success") == ""
