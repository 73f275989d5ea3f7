"""Reasons are read by who may read what they are about: in the audit trail, its file and mails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

import audit
from audit.models import Entry, Reason
from audit.verify import problems
from documents.choices import Classification
from mail.models import Message
from people.models import User
from people.roles import Role
from tests.support.html import PageClient
from tests.support.reviews import Cast, make_cast, person, seat_of, sign
from workflows.actions.remind import extend_deadline
from workflows.actions.reopen import reopen
from workflows.models import Review

pytestmark = pytest.mark.django_db
WHY, LATER = "The witness Petar asked for it.", "Paragraph 7 names somebody."


def told(cast: Cast) -> Review:
    """A review whose deadline was moved and whose text was reopened, each with a reason."""
    review = cast.start()
    sign(cast.goran, seat_of(review, cast.interior))
    extend_deadline(
        cast.coordinator, review.stages.get(order=1), timezone.localdate() + timedelta(days=90), WHY
    )
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), LATER)
    return review


def reads(user: User) -> tuple[str, str]:
    """The page of the trail and its file."""
    client = PageClient()
    client.force_login(user)
    page = client.get("/en/audit/").content.decode()
    lines = b"".join(client.get("/en/audit.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "extend" in lines and "moved a deadline" in page
    return page, lines


@pytest.fixture
def red(db: None) -> Cast:
    cast = make_cast(Classification.TLP_RED)
    readers = [cast.coordinator, cast.drafter, cast.goran, cast.biljana, cast.teuta]
    cast.edition.instrument.named_readers.set(readers)
    return cast


def test_the_trail_gives_a_reason_to_who_may_read_the_text_alone(red: Cast) -> None:
    told(red)
    for shown in reads(red.coordinator):
        assert WHY in shown and LATER in shown
    for stranger in (
        person("Other", red.interior, Role.COORDINATOR),
        person("Runs", red.commission, Role.OPERATOR),
    ):
        for shown in reads(stranger):
            assert WHY not in shown and LATER not in shown


def test_words_that_an_older_kodeks_wrote_into_the_trail_are_withheld_too(red: Cast) -> None:
    entry = audit.record("extend", red.edition, red.coordinator)
    Entry.objects.bulk_create([_as_of_old(entry, {"reason": WHY})])
    for shown in reads(red.coordinator):
        assert WHY in shown
    for shown in reads(person("Other", red.interior, Role.COORDINATOR)):
        assert WHY not in shown
    assert not [line for line in problems() if "it was changed" in line]


def _as_of_old(before: Entry, detail: dict[str, str]) -> Entry:
    from audit.trail import digest

    entry = Entry(
        at=timezone.now(),
        actor=before.actor,
        verb="extend",
        thing=before.thing,
        detail=detail,
        previous=before.sha256,
    )
    entry.sha256 = digest(entry)
    return entry


@pytest.mark.parametrize("change", [lambda rows: rows.update(text=""), lambda rows: rows.delete()])
def test_a_reason_can_be_taken_out_and_none_is_written_anew(
    cast: Cast, change: Callable[[object], object]
) -> None:
    told(cast)
    assert not any(WHY in str(detail) for detail in Entry.objects.values_list("detail", flat=True))
    assert Reason.objects.filter(text=WHY).update(text="Another reason.") == 1
    assert [line for line in problems() if "its reason is not the one" in line]
    change(Reason.objects.filter(text="Another reason."))
    assert list(problems()) == []


def test_no_reason_is_mailed_about_a_text_for_named_people_alone(red: Cast) -> None:
    told(red)
    for template in ("extended", "sign_off_voided", "no_longer_asked"):
        mails = Message.objects.filter(template=template)
        assert mails.exists() and all("Ask the coordinator." in one.text for one in mails)
    assert not any(WHY in one.text + one.html or LATER in one.text for one in Message.objects.all())


def test_of_other_texts_it_is(cast: Cast) -> None:
    told(cast)
    assert WHY in Message.objects.filter(template="extended").first().text  # type: ignore[union-attr]
