"""Every illegal move, by a direct request: refused in words, in the audit trail, and nothing is changed.

Each address of the room and of the coordinator's desk that takes a POST has its moves here; one without any fails.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from audit.models import Entry
from documents.actions import record_prior
from documents.actions.adopt_edition import adopt_edition
from documents.actions.create_instrument import create_instrument
from documents.models import AdoptionAct, Comment, Edition, PriorAdoption, Section, SectionChange
from mail.models import Message
from people.actions.mail_link import send_link
from people.models import Institution, MailLink, Membership, User
from people.roles import Role
from tests.factories import make_institution, make_person
from tests.workflows.conftest import Cast, act, fill, person, seat_of
from tests.workflows.test_desk import act_form
from tests.workflows.test_matrix import filled, say
from tests.workflows.test_procedure_pages import form_of
from tests.workflows.test_reopen import pass_all
from tests.workflows.test_room import as_, to
from tests.workflows.test_sign_off import sign
from workflows.actions.delegate import delegate, end_delegate
from workflows.actions.remind import remind
from workflows.actions.reopen import reopen
from workflows.actions.restart import withdraw_review
from workflows.desk.urls import urlpatterns as desk_urls
from workflows.models import CalendarFeed, Delegate, Procedure, Review, Seat, SignOff, Stage
from workflows.room.urls import urlpatterns as room_urls

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """A review in its first stage, where Interior and Social Policy are asked."""

    cast: Cast
    review: Review
    stranger: User
    """Coordinates in another country."""

    def seat(self, institution: Institution) -> Seat:
        return seat_of(self.review, institution)

    def answer(self, institution: Institution, **other: Any) -> dict[str, Any]:
        """What the page would send for an institution."""
        return {
            "seat": self.seat(institution).pk,
            "seen": self.review.manifest.sha256,
            "choice": "agree",
        } | other


@dataclass
class Move:
    """A request: who, where, what; and what the answer is: its status (302: the words stand on the page after it) and
    some of its words."""

    by: User
    args: tuple[Any, ...]
    data: dict[str, Any] = field(default_factory=dict)
    status: int = 404
    says: str = ""


Moves = Callable[[World], Move]
MOVES: dict[str, list[Moves]] = {}


def move(name: str) -> Callable[[Moves], Moves]:
    def keep(function: Moves) -> Moves:
        MOVES.setdefault(name, []).append(function)
        return function

    return keep


@pytest.fixture
def world(cast: Cast) -> World:
    stranger = make_person(Role.COORDINATOR, make_institution("rs-coordinator"))
    return World(cast, cast.start(), stranger)


def state() -> dict[str, Any]:
    """Everything that an illegal move could have changed."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (
            Review, Stage, Seat, SignOff, Delegate, Edition, AdoptionAct, PriorAdoption, Comment,
            Section, SectionChange, Procedure, CalendarFeed,
        )
    }  # fmt: skip


# ---- answering


@move("review:answer")
def a_stage_is_skipped(w: World) -> Move:
    return Move(w.cast.teuta, (w.review.pk,), w.answer(w.cast.justice))


@move("review:answer")
def a_stage_is_skipped_by_who_sees_the_review(w: World) -> Move:
    Membership.objects.create(user=w.cast.drafter, institution=w.cast.justice, role=Role.REVIEWER)
    Seat.objects.filter(pk=w.seat(w.cast.justice).pk).update(user=None)
    return Move(w.cast.drafter, (w.review.pk,), w.answer(w.cast.justice), 409, "has not begun yet")


@move("review:answer")
def a_second_vote(w: World) -> Move:
    sign(w.cast.goran, w.seat(w.cast.interior))
    return Move(
        w.cast.goran,
        (w.review.pk,),
        w.answer(w.cast.interior, choice="return", reason="No."),
        409,
        "one vote",
    )


@move("review:answer")
def a_vote_after_the_stage_has_ended(w: World) -> Move:
    sign(w.cast.goran, w.seat(w.cast.interior), "return", "No.")
    return Move(w.cast.biljana, (w.review.pk,), w.answer(w.cast.social), 409, "has ended")


