"""Mails of an adoption, and reasons in the trail, its file and mails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

import audit
from audit.models import Entry, Reason
from audit.verify import problems
from documents.actions.adopt_edition import adopt_edition, enter_due
from documents.actions.assign import assign
from documents.choices import Classification
from documents.models import Edition
from mail.models import DigestReader, Message
from people.access import may
from people.models import Grant, Membership, User
from people.roles import Role, Verb
from tests.support.factories import make_person
from tests.support.reviews import (
    Cast,
    act,
    client_of,
    locked,
    make_cast,
    open_review,
    page_of,
    person,
    seat_in,
    seat_of,
    sign,
    to,
)
from workflows.actions.ask_another import ask_another
from workflows.actions.comments import write_comment
from workflows.actions.remind import extend_deadline
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart
from workflows.models import Review
from workflows.reminders.adoption_notices import tell_of_adoptions


def told(template: str = "adopted") -> dict[str, Message]:
    """The mails by their address, once the worker has written them."""
    tell_of_adoptions()
    assert tell_of_adoptions() == 0, "once"
    found = list(Message.objects.filter(template=template))
    assert len({one.to for one in found}) == len(found), "each once"
    return {one.to: one for one in found}


def pass_all(cast: Cast, review: Review) -> None:
    for user, body in ((cast.goran, cast.interior), (cast.biljana, cast.social), (cast.teuta, cast.justice)):
        sign(user, seat_of(review, body))


def test_a_sentence_of_a_mail_that_ends_in_a_date_ends_in_one_dot(cast: Cast, review: Review) -> None:
    User.objects.update(language="mk")
    day = review.today + timedelta(days=30)
    extend_deadline(cast.coordinator, review.stages.get(order=1), day, "A holiday.")
    text = Message.objects.filter(template="extended").first()
    assert text is not None and "г." in text.text and ".." not in text.text


def test_all_who_had_a_part_get_one_mail_in_their_language(cast: Cast) -> None:
    translator = person("Ardita", cast.commission, Role.TRANSLATOR, "sq")
    Membership.objects.filter(user=translator).update(languages=["en"])
    assign(cast.coordinator, cast.edition, translator, "en")
    cast.change(0, "Изменет.")
    review = cast.start()
    DigestReader.objects.create(email=cast.biljana.email)
    pass_all(cast, review)
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    mails = told()
    people = (cast.goran, cast.biljana, cast.teuta, cast.drafter, cast.second, translator)
    assert set(mails) == {user.email for user in people}, "not who recorded it, nor who had no part"
    text = mails[cast.goran.email].text
    assert "adopted and is in force" in text and "Procedures" in mails[cast.goran.email].subject
    path = f"/en/i/{cast.edition.instrument.path}/1/"
    record = f"/en/review/{review.pk}/record.pdf"
    assert f"http://testserver{path}" in text and f"http://testserver{record}" in text
    client = client_of(cast.goran)
    assert client.get(path).status_code == 200
    assert client.get(record.replace("pdf", "json")).status_code == 200
    # A translator reads no review, so there is no record for them; whoever wants one mail a day gets it with
    # that.
    assert "/sq/i/" in mails[translator.email].text and "record" not in mails[translator.email].text
    assert mails[cast.biljana.email].held and not mails[cast.goran.email].held


def test_who_was_asked_in_a_stage_that_is_kept_is_told_too(cast: Cast) -> None:
    review = locked(cast, open_review(cast))
    sign(cast.goran, seat_in(review, 3, cast.interior))
    again = restart(cast.coordinator, review, 4, "The wrong person was asked.")
    sign(cast.teuta, seat_in(again, 4, cast.justice))
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    assert {cast.goran.email, cast.biljana.email, cast.teuta.email} <= set(told())


def test_who_commented_before_somebody_else_was_asked_is_told_too(cast: Cast, review: Review) -> None:
    vera = person("Vera", cast.interior, Role.REVIEWER)
    write_comment(cast.goran, review, cast.uids[0], "en", "Two hours are too long.")
    ask_another(cast.coordinator, seat_of(review, cast.interior), vera)
    again = restart(cast.coordinator, review, 1, "Once more.")
    mail = Message.objects.get(template="round_ended")
    assert mail.to == cast.goran.email and "restarts" in mail.subject
    assert "We will e-mail you when the text is adopted." in mail.text
    for user, body in ((vera, cast.interior), (cast.biljana, cast.social), (cast.teuta, cast.justice)):
        sign(user, seat_of(again, body))
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    assert cast.goran.email in told()


def test_a_text_that_is_in_force_later_says_from_when(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    day = timezone.localdate() + timedelta(days=40)
    adopt_edition(cast.coordinator, cast.edition, [act()], day)
    text = told()[cast.goran.email].text
    assert "It comes into force on" in text and "From that day, you can read it here:" in text
    # Until then it is read, with its record, by who answered for it.
    client = client_of(cast.goran)
    page = client.get(f"/en/review/{review.pk}/").content.decode()
    assert "The text is being changed" not in page and "record.pdf" in page
    assert client.get(f"/en/review/{review.pk}/record.json").status_code == 200
    assert not may(cast.goran, Verb.COMMENT, Edition.objects.get(pk=cast.edition.pk))
    assert not may(cast.outsider, Verb.READ, Edition.objects.get(pk=cast.edition.pk))
    assert enter_due(timezone.localdate() + timedelta(days=41))
    assert not Grant.objects.active(timezone.localdate() + timedelta(days=1)).filter(user=cast.goran).exists()
    assert may(cast.goran, Verb.READ, Edition.objects.get(pk=cast.edition.pk))


def test_of_what_is_tlp_red_neither_title_nor_address_is_mailed(db: None) -> None:
    cast = make_cast(Classification.TLP_RED)
    readers = [cast.coordinator, cast.goran, cast.biljana, cast.teuta, cast.drafter]
    cast.edition.instrument.named_readers.set(readers)
    cast.change(0, "Изменет.")
    review = cast.start()
    pass_all(cast, review)
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    mails = told()
    assert set(mails) == {user.email for user in readers[1:]}, "the second coordinator reads nothing of it"
    for mail in mails.values():
        whole = mail.subject + mail.text
        assert "a document" in whole and "Procedures" not in whole
        assert "sop" not in whole and "record.pdf" not in whole
    assert f"/en/review/{review.pk}/" in mails[cast.goran.email].text


def test_who_works_for_nobody_any_more_is_not_told(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    Membership.objects.filter(user=cast.goran).update(ends="2020-01-01")
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    assert cast.goran.email not in told() and cast.teuta.email in told()


pytestmark = pytest.mark.django_db
WHY, LATER = "The witness Petar asked for it.", "Paragraph 7 names somebody."


def moved_and_reopened(cast: Cast) -> Review:
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
    client = client_of(user)
    page = client.get("/en/audit/").content.decode()
    lines = b"".join(client.get("/en/audit.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "extend" in lines and "changed a deadline" in page
    return page, lines


@pytest.fixture
def red(db: None) -> Cast:
    cast = make_cast(Classification.TLP_RED)
    readers = [cast.coordinator, cast.drafter, cast.goran, cast.biljana, cast.teuta]
    cast.edition.instrument.named_readers.set(readers)
    return cast


def test_the_trail_gives_a_reason_to_who_may_read_the_text_alone(red: Cast) -> None:
    moved_and_reopened(red)
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
    moved_and_reopened(cast)
    assert not any(WHY in str(detail) for detail in Entry.objects.values_list("detail", flat=True))
    assert Reason.objects.filter(text=WHY).update(text="Another reason.") == 1
    assert [line for line in problems() if "its reason is not the one" in line]
    change(Reason.objects.filter(text="Another reason."))
    assert list(problems()) == []


def test_no_reason_is_mailed_about_a_text_for_named_people_alone(red: Cast) -> None:
    moved_and_reopened(red)
    for template in ("extended", "sign_off_voided", "no_longer_asked"):
        mails = Message.objects.filter(template=template)
        assert mails.exists() and all("Ask the coordinator." in one.text for one in mails)
    assert not any(WHY in one.text + one.html or LATER in one.text for one in Message.objects.all())


def test_of_other_texts_it_is(cast: Cast) -> None:
    moved_and_reopened(cast)
    assert WHY in Message.objects.filter(template="extended").first().text  # type: ignore[union-attr]


def test_everybody_reads_their_own_mails_and_the_operator_all(
    cast: Cast, review: Review, settings: Any
) -> None:
    goran = page_of(cast.goran, to("mail:outbox"))
    assert goran.count("Please sign off: Procedures") == 1
    # Links in a mail let in whoever has them: nobody else is shown it, by no parameter.
    for address in (to("mail:outbox"), to("mail:outbox") + f"?to={cast.goran.email}"):
        page = page_of(cast.coordinator, address)
        assert "Please sign off" not in page and f"to {cast.goran.email}" not in page
    operator = client_of(make_person(Role.OPERATOR))
    page = operator.get(to("mail:outbox")).content.decode()
    assert page.count("Please sign off: Procedures") > 1 and cast.goran.email in page
    only = operator.get(to("mail:outbox") + f"?to={cast.goran.email}").content.decode()
    assert only.count("Please sign off") == 1
    settings.KODEKS_DEMO = False
    for client in (operator, client_of(cast.goran)):
        assert client.get(to("mail:outbox")).status_code == 404
