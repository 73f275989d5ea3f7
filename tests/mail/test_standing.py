"""A mail that waited names nothing that may not be told any more, and goes to nobody who has left."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import mail as sent

from documents.actions.assign import assign
from documents.actions.classify import change_classification
from documents.choices import Classification
from mail.digest import choose, write_digests
from mail.letters import deliver, waiting
from mail.models import Message
from people.models import User
from tests.workflows.conftest import Cast, make_cast

pytestmark = pytest.mark.django_db
MORNING = datetime(2030, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    cast.start()
    return cast


def waiting_for(user: User) -> Message:
    return waiting(MORNING.replace(year=2026)).get(to=user.email)


def test_what_became_red_or_closed_meanwhile_is_not_named(cast: Cast) -> None:
    before = waiting_for(cast.goran)
    assert "Procedures" in before.subject and "Procedures" in before.text
    instrument = cast.edition.instrument
    change_classification(cast.coordinator, instrument, Classification.TLP_RED, "Names of shelters.")
    instrument.named_readers.add(cast.goran)
    assert deliver(before.pk)
    (letter,) = sent.outbox
    assert letter.to == [cast.goran.email] and letter.subject == "Kodeks has something for you"
    assert "Procedures" not in str(letter.message()) and "http://testserver/" in letter.body
    before.refresh_from_db()
    assert "Procedures" not in before.subject + before.text + before.html


def test_what_was_only_closed_to_others_is_named_still(cast: Cast) -> None:
    before = waiting_for(cast.goran)
    change_classification(cast.coordinator, cast.edition.instrument, Classification.OFFICIAL, "Not for all.")
    assert deliver(before.pk)
    assert "Procedures" in sent.outbox[0].subject


def test_a_digest_names_it_neither_whether_it_was_written_before_or_after(cast: Cast) -> None:
    early, late = cast.goran, cast.biljana
    for user in (early, late):
        Message.objects.filter(to=user.email).update(held=True)
        choose(user.email, "en", digest=True)
    Message.objects.filter(to=late.email).update(held=False)
    (digest,) = write_digests(MORNING)
    assert "Procedures" in digest.text
    Message.objects.filter(to=late.email).update(held=True)
    change_classification(cast.coordinator, cast.edition.instrument, Classification.TLP_RED, "Names.")
    (after,) = write_digests(MORNING.replace(day=2))
    assert after.to == late.email and "Procedures" not in after.text
    assert deliver(digest.pk) and deliver(after.pk)
    assert len(sent.outbox) == 2
    assert not [one for one in sent.outbox if "Procedures" in str(one.message())]


def test_nothing_goes_to_who_has_left(cast: Cast) -> None:
    User.objects.filter(pk=cast.goran.pk).update(is_active=False)
    before = waiting_for(cast.goran)
    Message.objects.filter(pk=before.pk).update(problem="No mail server: away")
    assert not deliver(before.pk)
    before.refresh_from_db()
    assert before.withdrawn and not before.problem and sent.outbox == []
    assert not waiting(MORNING.replace(year=2026)).filter(pk=before.pk).exists()
    assert not deliver(before.pk)


def test_who_is_asked_to_write_in_a_red_text_gets_no_title_by_mail() -> None:
    cast = make_cast(Classification.TLP_RED)
    cast.edition.instrument.named_readers.add(cast.coordinator, cast.drafter)
    assign(cast.coordinator, cast.edition, cast.drafter, "mk")
    letter = waiting_for(cast.drafter)
    assert "Процедури" not in letter.subject + letter.text and f"/desk/{cast.edition.pk}/" in letter.text
