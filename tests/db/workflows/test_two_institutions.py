"""Who reviews for two institutions: told once and of both, named at each line, and counted as one voice,
through a delegate too."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from mail.models import Message
from people.actions.invite import enter_role
from people.models import Membership, User
from people.roles import Role
from tests.support.records import exports, institutions, make_adopted, sealed
from tests.support.reviews import Cast, client_of, seat_of, sign, to
from tests.support.workflows.one_voice import begin, room
from tests.support.workflows.one_voice import twice as twice
from workflows.actions.delegate import delegate
from workflows.actions.errors import Refused
from workflows.actions.remind import extend_deadline, remind
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.models import Procedure, Review, Stage
from workflows.record.build import build
from workflows.record.verify import problems
from workflows.reminders.deadlines import send_reminders

BOTH = "– Ministry of Interior\n– Ministry of Social Policy"


def both(cast: Cast, *asked: Any) -> Review:
    return begin(cast, Asked(cast.interior), Asked(cast.social))


def test_each_line_says_for_which_institution(cast: Cast, twice: User) -> None:
    both(cast)
    home = client_of(twice).get("/en/").content.decode()
    for name in ("Ministry of Interior", "Ministry of Social Policy"):
        assert f"{name}: Sign-off, by" in home
        assert f": Sign-off, {name}</span>" in client_of(twice).get(to("review:list")).content.decode()
    assert "Ministry of Interior: " not in client_of(cast.goran).get("/en/").content.decode()


def test_one_letter_asks_for_both_and_one_reminds(cast: Cast, twice: User) -> None:
    review = both(cast)
    asked = Message.objects.get(to=twice.email, template="asked")
    assert f"Asked are:\n{BOTH}\n" in asked.text
    assert "You are asked for several: answer for one of them." in asked.text
    assert f"/review/{review.pk}/\n" in asked.text and "?seat=" not in asked.text
    goran = Message.objects.get(to=cast.goran.email, template="asked")
    assert "asks Ministry of Interior for an answer" in goran.text and "several" not in goran.text
    assert f"?seat={seat_of(review, cast.interior).pk}" in goran.text
    Stage.objects.filter(review=review, order=1).update(
        opened=timezone.now() - timedelta(days=20), due=timezone.now() - timedelta(days=1)
    )
    send_reminders()
    assert f"Not answered:\n{BOTH}\n" in Message.objects.get(to=twice.email, template="reminder").text
    assert Message.objects.filter(to=cast.biljana.email, template="reminder").count() == 1


def test_one_letter_tells_of_more_time_and_one_that_the_text_goes_on(cast: Cast, twice: User) -> None:
    stages = [{"kind": "sign_off", "quorum": "any"}, {"kind": "adoption"}]
    procedure = Procedure.objects.create(key="mk-any", name="Any", stages=stages)
    asked = tuple(Asked(one) for one in (cast.interior, cast.social, cast.justice))
    review = start_review(cast.coordinator, cast.edition, procedure, [Plan(asked), Plan()])
    stage = Stage.objects.get(review=review, order=1)
    extend_deadline(cast.coordinator, stage, date.today() + timedelta(days=60), "Holidays.")
    told = Message.objects.get(to=twice.email, template="extended")
    assert f"It holds for:\n{BOTH}\n" in told.text
    sign(cast.teuta, seat_of(review, cast.justice))
    assert f"came from:\n{BOTH}\n" in Message.objects.get(to=twice.email, template="goes_on").text


def test_an_author_with_two_seats_reads_on_one_page_who_answers(cast: Cast, twice: User) -> None:
    cast.change(0, "Нови зборови.", by=cast.drafter)
    enter_role(cast.drafter, cast.interior, Role.REVIEWER)
    enter_role(cast.drafter, cast.social, Role.REVIEWER)
    review = both(cast)
    drafter = User.objects.get(pk=cast.drafter.pk)
    one, other = seat_of(review, cast.interior), seat_of(review, cast.social)
    for here, there, who in ((one, other, "Biljana, Hana"), (other, one, "Goran, Hana")):
        page = room(drafter, review, here)
        assert "You can&#x27;t sign this off" in page or "You can't sign this off" in page
        assert f"?seat={there.pk}#answer" not in page and "is asked for another answer too" not in page
        assert f"Nor can you answer for {there.body} (Sign-off). Who can answer there: {who}." in page
    Membership.objects.filter(user__in=[cast.biljana, twice], institution=cast.social).delete()
    assert "and nobody else can: tell the coordinator, Elena." in room(drafter, review, one)


def test_no_reminder_is_offered_where_nobody_can_answer(cast: Cast) -> None:
    cast.change(0, "Нови зборови.", by=cast.drafter)
    review = both(cast)
    Membership.objects.filter(user=cast.goran).delete()
    enter_role(cast.drafter, cast.interior, Role.REVIEWER)
    page = client_of(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode()
    assert "Every reviewer of this institution wrote in this text" in page
    assert page.count("Send a reminder") == 1
    Message.objects.all().delete()
    with pytest.raises(Refused, match="wrote in this text or submitted it"):
        remind(cast.coordinator, seat_of(review, cast.interior))
    assert not Message.objects.exists()


def test_the_desk_says_that_two_institutions_hang_on_one_person(cast: Cast, twice: User) -> None:
    review = both(cast)
    page = client_of(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode()
    assert "alone can answer" not in page
    Membership.objects.filter(user__in=[cast.goran, cast.biljana]).delete()
    page = " ".join(
        client_of(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode().split()
    )
    for other in ("Ministry of Interior", "Ministry of Social Policy"):
        assert f"Hana alone can answer for this institution and for {other} in this stage" in page
    assert page.count("Invite another reviewer") == 2 and page.count("Send a reminder") == 2


def test_a_delegate_s_word_is_that_of_who_was_asked(cast: Cast, twice: User) -> None:
    review = begin(cast, Asked(cast.interior, twice), Asked(cast.social))
    today = date.today()
    delegate(twice, twice, cast.interior, cast.goran, today, today + timedelta(days=9), "On leave.")
    goran = User.objects.get(pk=cast.goran.pk)
    sign(goran, seat_of(review, cast.interior))
    with pytest.raises(Refused, match="answered for Ministry of Interior") as told:
        sign(twice, seat_of(review, cast.social))
    assert told.value.code == "answered_beside"
    page = room(twice, review, seat_of(review, cast.social))
    assert "You have answered for Ministry of Interior in this stage" in page and 'name="choice"' not in page
    assert "Nothing waits for your answer" in client_of(twice).get("/en/").content.decode()
    sign(cast.biljana, seat_of(review, cast.social))


def test_nor_is_it_given_after_they_spoke_for_another(cast: Cast, twice: User) -> None:
    review = begin(cast, Asked(cast.interior, twice), Asked(cast.social))
    today = date.today()
    delegate(twice, twice, cast.interior, cast.goran, today, today + timedelta(days=9), "On leave.")
    sign(twice, seat_of(review, cast.social))
    with pytest.raises(
        Refused, match="Hana, for whom you would answer, has answered for Ministry of Social"
    ) as told:
        sign(User.objects.get(pk=cast.goran.pk), seat_of(review, cast.interior))
    assert told.value.code == "answered_beside_by_delegate"
    page = client_of(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode()
    assert "Hana has answered for another institution in this stage" in page
    assert "Ask somebody else of this institution below." in page


def test_a_record_in_which_it_was_does_not_hold(cast: Cast, review: Review) -> None:
    edition = make_adopted(cast, review)
    record = build(edition)
    one, other = institutions(record)[:2]
    other["sign_offs"][0]["instead_of"] = one["sign_offs"][0]["person"]
    said = "\n".join(problems(sealed(record), exports(edition)))
    assert f"one person answered for {other['institution']} and for another institution" in said
