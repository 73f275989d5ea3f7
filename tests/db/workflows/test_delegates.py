"""A colleague answers for a period: in their own name, once for the institution, never for the author of the
text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from documents.actions.errors import ActionError
from mail.models import Message
from people.access import may
from people.models import Grant, User
from people.roles import Role, Verb
from tests.support.reviews import Cast, client_of, make_cast, page_of, person, seat_of, to
from tests.support.tampering import unguarded
from tests.support.workflows.delegates import hand, sign, today
from theme.dates import of_date
from workflows.actions.ask_another import ask_another
from workflows.actions.comments import write_comment
from workflows.actions.delegate import delegate, end_delegate
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart, withdraw_review
from workflows.actions.sign_off import sign_off
from workflows.models import Delegate, Review, Seat, Stage


@pytest.fixture
def vesna(cast: Cast) -> User:
    return person("Vesna", cast.interior, Role.REVIEWER)


def test_a_delegate_answers_in_their_own_name_and_once(cast: Cast, review: Review, vesna: User) -> None:
    with pytest.raises((ActionError, Http404)):
        sign(cast, review, vesna)
    hand(cast, vesna)
    told = Message.objects.get(template="delegated", to=vesna.email)
    seat = seat_of(review, cast.interior)
    assert f"/review/{review.pk}/?seat={seat.pk}\n" in told.text, (
        "the place of this institution, not only the room"
    )
    given = sign(cast, review, vesna)
    assert (given.person, given.instead_of) == (vesna, cast.goran)
    with pytest.raises(ActionError) as again:
        sign(cast, review, cast.goran)
    assert again.value.code == "answered"
    with pytest.raises((ActionError, Http404)):
        sign_off(vesna, seat_of(review, cast.social), "agree", "", review.manifest.sha256)


def test_room_and_desk_say_instead_of_whom_it_was_answered(cast: Cast, review: Review, vesna: User) -> None:
    hand(cast, vesna)
    sign(cast, review, vesna)
    for user, address in (
        (vesna, f"/en/review/{review.pk}/"),
        (cast.coordinator, f"/en/desk/reviews/{review.pk}/"),
    ):
        client = client_of(user)
        assert "Vesna instead of Goran" in client.get(address).content.decode()


def test_it_ends_by_hand_and_by_its_day(cast: Cast, review: Review, vesna: User) -> None:
    made = hand(cast, vesna)
    with pytest.raises(Http404):
        end_delegate(cast.biljana, made)
    end_delegate(cast.goran, made)
    assert not may(vesna, Verb.READ, review.edition)
    with pytest.raises((ActionError, Http404)):
        sign(cast, review, vesna)
    with pytest.raises(ActionError):
        end_delegate(cast.goran, made)
    hand(cast, vesna, starts=today() + timedelta(days=2))
    with pytest.raises((ActionError, Http404)):
        sign(cast, review, vesna)


def test_who_commented_as_a_delegate_reads_on_and_signs_nothing(
    cast: Cast, review: Review, vesna: User
) -> None:
    made = hand(cast, vesna)
    comment = write_comment(vesna, review, cast.uids[0], "en", "Too long.")
    # Where the delegation runs out by its day, so does the right to sign off, and that one alone.
    ends = {grant.verb: grant.ends for grant in Grant.objects.filter(user=vesna)}
    assert ends == {Verb.SIGN_OFF: today() + timedelta(days=6), Verb.COMMENT: None}
    end_delegate(cast.goran, made)
    assert may(vesna, Verb.READ, review.edition)
    with pytest.raises((ActionError, Http404)):
        sign(cast, review, vesna)
    assert "Too long." in page_of(vesna, to("review:room", review.pk))
    assert (
        write_comment(vesna, review, cast.uids[0], "en", "Why?", parent=comment).institution == cast.interior
    )
    reopen(cast.coordinator, review, "A slip.")
    assert not may(vesna, Verb.READ, review.edition)


@pytest.mark.parametrize("how", ["withdrawn", "restarted", "by hand"])
def test_what_a_delegation_gives_from_a_later_day_on_ends_with_the_round_too(
    cast: Cast, review: Review, vesna: User, how: str
) -> None:
    made = hand(cast, vesna, starts=today() + timedelta(days=2))
    assert Grant.objects.filter(user=vesna, starts__gt=today()).count() == 2
    if how == "withdrawn":
        withdraw_review(cast.coordinator, review, "No more.", text_too=False)
    elif how == "restarted":
        restart(cast.coordinator, review, 1, "Once more.")
        assert not Grant.objects.filter(user=vesna, reason__startswith=f"review {review.pk},").exists()
        return
    else:
        sign(cast, review, cast.goran)
        sign_off(cast.biljana, seat_of(review, cast.social), "agree", "", review.manifest.sha256)
        end_delegate(cast.goran, made)
    assert not Grant.objects.filter(user=vesna).exists()


def test_not_through_a_delegate_of_the_author(cast: Cast, vesna: User) -> None:
    review = cast.start()
    from documents.models import SectionChange

    SectionChange.objects.create(
        edition=cast.edition, uid=cast.uids[0], verb="save", language="mk", actor=cast.goran.actor
    )
    hand(cast, vesna)
    with pytest.raises(ActionError) as refusal:
        sign(cast, review, vesna)
    assert refusal.value.code == "author_by_delegate" and "Goran" in refusal.value.message


@pytest.mark.parametrize("rule", ["nobody", "coordinator"])
def test_the_procedure_says_who_may(cast: Cast, review: Review, vesna: User, rule: str) -> None:
    Stage.objects.filter(review=review).update(delegate=rule)
    hand(cast, vesna)
    with pytest.raises((ActionError, Http404)):
        sign(cast, review, vesna)
    hand(cast, vesna, by=cast.coordinator)
    if rule == "nobody":
        with pytest.raises((ActionError, Http404)):
            sign(cast, review, vesna)
    else:
        assert sign(cast, review, vesna).instead_of == cast.goran


def test_what_can_not_be(cast: Cast, review: Review, vesna: User) -> None:
    for wrong in (
        {"to": cast.biljana},
        {"to": cast.goran},
        {"to": vesna, "reason": " "},
        {"to": vesna, "until": today() - timedelta(days=1)},
        {"to": vesna, "until": today() + timedelta(days=900)},
        {"to": vesna, "starts": today() + timedelta(days=9)},
    ):
        with pytest.raises(ActionError):
            hand(cast, wrong.pop("to"), **wrong)  # type: ignore[arg-type]
    for by in (cast.drafter, cast.biljana, vesna, cast.outsider):
        with pytest.raises(Http404):
            hand(cast, vesna, by=by)
    made = hand(cast, vesna)
    with pytest.raises(DatabaseError), transaction.atomic():
        Delegate.objects.filter(pk=made.pk).update(to=cast.biljana)


def test_a_stage_that_opens_later_tells_the_delegate(cast: Cast) -> None:
    blerim = person("Blerim", cast.justice, Role.REVIEWER)
    delegate(cast.teuta, cast.teuta, cast.justice, blerim, today(), today() + timedelta(days=60), "On leave.")
    review = cast.start()
    sign(cast, review, cast.goran)
    sign_off(cast.biljana, seat_of(review, cast.social), "agree", "", review.manifest.sha256)
    asked = Message.objects.get(template="asked", to=blerim.email)
    assert "You are asked to answer as the delegate of Teuta." in asked.text
    assert (
        not Message.objects.filter(template="asked", text__contains="as the delegate of")
        .exclude(pk=asked.pk)
        .exists()
    )
    sign_off(blerim, seat_of(review, cast.justice), "agree", "", review.manifest.sha256)


def test_the_page(cast: Cast, review: Review, vesna: User) -> None:
    form = {
        "asked": f"{cast.goran.pk}-{cast.interior.pk}",
        "to": str(vesna.pk),
        "starts": str(today()),
        "until": str(today()),
        "reason": "Ill.",
    }
    assert client_of(cast.drafter).get("/en/review/delegates/").status_code == 404
    assert client_of(cast.drafter).post("/en/review/delegates/", form).status_code == 404
    assert client_of(cast.biljana).post("/en/review/delegates/", form).status_code == 422
    assert client_of(cast.goran).post("/en/review/delegates/", form | {"until": "x"}).status_code == 422
    assert client_of(cast.goran).post("/en/review/delegates/", form).status_code == 302
    page = client_of(vesna).get(f"/en/review/{review.pk}/").content.decode()
    assert "You answer as the delegate of Goran" in page
    made = Delegate.objects.get()
    assert client_of(cast.biljana).post(f"/en/review/delegates/{made.pk}/end/").status_code == 404
    assert client_of(vesna).post(f"/en/review/delegates/{made.pk}/end/").status_code == 302
    assert client_of(vesna).get(f"/en/review/{review.pk}/").status_code == 404


def test_only_whom_it_concerns_is_shown_the_way(cast: Cast, review: Review, vesna: User) -> None:
    for user, shown in ((cast.goran, True), (cast.drafter, False)):
        client = client_of(user)
        page = client.get("/en/review/").content.decode()
        assert ('href="/en/review/delegates/"' in page) is shown
        assert (client.get("/en/review/delegates/").status_code == 200) is shown


@pytest.mark.django_db
def test_who_may_not_see_a_review_names_no_delegate_in_it_and_learns_of_nobody_asked() -> None:
    cast = make_cast("tlp_red")
    cast.edition.instrument.named_readers.set([cast.coordinator, cast.goran, cast.biljana, cast.teuta])
    vesna = person("Vesna", cast.interior, Role.REVIEWER)
    cast.start()
    client = client_of(cast.second)
    assert client.get("/en/review/delegates/").status_code == 404
    today = timezone.localdate()
    with pytest.raises(Http404):
        delegate(cast.second, cast.goran, cast.interior, vesna, today, today, "On leave.")
    assert not Delegate.objects.exists()
    delegate(cast.coordinator, cast.goran, cast.interior, vesna, today, today, "On leave.")


def test_the_last_day_of_the_calendar_is_a_day_as_others(cast: Cast, review: Review, vesna: User) -> None:
    hand(cast, vesna, starts=date(9999, 12, 30), until=date(9999, 12, 31))
    assert not may(vesna, Verb.SIGN_OFF, seat_of(review, cast.interior))


def test_a_mail_to_the_delegate_is_said_only_where_one_went(cast: Cast, review: Review, vesna: User) -> None:
    client = client_of(cast.goran)
    form = {
        "asked": f"{cast.goran.pk}-{cast.interior.pk}",
        "to": str(vesna.pk),
        "starts": str(today()),
        "until": str(today()),
        "reason": "Ill.",
    }
    said = client.post("/en/review/delegates/", form, follow=True).content.decode()
    assert "Recorded. Your colleague gets an e-mail." in said
    Message.objects.all().delete()
    # Any reviewer of the institution is asked now, not this one.
    with unguarded():
        Seat.objects.update(user=None)
    said = client.post("/en/review/delegates/", form, follow=True).content.decode()
    assert not Message.objects.filter(template="delegated").exists()
    assert "Recorded. Your colleague gets an e-mail." not in said
    assert "because nothing is waiting for Goran personally" in said


def test_a_delegate_from_a_later_day_is_told_which_and_what_ends_is_told(
    cast: Cast, review: Review, vesna: User
) -> None:
    starts = today() + timedelta(days=3)
    made = hand(cast, vesna, starts=starts)
    told = Message.objects.get(template="delegated", to=vesna.email)
    day = of_date(starts, "en")
    assert f"cannot answer from {day} until" in told.text
    assert f"See the changes and answer, from {day}:" in told.text
    end_delegate(cast.goran, made)
    ended = Message.objects.get(template="delegation_ended", to=vesna.email)
    assert "You no longer have to answer instead of Goran: " in ended.text
    Message.objects.all().delete()
    # Nobody is told what they did themselves, nor that what they hold still has ended.
    end_delegate(vesna, hand(cast, vesna))
    first, _second = hand(cast, vesna), hand(cast, vesna)
    end_delegate(cast.goran, first)
    assert not Message.objects.filter(template="delegation_ended").exists()


def test_the_delegate_of_who_is_replaced_is_told(cast: Cast, review: Review, vesna: User) -> None:
    hand(cast, vesna, starts=today() + timedelta(days=3))
    ask_another(
        cast.coordinator, seat_of(review, cast.interior), person("Vera", cast.interior, Role.REVIEWER)
    )
    assert Message.objects.get(template="delegation_ended").to == vesna.email