@move("review:answer")
def for_another_institution(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk,), w.answer(w.cast.social), 409, "You can&#x27;t answer for them")


@move("review:answer")
def for_a_seat_of_another_review(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk,), {"seat": 999_999, "choice": "agree", "seen": ""})


@move("review:answer")
def from_another_country(w: World) -> Move:
    reviewer = make_person(Role.REVIEWER, make_institution("rs-interior"))
    return Move(reviewer, (w.review.pk,), w.answer(w.cast.interior))


@move("review:answer")
def by_the_coordinator(w: World) -> Move:
    return Move(w.cast.coordinator, (w.review.pk,), w.answer(w.cast.interior), 409, "answer for them")


@move("review:answer")
def by_an_author(w: World) -> Move:
    _wrote(w, w.cast.goran)
    return Move(w.cast.goran, (w.review.pk,), w.answer(w.cast.interior), 409, "You wrote in this text")


@move("review:answer")
def by_the_delegate_of_an_author(w: World) -> Move:
    vesna = _delegate(w)
    _wrote(w, w.cast.goran)
    return Move(vesna, (w.review.pk,), w.answer(w.cast.interior), 409, "Nobody signs it off for its author")


@move("review:answer")
def a_rejection_by_an_author(w: World) -> Move:
    _wrote(w, w.cast.goran)
    return Move(
        w.cast.goran,
        (w.review.pk,),
        w.answer(w.cast.interior, choice="return", reason="Mine."),
        409,
        "You wrote",
    )


@move("review:answer")
def by_a_delegate_whose_time_has_ended(w: World) -> Move:
    vesna = _delegate(w)
    end_delegate(w.cast.goran, Delegate.objects.get())
    return Move(vesna, (w.review.pk,), w.answer(w.cast.interior))


@move("review:answer")
def by_who_reviews_no_longer(w: World) -> Move:
    Membership.objects.filter(user=w.cast.goran).update(ends=timezone.localdate())
    return Move(w.cast.goran, (w.review.pk,), w.answer(w.cast.interior))


@move("review:answer")
def from_a_stale_page(w: World) -> Move:
    return Move(
        w.cast.goran, (w.review.pk,), w.answer(w.cast.interior, seen="0" * 64), 409, "The text that you saw"
    )


@move("review:answer")
def from_a_page_of_the_round_before(w: World) -> Move:
    """The form of the first round, sent after the text was reopened, changed and submitted again."""
    old = w.answer(w.cast.interior)
    sign(w.cast.goran, w.seat(w.cast.interior))
    reopen(w.cast.coordinator, w.review, "A correction.")
    w.cast.change(0, "Нов текст.")
    w.cast.start()
    return Move(w.cast.goran, (w.review.pk,), old, 409, "A new round will ask again")


@move("review:answer")
def with_the_text_of_the_round_before(w: World) -> Move:
    old = w.review.manifest.sha256
    reopen(w.cast.coordinator, w.review, "A correction.")
    w.cast.change(0, "Нов текст.")
    again = w.cast.start()
    data = {"seat": seat_of(again, w.cast.interior).pk, "seen": old, "choice": "agree"}
    return Move(w.cast.goran, (again.pk,), data, 409, "The text that you saw")


@move("review:answer")
def after_the_withdrawal(w: World) -> Move:
    withdraw_review(w.cast.coordinator, w.review, "Not now.", text_too=True)
    return Move(w.cast.goran, (w.review.pk,), w.answer(w.cast.interior), 409, "This review has ended")


@move("review:answer")
def without_the_second_factor(w: World) -> Move:
    Stage.objects.filter(review=w.review, order=1).update(second_factor=True)
    return Move(w.cast.goran, (w.review.pk,), w.answer(w.cast.interior), 409, "code from your app")


@move("review:answer")
def with_no_answer_of_the_four(w: World) -> Move:
    return Move(
        w.cast.goran, (w.review.pk,), w.answer(w.cast.interior, choice="veto"), 400, "Choose one of the four"
    )


# ---- reading and commenting


