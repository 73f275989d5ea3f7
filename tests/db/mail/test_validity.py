"""A mail that waited names nothing that may not be told any more, and goes to nobody who has left."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import mail as sent
from django.test import Client
from django.utils.timezone import localdate

from documents.actions.assign import assign
from documents.actions.classify import change_classification
from documents.actions.share import end_sharing
from documents.choices import Classification
from mail.delivery import deliver, waiting
from mail.digest import choose, write_digests
from mail.models import Message
from people.actions.make_nameless import make_nameless
from people.models import Membership, User
from people.roles import Role
from tests.support.factories import make_person
from tests.support.reviews import Cast, make_cast, sign
from workflows.models import Review
from workflows.rules.respondents import coordinators

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
    assert letter.to == [cast.goran.email] and letter.subject == "You have a new notification in Kodeks"
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


def test_nothing_goes_to_whose_role_was_ended(cast: Cast) -> None:
    before = waiting_for(cast.goran)
    Membership.objects.filter(user=cast.goran).update(ends=localdate())
    assert not deliver(before.pk) and sent.outbox == []
    before.refresh_from_db()
    assert before.withdrawn


def test_what_is_shared_no_more_is_not_named(client: Client) -> None:
    cast = make_cast(Classification.TLP_AMBER)
    instrument = cast.edition.instrument
    instrument.shared_with.set([cast.interior, cast.social, cast.justice])
    cast.start()
    end_sharing(cast.coordinator, instrument, cast.interior)
    for user, named in ((cast.goran, False), (cast.biljana, True)):
        assert deliver(waiting_for(user).pk)
        assert ("Procedures" in str(sent.outbox[-1].message())) is named
        client.force_login(user)
        page = client.get("/en/").content.decode()
        assert ("Procedures" in page) is named


def test_what_went_to_a_person_made_nameless_does_not_go_there_any_more(cast: Cast) -> None:
    address = cast.goran.email
    Membership.objects.filter(user=cast.goran).update(ends=localdate())
    User.objects.filter(pk=cast.goran.pk).update(is_active=False)
    make_nameless(make_person(Role.OPERATOR), User.objects.get(pk=cast.goran.pk))
    assert not Message.objects.filter(to=address).exists()
    (before,) = Message.objects.filter(to__startswith=str(cast.goran.actor))
    assert before.withdrawn and not before.text + before.html
    assert not deliver(before.pk) and sent.outbox == []
    # The address alone, of a mail that somehow stayed.
    Message.objects.filter(pk=before.pk).update(to=address, withdrawn=None, text="Procedures")
    assert not deliver(before.pk) and sent.outbox == []


def test_of_a_red_text_only_those_named_are_told_that_it_was_returned() -> None:
    cast = make_cast(Classification.TLP_RED)
    cast.edition.instrument.named_readers.add(cast.coordinator, cast.goran, cast.biljana, cast.teuta)
    review = cast.start()
    Membership.objects.filter(user=cast.coordinator).update(ends=localdate())
    told = Message.objects.filter(to=cast.second.email)
    sign(cast.goran, review.stages.get(order=1).seats.get(user=cast.goran), "return", "No.")
    assert not told.exists()
    cast.edition.instrument.named_readers.add(cast.second)
    assert coordinators(Review.objects.get(pk=review.pk)) == [cast.second]
