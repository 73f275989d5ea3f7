"""Mails: after commit, once, again when the server was away, in the reader's language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

import mail
from mail.delivery import deliver, waiting
from mail.models import Message

pytestmark = pytest.mark.django_db

CONTEXT = {
    "institution": "Ministry <&>",
    "role": "Reviewer",
    "by": "Ana",
    "days": 14,
    "url": "https://a.example/x/",
}


class Away(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("no answer")


def write(language: str = "en") -> Message:
    return mail.send("invitation", to="a@test.example", language=language, context=CONTEXT)


def test_nothing_is_sent_for_what_was_undone(settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert not Message.objects.exists()
    assert django_mail.outbox == []


def test_it_is_sent_after_the_commit(settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        message = write()
    (sent,) = django_mail.outbox
    assert sent.to == ["a@test.example"]
    assert sent.subject == "Invitation to Kodeks: Ministry <&>"
    assert "Ministry <&>" in sent.body
    assert "Ministry &lt;&amp;&gt;" in sent.alternatives[0][0]
    assert sent.extra_headers["Message-ID"] == message.message_id


def test_a_server_that_is_away_loses_nothing(settings):
    settings.EMAIL_BACKEND = "tests.db.mail.test_delivery.Away"
    message = write()
    assert deliver(message.pk) is False
    message.refresh_from_db()
    assert (message.attempts, message.sent) == (1, None)
    assert "no answer" in message.problem
    assert not waiting().exists()
    assert list(waiting(timezone.now() + timedelta(minutes=2))) == [message]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver(message.pk) is True
    assert deliver(message.pk) is True
    assert len(django_mail.outbox) == 1
    assert not waiting().exists()


def test_it_is_given_up_after_two_weeks_and_tried_more_and_more_seldom(settings):
    settings.EMAIL_BACKEND = "tests.db.mail.test_delivery.Away"
    message = write()
    now, tries = timezone.now(), 0
    for minute in range(24 * 60):
        moment = now + timedelta(minutes=minute)
        if waiting(moment).exists():
            deliver(message.pk, moment)
            tries += 1
    assert 25 <= tries <= 35
    assert waiting(now + timedelta(days=13)).exists()
    assert not waiting(now + timedelta(days=15)).exists()


def test_a_line_break_in_a_name_adds_no_header():
    message = mail.send(
        "invitation",
        to="a@test.example",
        language="en",
        context=CONTEXT | {"institution": "X\nBcc: evil@test.example"},
    )
    assert "\n" not in message.subject


@pytest.mark.parametrize("language", ["sq", "mk", "sr-cyrl", "sr-latn", "bs", "hr", "cnr"])
def test_it_speaks_the_readers_language(language):
    assert "Invitation to Kodeks" not in write(language).subject


def test_the_html_is_a_whole_page_in_the_readers_language_and_loads_nothing():
    html = write("sq").html
    assert '<html lang="sq"' in html and "<h1>" in html
    assert "Ministry &lt;&amp;&gt;" in html and "&amp;lt;" not in html
    assert '<a href="https://a.example/x/">' in html
    assert not any(word in html for word in ("src=", "<link", "url("))
