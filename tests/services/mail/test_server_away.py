"""A real mail server that is down for the first hour, and a worker that dies with a mail in hand."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone

import mail
from config.running.worker import retry_mail
from mail.delivery import NO_SERVER, deliver, deliver_message, waiting
from mail.models import Message
from tests.support.services.smtp import Mailbox

pytestmark = pytest.mark.django_db
CONTEXT = {
    "institution": "Ministry",
    "role": "Reviewer",
    "by": "Ana",
    "days": 14,
    "url": "https://a.example/x/",
}


class Dies(EmailBackend):
    """Hands the mail to the server, and is killed before anybody hears of it."""

    def send_messages(self, email_messages: Any) -> int:
        super().send_messages(email_messages)
        raise KeyboardInterrupt


def write(number: int) -> Message:
    return mail.send("invitation", to=f"p{number}@test.example", language="en", context=CONTEXT)


@pytest.fixture
def to_server(settings: Any) -> Callable[[int], None]:
    def to(port: int) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5

    return to


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_that_is_down_for_the_first_hour_loses_none(
    smtp: Mailbox, to_server: Callable[[int], None]
) -> None:
    messages = [write(number) for number in range(8)]
    to_server(closed_port())
    start = timezone.now()
    tries = 0
    for minute in range(60):
        moment = start + timedelta(minutes=minute)
        for pk in waiting(moment).values_list("pk", flat=True):
            assert deliver(pk, moment) is False
            tries += 1
    assert tries == len(messages) * 6  # after 0, 1, 3, 7, 15 and 31 minutes
    to_server(smtp.port)
    moment = start + timedelta(minutes=64)
    for pk in list(waiting(moment).values_list("pk", flat=True)):
        assert deliver(pk, moment)
    arrived = smtp.wait_for(len(messages))
    assert sorted(m.message["Message-ID"] for m in arrived) == sorted(m.message_id for m in messages)
    assert not waiting(moment + timedelta(days=1)).exists()


def test_the_worker_does_not_wait_for_a_dead_server_once_for_each_mail(
    to_server: Callable[[int], None],
) -> None:
    for number in range(5):
        write(number)
    to_server(closed_port())
    retry_mail()
    assert Message.objects.filter(attempts=1).count() == 1


def test_an_address_that_is_none_keeps_no_other_mail(smtp: Mailbox, to_server: Callable[[int], None]) -> None:
    """A label of more than 63 signs has no form that a mail server takes (RFC 5890), and that is no error of
    the server."""
    bad = mail.send("invitation", to=f"a@{'ж' * 60}.mk", language="en", context=CONTEXT)
    good = write(1)
    to_server(smtp.port)
    Message.objects.update(taken=None, next_try=None, attempts=0)
    retry_mail()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.sent and not bad.sent and bad.problem and bad.next_try and bad.taken is None


def test_after_a_crash_the_one_in_hand_goes_again_with_the_same_number(
    smtp: Mailbox, to_server: Callable[[int], None], settings: Any
) -> None:
    messages = [write(number) for number in range(3)]
    to_server(smtp.port)
    assert deliver(messages[0].pk)
    settings.EMAIL_BACKEND = f"{__name__}.{Dies.__name__}"
    with pytest.raises(KeyboardInterrupt):
        deliver(messages[1].pk)
    to_server(smtp.port)
    # Another worker leaves it alone while the first may still be at it.
    assert deliver(messages[1].pk) is False
    later = timezone.now() + timedelta(minutes=11)
    for pk in list(waiting(later).values_list("pk", flat=True)):
        deliver(pk, later)
    ids = [m.message["Message-ID"] for m in smtp.wait_for(4)]
    assert len(ids) == 4
    assert ids.count(messages[1].message_id) == 2
    assert ids.count(messages[0].message_id) == ids.count(messages[2].message_id) == 1


class Dripping:
    """A mail server that says for some seconds, again and again, that it is there, and only then goes on."""

    def __init__(self, lines: int = 40) -> None:
        self.lines = lines
        self.asked = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.socket.getsockname()[1])
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                line, _who = self.socket.accept()
            except OSError:
                return
            self.asked += 1
            threading.Thread(target=self.drip, args=(line,), daemon=True).start()

    def drip(self, line: socket.socket) -> None:
        try:
            for _number in range(self.lines):
                line.sendall(b"220-one moment\r\n")
                time.sleep(0.1)
            line.sendall(b"220 ready\r\n")
            took = line.makefile("rb")
            while verb := took.readline()[:4].upper():
                if verb == b"DATA":
                    line.sendall(b"354 Until a dot alone\r\n")
                    while took.readline() not in (b".\r\n", b""):
                        pass
                line.sendall(b"250 Kept\r\n")
        except OSError:
            return


def test_a_server_that_drips_is_cut_off_and_holds_no_other_mail(settings: Any) -> None:
    server = Dripping()
    settings.EMAIL_BACKEND = "mail.backends.BoundedBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
    settings.KODEKS_MAIL_SECONDS = 0.5
    first, second = write(1), write(2)
    Message.objects.update(taken=None, next_try=None, attempts=0, sent=None)
    assert deliver(first.pk) is False  # within its patience it would have been sent
    first.refresh_from_db()
    assert first.problem.startswith(NO_SERVER) and first.next_try and not first.sent
    assert server.asked == 1
    # What was written meanwhile does not ask the same server once more for itself: it goes with what is tried
    # again.
    assert deliver_message.func(second.pk) is False and server.asked == 1
    assert second.pk in waiting().values_list("pk", flat=True)
    server.lines = 0
    assert deliver(second.pk)
    assert deliver_message.func(write(3).pk)
    server.socket.close()
