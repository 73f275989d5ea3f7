"""One mail a day, for who wants it so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import mail
from mail.delivery import deliver, waiting
from mail.digest import choose, wants_digest, write_digests
from mail.models import Message

pytestmark = pytest.mark.django_db
CONTEXT = {
    "institution": "Ministry",
    "role": "Reviewer",
    "by": "Ana",
    "days": 14,
    "url": "https://a.example/x/",
}
MORNING, NEXT = datetime(2026, 12, 1, 8, tzinfo=UTC), datetime(2026, 12, 2, 8, tzinfo=UTC)


def write(*, may_wait: bool = True) -> Message:
    return mail.send("invitation", to="A@test.example", language="mk", context=CONTEXT, may_wait=may_wait)


def test_what_may_wait_comes_once_a_day_in_one_mail() -> None:
    assert not write().held
    choose("a@test.example", "mk", digest=True)
    first, second, urgent = write(), write(), write(may_wait=False)
    assert first.held and second.held and not urgent.held
    assert first not in waiting() and deliver(first.pk) is False
    assert write_digests(datetime(2026, 12, 1, 5, tzinfo=UTC)) == []
    (digest,) = write_digests(MORNING)
    assert digest.text.count(first.subject) == 2 and "https://a.example/x/" in digest.text
    assert "2 " in digest.subject
    assert write_digests(MORNING) == []
    assert deliver(digest.pk)
    first.refresh_from_db()
    assert first.sent is not None and first.digest == digest
    third = write()
    assert write_digests(MORNING) == [] and third.held
    assert len(write_digests(NEXT)) == 1


def test_who_wants_each_on_its_own_again_gets_what_was_held_back() -> None:
    choose("a@test.example", "mk", digest=True)
    held = write()
    choose("A@test.example", "mk", digest=False)
    assert not wants_digest("a@test.example")
    assert held in waiting() and deliver(held.pk)