@move("review:read")
def who_was_not_asked_marks_as_read(w: World) -> Move:
    return Move(w.cast.outsider, (w.review.pk,), {"uid": w.cast.uids[0]})


@move("review:comment")
def who_was_not_asked_comments(w: World) -> Move:
    return Move(w.cast.outsider, (w.review.pk,), {"uid": w.cast.uids[0], "text": "x"})


@move("review:comment")
def a_comment_after_the_withdrawal(w: World) -> Move:
    withdraw_review(w.cast.coordinator, w.review, "Not now.", text_too=True)
    return Move(w.cast.goran, (w.review.pk,), {"uid": w.cast.uids[0], "text": "x"})


@move("review:reply")
def an_answer_to_a_comment_of_another_text(w: World) -> Move:
    other = Comment.objects.create(edition=_other(w), uid=w.cast.uids[0], language="mk", text="x")
    return Move(w.cast.goran, (w.review.pk, other.pk), {"text": "x"})


@move("review:reply")
def an_answer_by_who_was_not_asked(w: World) -> Move:
    return Move(w.cast.outsider, (w.review.pk, say(w.cast, w.review).pk), {"text": "x"})


@move("review:resolve")
def the_thread_of_another_institution_is_settled(w: World) -> Move:
    return Move(w.cast.biljana, (w.review.pk, say(w.cast, w.review).pk))


@move("review:decide")
def a_reviewer_decides_their_own_comment(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk, say(w.cast, w.review).pk), {"outcome": "accepted"})


@move("review:decide")
def an_answer_over_an_answer_not_seen(w: World) -> Move:
    data = {"outcome": "rejected", "answer": "No.", "seen": "an older one"}
    return Move(
        w.cast.coordinator, (w.review.pk, say(w.cast, w.review).pk), data, 302, "Somebody else answered"
    )


@move("review:accept")
def a_reviewer_puts_their_words_in(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk, say(w.cast, w.review).pk), {"seen": ""})


@move("review:accept")
def words_are_put_into_a_locked_text(w: World) -> Move:
    return Move(w.cast.coordinator, (w.review.pk, say(w.cast, w.review).pk), {"seen": ""})


@move("review:accept")
def words_that_were_rejected_are_put_in(w: World) -> Move:
    comment = say(w.cast, w.review)
    Comment.objects.filter(pk=comment.pk).update(outcome="partly", applied=timezone.now())
    reopen(w.cast.coordinator, w.review, "A correction.")
    return Move(w.cast.coordinator, (w.review.pk, comment.pk), {"seen": ""}, 302, "put into the text already")


@move("review:matrix")
def a_reviewer_fills_the_table_in(w: World) -> Move:
    say(w.cast, w.review)
    return Move(w.cast.goran, (w.review.pk,), {"file": _table(w)})


@move("review:matrix")
def the_table_of_another_state(w: World) -> Move:
    comment = say(w.cast, w.review)
    table = _table(w)
    Comment.objects.filter(pk=comment.pk).update(
        outcome="partly", outcome_text="Half.", decided=timezone.now()
    )
    return Move(w.cast.coordinator, (w.review.pk,), {"file": table}, 422, "since this table was downloaded")


# ---- delegates, calendar


@move("review:delegates")
def to_a_person_of_another_institution(w: World) -> Move:
    _colleague(w)
    return Move(w.cast.goran, (), _handing(w, w.cast.goran, w.cast.biljana), 422, "valid choice")


@move("review:delegates")
def for_somebody_else(w: World) -> Move:
    return Move(_colleague(w), (), _handing(w, w.cast.biljana, w.cast.goran), 422, "valid choice")


@move("review:delegates")
def a_coordinator_names_themselves(w: World) -> Move:
    Membership.objects.create(user=w.cast.coordinator, institution=w.cast.interior, role=Role.REVIEWER)
    return Move(
        w.cast.coordinator, (), _handing(w, w.cast.goran, w.cast.coordinator), 422, "Nobody makes themselves"
    )


@move("review:delegate_end")
def a_stranger_ends_it(w: World) -> Move:
    _delegate(w)
    return Move(w.cast.biljana, (Delegate.objects.get().pk,))


