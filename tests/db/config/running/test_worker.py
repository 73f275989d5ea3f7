"""Of several workers one does what must be done once; /statusz says what is away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from config.running import lease, needs
from config.running.lease import Lease
from config.running.worker import Job, work
from people.roles import Role
from tests.support.factories import make_person
from tests.support.html import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def leases() -> Iterator[list[Lease]]:
    every = [Lease(), Lease()]
    yield every
    for one in every:
        one.release()


def wait_for(condition: Callable[[], bool]) -> bool:
    """The server notices a moment later that a connection has ended."""
    end = time.monotonic() + 5
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_one_worker_has_the_lease_and_it_passes_on(
    leases: list[Lease], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.running.worker.close_old_connections", lambda: None)  # that of the test stays
    first, second = leases
    assert not lease.is_held()
    assert first.is_mine() and first.is_mine() and not second.is_mine()
    assert lease.is_held()
    done: list[str] = []
    jobs = [
        Job("once", 0, lambda: done.append("once")),
        Job("shared", 0, lambda: done.append("shared"), True),
    ]
    work(jobs, iter([True, False]).__next__, pause=0)
    assert done == ["shared"]
    # Its connection breaks off, as when the process is killed.
    assert first._connection is not None
    first._connection.close()
    assert wait_for(second.is_mine) and not first.is_mine()
    second.release()
    work(jobs, iter([True, False]).__next__, pause=0)
    assert done == ["shared", "once", "shared"] and not lease.is_held()


def test_statusz_names_what_is_away(
    client: Client, leases: list[Lease], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines() -> dict[str, str]:
        monkeypatch.setattr(needs, "_last", None)
        answer = client.get("/statusz")
        found = dict(line.split(": ") for line in answer.content.decode().splitlines())
        assert answer.status_code == (503 if "away" in found.values() else 200)
        return found

    assert lines()["worker"] == "away" and lines()["database"] == "ok"
    leases[0].is_mine()
    assert lines()["worker"] == "ok" and lines()["storage"] == "ok"

    def refuse(name: str) -> bool:
        raise OSError("the store does not answer")

    monkeypatch.setattr(default_storage, "exists", refuse)
    assert lines()["storage"] == "away"
    for host in ("testserver", "public.test"):
        ready = client.get("/readyz", headers={"host": host})
        assert ready.status_code == 200, "pages are served all the same"
        assert ready.content == b"ready\n", "what is away is not for everybody to know"
    monkeypatch.undo()
    # What is away is not for everybody to know.
    assert client.get("/statusz", headers={"host": "public.test"}).status_code == 404
    through = {"X-Forwarded-For": "127.0.0.1"}
    for who, status in ((None, 404), (Role.COORDINATOR, 404), (Role.OPERATOR, 503)):
        away = signed_in(make_person(who) if who else None)
        assert away.get("/statusz", headers=through).status_code == status
        assert away.get("/statusz", REMOTE_ADDR="192.0.2.1").status_code == status
