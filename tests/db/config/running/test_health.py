"""The operator's page of health."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from audit.models import Entry
from config.running import health
from config.running.health import BACKUP, QUEUE, State
from mail.models import Message
from people.models import User
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> User:
    return make_person(Role.OPERATOR, make_institution("mk-coordinator"))


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PUBLISHER, Role.PRACTITIONER])
def test_only_operators_have_it(role: Role) -> None:
    client = signed_in(make_person(role, make_institution("mk-coordinator")))
    assert client.get("/en/health/").status_code == 404
    assert "/en/health/" not in client.get("/en/").content.decode()


def test_it_says_what_it_found_in_words(operator: User) -> None:
    page = signed_in(operator).get("/en/health/").content.decode()
    for text in ("Nothing is waiting.", "None recorded.", "All stand as they should.", "PostgreSQL"):
        assert text in page
    assert signed_in(operator).post("/en/health/").status_code == 405


def test_a_backup_is_recorded_in_the_trail(operator: User) -> None:
    call_command("record_backup", verbosity=0)
    assert Entry.objects.get(verb="record_backup").thing == "backup"
    assert state_of("backup") == State.GOOD


def state_of(key: str) -> State:
    return next(check.state for check in health.checks() if check.key == key)


def test_what_failed_and_what_waits_is_counted(operator: User) -> None:
    now = timezone.now()
    task = {"args_kwargs": {"args": [], "kwargs": {}}, "backend_name": "default", "run_after": now}
    DBTaskResult.objects.create(
        status="FAILED", task_path="mail.delivery.deliver_message", finished_at=now, **task
    )
    waiting = DBTaskResult.objects.create(status="READY", task_path="a.b", **task)
    DBTaskResult.objects.filter(pk=waiting.pk).update(enqueued_at=now - timedelta(hours=1))
    Message.objects.create(
        to="a@test.example", subject="s", text="t", language="en", template="asked", message_id="<1@k>",
        problem="refused", attempts=1, next_try=now,
    )  # fmt: skip
    assert [state_of(key) for key in ("failed", "queue", "mails")] == [State.WARN, State.BAD, State.WARN]
    page = signed_in(operator).get("/en/").content.decode()
    assert "deliver_message" in page and "Act now" in page and 'href="/en/health/#queue"' in page


@pytest.mark.parametrize(
    ("limits", "age", "state"),
    [
        (QUEUE, timedelta(minutes=1), State.GOOD),
        (QUEUE, timedelta(minutes=5), State.WARN),
        (QUEUE, timedelta(hours=1), State.BAD),
        (BACKUP, timedelta(days=1), State.GOOD),
        (BACKUP, timedelta(days=3), State.WARN),
    ],
)
def test_what_is_old_needs_attention(limits: health.Limits, age: timedelta, state: State) -> None:
    assert limits.state(timezone.now() - age) == state
