"""A session ends three hours after the last request, and is not written at each."""

from __future__ import annotations

import time

import pytest

from people.idle import LONGEST, NOTED, SEEN
from people.roles import Role
from tests.support.factories import make_person
from tests.support.html import signed_in

pytestmark = pytest.mark.django_db


def test_an_idle_session_ends() -> None:
    client = signed_in(make_person(Role.DRAFTER))
    began = client.session[SEEN]
    assert client.get("/en/").status_code == 200
    assert client.session[SEEN] == began, "just noted"

    def wait(seconds: int) -> None:
        session = client.session
        session[SEEN] = int(time.time()) - seconds
        session.save()

    wait(NOTED + 5)
    assert client.get("/en/").status_code == 200
    assert time.time() - client.session[SEEN] < NOTED
    wait(LONGEST + 5)
    answer = client.get("/en/")
    assert answer.status_code == 302 and answer["Location"].startswith("/en/sign-in/?next=")
    assert client.get("/en/").status_code == 302, "and stays ended"