@move("review:delegate_end")
def it_is_ended_twice(w: World) -> Move:
    _delegate(w)
    end_delegate(w.cast.goran, Delegate.objects.get())
    return Move(w.cast.goran, (Delegate.objects.get().pk,), {}, 302, "It has ended already")


@move("review:calendar")
def who_never_reviews_asks_for_a_calendar(w: World) -> Move:
    return Move(w.cast.drafter, ())


# ---- the coordinator's desk


@move("coordinate:start")
def a_second_review_of_the_same_text(w: World) -> Move:
    return Move(w.cast.coordinator, (w.cast.edition.pk,), {"procedure": "urgent"}, 302, "started already")


@move("coordinate:start")
def a_drafter_starts_a_review(w: World) -> Move:
    return Move(w.cast.drafter, (_other(w).pk,), {"procedure": "urgent"})


@move("coordinate:start")
def another_countrys_coordinator_starts_it(w: World) -> Move:
    return Move(w.stranger, (_other(w).pk,), {"procedure": "urgent"})


@move("coordinate:start")
def it_begins_with_a_later_stage(w: World) -> Move:
    return Move(
        w.cast.coordinator,
        (_other(w).pk,),
        {"procedure": "joint-order", "begin": "3"},
        400,
        "can&#x27;t be skipped",
    )


@move("coordinate:remind")
def who_has_answered_is_reminded(w: World) -> Move:
    sign(w.cast.goran, w.seat(w.cast.interior))
    return Move(w.cast.coordinator, (w.review.pk,), {"seat": w.seat(w.cast.interior).pk}, 409, "has answered")


@move("coordinate:remind")
def twice_within_the_hour(w: World) -> Move:
    remind(w.cast.coordinator, w.seat(w.cast.interior))
    return Move(
        w.cast.coordinator, (w.review.pk,), {"seat": w.seat(w.cast.interior).pk}, 409, "less than an hour ago"
    )


@move("coordinate:remind")
def before_the_stage(w: World) -> Move:
    return Move(
        w.cast.coordinator, (w.review.pk,), {"seat": w.seat(w.cast.justice).pk}, 409, "Nothing is asked"
    )


@move("coordinate:extend")
def to_an_earlier_day(w: World) -> Move:
    data = {"stage": w.review.stages.get(order=1).pk, "day": "2020-01-01", "reason": "x"}
    return Move(w.cast.coordinator, (w.review.pk,), data, 409, "Choose a day after")


@move("coordinate:extend")
def of_a_stage_that_has_not_begun(w: World) -> Move:
    day = timezone.localdate() + timedelta(days=60)
    data = {"stage": w.review.stages.get(order=2).pk, "day": str(day), "reason": "x"}
    return Move(w.cast.coordinator, (w.review.pk,), data, 409, "not open")


@move("coordinate:extend")
def by_a_reviewer(w: World) -> Move:
    day = timezone.localdate() + timedelta(days=60)
    data = {"stage": w.review.stages.get(order=1).pk, "day": str(day), "reason": "x"}
    return Move(w.cast.goran, (w.review.pk,), data)


@move("coordinate:go_on")
def over_a_stage_of_sign_offs(w: World) -> Move:
    return Move(
        w.cast.coordinator, (w.review.pk,), {"stage": w.review.stages.get(order=1).pk}, 409, "is not open"
    )


@move("coordinate:go_on")
def another_country_goes_on(w: World) -> Move:
    return Move(w.stranger, (w.review.pk,), {"stage": w.review.stages.get(order=1).pk})


@move("coordinate:restart")
def from_a_stage_that_was_not_reached(w: World) -> Move:
    return Move(w.cast.coordinator, (w.review.pk,), {"stage": "3", "reason": "x"}, 400, "valid choice")


@move("coordinate:restart")
def what_has_ended_is_restarted(w: World) -> Move:
    withdraw_review(w.cast.coordinator, w.review, "Not now.", text_too=True)
    return Move(w.cast.coordinator, (w.review.pk,), {"stage": "1", "reason": "x"}, 409, "has ended already")


