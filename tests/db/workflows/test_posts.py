"""An address that takes a form is met by a link too: the language menu after a refusal, Back, a bookmark. It
leads to its page. The addresses are taken from the addresses themselves."""

from __future__ import annotations

import re
from typing import Any

from django.urls import get_resolver, reverse
from django.utils import translation

from tests.support.documents.exports.every_export import addresses
from tests.support.reviews import Cast, client_of, say, to
from workflows.models import Review

SPACES = ("review:", "coordinate:", "desk:", "documents:")
PART = re.compile(r"[<](?:\w+:)?(\w+)>")


def test_no_address_of_a_form_is_a_bare_refusal_for_who_comes_by_a_link(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    values: dict[str, Any] = {
        "pk": review.pk, "comment_pk": comment.pk, "edition_id": cast.edition.pk, "assignment_id": 1,
        "uid": cast.uids[0], "language": "mk", "country": "mk", "slug": "sop", "number": 1, "day": "2026-03-14", "key": "urgent",
    }  # fmt: skip
    client = client_of(cast.coordinator)
    led = []
    for route, name in addresses(get_resolver("config.urls_office")):
        if not name.startswith(SPACES):
            continue
        known = values | ({"key": cast.uids[0], "kind": "docx"} if name.startswith("desk:") else {})
        with translation.override("sq"):
            address = reverse(name, kwargs={part: known.get(part, "1") for part in PART.findall(route)})
        allowed = client.put(address).headers.get("Allow", "")
        if "POST" not in allowed:
            continue
        assert "GET" in allowed, name
        came = client.get(address)
        assert came.status_code in (200, 302, 404, 409), (name, came.status_code)
        if came.status_code == 302 and allowed:
            led.append(name)
            assert came["Location"].startswith("/sq/"), name
            assert client.get(came["Location"]).status_code in (200, 404, 409), name
    assert {
        "coordinate:go_on",
        "coordinate:extend",
        "review:reply",
        "review:delegate_end",
        "desk:resolve_conflict",
    } < set(led)


def test_a_deadline_that_was_not_moved_can_be_read_in_another_language(cast: Cast, review: Review) -> None:
    client = client_of(cast.coordinator)
    refused = client.post(to("coordinate:extend", review.pk), {"stage": review.stages.get(order=1).pk})
    assert refused.status_code == 409
    menu = re.findall(r'href="(/sq/[^"]+extend/)"', refused.content.decode())
    assert client.get(menu[0], follow=True).status_code == 200
