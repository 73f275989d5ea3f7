"""The log has nothing that a person typed or is called, and only keys of a list."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from config.running import logs
from config.running.worker import Job, work
from mail.delivery import deliver
from mail.models import Message
from people.roles import Role
from tests.support.factories import make_person
from tests.support.html import PageClient, signed_in

pytestmark = pytest.mark.django_db
CANARY = "Kanarinka"
ADDRESS = "203.0.113.77"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log would be if every logger wrote all that it can."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    with patch("config.running.logs.SLOW", float("inf")):
        yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def fail() -> None:
    name = f"{CANARY} is a local variable"
    raise ValueError(f"no such person: {name}") from KeyError(CANARY)


def test_no_canary_is_in_the_log(written: io.StringIO) -> None:
    person = make_person(Role.OPERATOR, name=CANARY)
    client = PageClient(REMOTE_ADDR=ADDRESS, headers={"X-Forwarded-For": ADDRESS, "User-Agent": CANARY})
    client.raise_request_exception = False
    # A request, a search, a failed sign-in, a host and a method that nobody knows.
    for host in ("testserver", "public.test"):
        for path in (f"/en/{CANARY}/", f"/en/search/?q={CANARY}", f"/en/library/search/?q={CANARY}"):
            client.get(path, headers={"Host": host})
    client.post("/en/sign-in/", {"login": f"{CANARY}@test.example", "password": CANARY})
    client.generic(CANARY.upper(), "/en/")
    client.get("/en/", headers={"Host": f"{CANARY} x"})
    # An exception in a page, one in a job of the worker, and a mail that can't be sent.
    signed = signed_in(person)
    signed.raise_request_exception = False
    with patch("config.running.health.checks", fail):
        failed = signed.get(f"/en/health/?{CANARY}")
    patched = patch("config.running.worker.close_old_connections")
    with patched, patch("config.running.health.checks", fail):
        work([Job("a job", 0, fail)], iter([True, False]).__next__, pause=0)
    mail = Message.objects.create(
        to=f"{CANARY}@test.example", subject=CANARY, text=CANARY, language="en", template="asked",
        message_id="<1@k>", written=timezone.now(),
    )  # fmt: skip
    with patch("mail.delivery.EmailMultiAlternatives.send", side_effect=OSError(f"no mailbox {CANARY}")):
        assert not deliver(mail.pk)
    # What other packages wrote out before they logged it, and what they give as an argument.
    logging.getLogger("botocore").warning(f"GET https://files/{CANARY}")
    logging.getLogger("urllib3").warning("Retrying %s after %d: %r", CANARY, 3, {"name": CANARY})
    logging.getLogger("kodeks.test").warning("more", extra={"name_of_reader": CANARY, "count": 2})

    text = written.getvalue()
    assert CANARY.lower() not in text.lower() and ADDRESS not in text
    found = lines(written)
    assert all(set(line) <= set(logs.KEYS) and line["time"].endswith("Z") for line in found)

    by_logger = {line["logger"]: line for line in found}
    assert by_logger["urllib3"]["event"] == "Retrying … after 3: …" and "event" not in by_logger["botocore"]
    assert by_logger["kodeks.test"]["count"] == 2 and by_logger["kodeks.work"]["job"] == "a job"
    [error] = [line for line in found if line["logger"] == "django.request" and line["level"] == "error"]
    assert error["error"] == "ValueError" and error["caused_by"] == ["KeyError"]
    assert error["where"][-1].startswith("tests/db/config/running/test_logs.py:") and error["where"][
        -1
    ].endswith("fail")
    # The answer names the request of its lines.
    assert failed.status_code == 500 and failed.headers["X-Request-ID"] == error["request"]
    requests = [line for line in found if line["logger"] == "kodeks.request"]
    assert {line["host"] for line in requests} == {"office"}, "nobody is told who reads the public site"
    [health] = [line for line in requests if line["status"] == 500]
    assert health["route"] == "en/health/" and health["ms"] > 0 and health["request"] == error["request"]


def test_an_argument_that_fits_no_message_is_no_error() -> None:
    given: list[tuple[str, Any]] = [
        ("%d of %d", ("three", 4)),
        ("%s", (1, 2)),
        ("%(name)s", ({"name": CANARY},)),
    ]
    for message, arguments in given:
        record = logging.LogRecord("kodeks", logging.INFO, __file__, 1, message, arguments, None)
        assert json.loads(logs.formatter().format(record))["event"] == message