@move("coordinate:withdraw")
def it_is_withdrawn_twice(w: World) -> Move:
    withdraw_review(w.cast.coordinator, w.review, "Not now.", text_too=False)
    return Move(w.cast.coordinator, (w.review.pk,), {"what": "text", "reason": "x"}, 409, "has ended already")


@move("coordinate:withdraw")
def a_reviewer_withdraws(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk,), {"what": "text", "reason": "x"})


@move("coordinate:reopen")
def a_reviewer_reopens(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk,), {"reason": "x"})


@move("coordinate:reopen")
def what_was_adopted_is_reopened(w: World) -> Move:
    _adopt(w)
    return Move(w.cast.coordinator, (w.review.pk,), {"reason": "x"}, 409, "has ended already")


@move("coordinate:reopen")
def an_older_round_is_reopened(w: World) -> Move:
    reopen(w.cast.coordinator, w.review, "A correction.")
    w.cast.start()
    return Move(w.cast.coordinator, (w.review.pk,), {"reason": "x"}, 409, "has ended already")


@move("coordinate:adopt")
def without_the_sign_offs(w: World) -> Move:
    return Move(w.cast.coordinator, (w.review.pk,), act_form(), 409, "has not ended yet")


@move("coordinate:adopt")
def it_is_adopted_twice(w: World) -> Move:
    _adopt(w)
    return Move(w.cast.coordinator, (w.review.pk,), act_form(), 409, "not in review")


@move("coordinate:adopt")
def by_an_act_of_tomorrow(w: World) -> Move:
    pass_all(w.cast, w.review)
    tomorrow = str(timezone.localdate() + timedelta(days=2))
    data = act_form(**{"act0-date": tomorrow, "act0-published": "", "valid_from": tomorrow})
    return Move(w.cast.coordinator, (w.review.pk,), data, 409, "date to come")


@move("coordinate:adopt")
def a_reviewer_adopts(w: World) -> Move:
    pass_all(w.cast, w.review)
    return Move(w.cast.teuta, (w.review.pk,), act_form())


@move("coordinate:adopt")
def another_country_adopts(w: World) -> Move:
    pass_all(w.cast, w.review)
    return Move(w.stranger, (w.review.pk,), act_form())


@move("coordinate:prior")
def a_text_in_review_was_adopted_before(w: World) -> Move:
    return Move(w.cast.coordinator, (w.cast.edition.pk,), act_form(), 409, "can&#x27;t be changed")


@move("coordinate:prior")
def a_drafter_proposes_it(w: World) -> Move:
    return Move(w.cast.drafter, (_other(w).pk,), act_form())


@move("coordinate:decide_prior")
def who_proposed_it_confirms_it(w: World) -> Move:
    other = _other(w)
    record_prior.propose(w.cast.coordinator, other, act(), act().date)
    return Move(w.cast.coordinator, (other.pk,), {"confirm": "1"}, 409, "A second person")


@move("coordinate:decide_prior")
def it_is_confirmed_twice(w: World) -> Move:
    other = _other(w)
    record_prior.confirm(w.cast.second, record_prior.propose(w.cast.coordinator, other, act(), act().date))
    return Move(w.cast.second, (other.pk,), {"confirm": "1"}, 302, "decided already")


@move("coordinate:procedure")
def another_countrys_procedure_is_changed(w: World) -> Move:
    return Move(w.stranger, ("mk", "urgent"), {"count": "1"})


@move("coordinate:procedure")
def a_procedure_that_was_changed_meanwhile(w: World) -> Move:
    data = form_of(as_(w.cast.coordinator), to("coordinate:procedure", "mk", "urgent"))
    return Move(w.cast.coordinator, ("mk", "urgent"), data | {"seen": "0" * 64}, 409, "Somebody else changed")


# ---- what they share


def _wrote(w: World, who: User) -> None:
    SectionChange.objects.create(
        edition=w.cast.edition, uid=w.cast.uids[0], verb="save", language="mk", actor=who.actor
    )


def _colleague(w: World) -> User:
    return User.objects.filter(email="vesna@example.org").first() or person(
        "Vesna", w.cast.interior, Role.REVIEWER
    )


def _delegate(w: World) -> User:
    vesna, today = _colleague(w), timezone.localdate()
    delegate(
        w.cast.goran, w.cast.goran, w.cast.interior, vesna, today, today + timedelta(days=5), "On leave."
    )
    return vesna


def _handing(w: World, asked: User, colleague: User) -> dict[str, str]:
    today = str(timezone.localdate())
    return {
        "asked": f"{asked.pk}-{w.cast.interior.pk}",
        "to": str(colleague.pk),
        "starts": today,
        "until": today,
        "reason": "Ill.",
    }


def _other(w: World) -> Edition:
    """Another draft of the same owner."""
    made = create_instrument(
        w.cast.coordinator, owner=w.cast.commission, slug="other", kind="sop", titles={"mk": "Друго", "en": "Other"},
        languages=["mk", "en"], source_language="mk", classification="public",
    )  # fmt: skip
    fill(made)
    return made


def _table(w: World) -> Any:
    answers: dict[tuple[int, str], object] = {(0, "outcome"): "rejected", (0, "answer"): "No."}
    data = io.BytesIO(filled(as_(w.cast.coordinator), w.review, answers))
    data.name = "answers.xlsx"
    return data


def _adopt(w: World) -> None:
    pass_all(w.cast, w.review)
    w.cast.edition.refresh_from_db()
    adopt_edition(w.cast.coordinator, w.cast.edition, [act()], act().date)


# ---- the tests

ALL = [(name, one) for name, moves in MOVES.items() for one in moves]


@pytest.mark.parametrize(("name", "make"), ALL, ids=[f"{name}-{one.__name__}" for name, one in ALL])
def test_it_is_refused_in_words_and_audited(world: World, name: str, make: Moves) -> None:
    wanted = make(world)
    before, last = state(), Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    client = as_(wanted.by)
    came = client.post(to(name, *wanted.args), wanted.data)
    assert came.status_code == wanted.status, came.content.decode()[:2000]
    if wanted.status == 302:
        came = client.get(came["Location"])
        assert came.status_code == 200
    page = came.content.decode()
    assert wanted.says in page, page[page.find("<main") :][:3000]
    assert state() == before
    refused = Entry.objects.filter(id__gt=last, refused=True, actor=wanted.by.actor)
    assert refused.count() == 1
    assert not Entry.objects.filter(id__gt=last, refused=False).exists()


def test_every_address_that_takes_a_post_has_its_moves(world: World) -> None:
    """Asked with a method that none of them knows, an address says which it takes."""
    args = {"country": "mk", "key": "urgent", "ending": "docx"}
    client, without = as_(world.cast.coordinator), []
    for space, patterns in (("review", room_urls), ("coordinate", desk_urls)):
        for pattern in patterns:
            name = f"{space}:{pattern.name}"
            wanted = pattern.pattern.converters
            values = {key: args.get(key, 1) for key in wanted}
            with translation.override("en"):
                came = client.put(reverse(name, kwargs=values))
            assert came.status_code == 405, name
            if "POST" in came["Allow"] and name not in MOVES:
                without.append(name)
    assert without == []


@pytest.mark.parametrize("name", list(MOVES))
def test_without_its_token_no_form_is_taken(world: World, name: str) -> None:
    """What another site makes a signed-in person send."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.cast.coordinator)
    wanted = MOVES[name][0](world)
    before = state()
    assert strict.post(to(name, *wanted.args), wanted.data).status_code == 403
    assert state() == before


def test_a_link_from_a_mail_works_once(world: World) -> None:

    send_link(world.cast.goran.email)
    text = Message.objects.get(template="mail_link").text
    address = "/" + next(word for word in text.split() if "/mail-link/" in word).split("/", 3)[3]
    assert MailLink.objects.get().institution == world.cast.interior
    first, second = Client(), Client()
    assert first.get(address).status_code == 200 and first.post(address).status_code == 302
    again = second.post(address)
    assert again.status_code == 410 and "link" in again.content.decode()
    assert "_auth_user_id" not in second.session
    assert Entry.objects.filter(verb="sign_in", refused=True).count() == 1
