"""Who restarts a review or starts its next round submits the text: nothing that the round keeps was answered
by them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

import audit
from audit.models import Entry
from documents.actions.adopt_edition import adopt_edition
from documents.actions.errors import ActionError, NotReady
from documents.comments.decide import decide
from documents.models import Edition, Instrument, LanguageVersion
from people.actions.invite import enter_role
from people.models import Membership, User
from people.roles import Role
from tests.support.records import exports, last, sealed
from tests.support.reviews import (
    CONFIRMED,
    Cast,
    act,
    client_of,
    page_of,
    pass_all,
    person,
    say,
    seat_in,
    seat_of,
    sign,
    to,
)
from tests.support.workflows.matrix import filled, take
from workflows.actions.ask_another import ask_another
from workflows.actions.delegate import delegate
from workflows.actions.end_coordination import end_coordination
from workflows.actions.restart import restart, withdraw_review
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Review, Stage
from workflows.record.build import build
from workflows.record.verify import problems
from workflows.reminders.deadlines import take_silence_as_assent
from workflows.rules.tacit_assent import barred

SIGNED: list[dict[str, object]] = [
    {"kind": "sign_off", "silence": "assent"},
    {"kind": "opinion"},
    {"kind": "adoption"},
]
HEARD: list[dict[str, object]] = [
    {"kind": "opinion"},
    {"kind": "coordination"},
    {"kind": "sign_off"},
    {"kind": "adoption"},
]


@pytest.fixture
def both(cast: Cast) -> User:
    """A coordinator of the owner who also reviews for Interior."""
    user = person("Hana", cast.commission, Role.COORDINATOR)
    enter_role(user, cast.interior, Role.REVIEWER)
    return User.objects.get(pk=user.pk)


def begin(cast: Cast, own: User | None) -> Review:
    procedure = Procedure.objects.create(key="mk-signed", name="Signed", stages=SIGNED)
    asked = (Respondent(cast.interior, own), Respondent(cast.social, cast.biljana))
    plans = [Plan(asked), Plan((Respondent(cast.justice, cast.teuta),)), Plan()]
    return start_review(cast.coordinator, cast.edition, procedure, plans)


def refused(both: User, review: Review) -> ActionError:
    with pytest.raises(ActionError) as refusal:
        restart(both, Review.objects.get(pk=review.pk), 2, "Once more.")
    assert refusal.value.code == "submitter"
    assert "in the completed stage “Sign-off”, so you cannot submit this text" in refusal.value.message
    assert "Ministry of Interior" in refusal.value.message
    return refusal.value


def test_a_restart_keeps_no_answer_of_who_restarts(cast: Cast, both: User) -> None:
    review = begin(cast, both)
    sign(both, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    refused(both, review)
    client = client_of(both)
    sent = client.post(
        f"/en/desk/reviews/{review.pk}/restart/", {"stage": "2", "reason": "Once more."} | CONFIRMED
    )
    assert "Ask another coordinator" in sent.content.decode()
    # From their stage they may: it is asked again, and then of somebody else.
    own = restart(both, Review.objects.get(pk=review.pk), 1, "Once more.")
    with pytest.raises(ActionError) as refusal:
        sign(both, seat_of(own, cast.interior))
    assert refusal.value.code == "submitter"


def test_another_coordinator_restarts_it(cast: Cast, both: User) -> None:
    """And a record in which they had not been another one does not hold."""
    review = begin(cast, both)
    sign(both, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    again = restart(cast.second, Review.objects.get(pk=review.pk), 2, "Once more.")
    sign(cast.teuta, seat_of(again, cast.justice))
    adopt_edition(cast.coordinator, Edition.objects.get(pk=cast.edition.pk), [act()], date(2026, 1, 20))
    edition = Edition.objects.select_related("instrument").get(pk=cast.edition.pk)
    record = build(edition)
    assert list(problems(sealed(dict(record)), exports(edition))) == []
    last(record)["submitted_by"] = {"id": str(both.actor), "name": both.name}
    assert list(problems(sealed(record), exports(edition))) == [
        "round 2, stage 1 (Sign-off): mk-interior was answered for by who submitted the text"
    ]


def test_an_answer_that_a_delegate_gave_for_them_is_theirs(cast: Cast, both: User) -> None:
    today = timezone.localdate()
    review = begin(cast, both)
    delegate(both, both, cast.interior, cast.goran, today, today + timedelta(days=3), "Leave.")
    sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    refused(both, review)


@pytest.mark.parametrize("named", [True, False])
def test_their_silence_is_theirs(cast: Cast, both: User, named: bool) -> None:
    if not named:
        Membership.objects.filter(user=cast.goran).update(
            ends="2020-01-01"
        )  # nobody else answers for Interior
    review = begin(cast, both if named else None)
    sign(cast.biljana, seat_of(review, cast.social))
    Stage.objects.filter(review=review, order=1).update(due=timezone.now() - timedelta(seconds=1))
    assert len(take_silence_as_assent()) == 1
    refused(both, review)


def test_a_next_round_keeps_no_answer_of_who_starts_it(cast: Cast, both: User) -> None:
    procedure = Procedure.objects.create(key="mk-heard", name="Heard", stages=HEARD)
    plans = [
        Plan((Respondent(cast.interior, both),)),
        Plan(),
        Plan((Respondent(cast.social, cast.biljana),)),
        Plan(),
    ]
    review = start_review(cast.coordinator, cast.edition, procedure, plans)
    sign(both, seat_in(review, 1, cast.interior))
    withdraw_review(cast.coordinator, Review.objects.get(pk=review.pk), "Not yet.", text_too=False)
    with pytest.raises(NotReady) as refusal:
        start_review(both, cast.edition, procedure, plans, 2)
    assert [one.code for one in refusal.value.problems] == ["submitter"]
    assert "which is not repeated. Therefore you cannot submit this text" in str(refusal.value.problems[0])
    place, chosen = f"/en/desk/reviews/start/{cast.edition.pk}/", '<option value="2" selected>'
    for user, is_chosen in ((both, False), (cast.second, True)):
        client = client_of(user)
        assert (chosen in client.get(place).content.decode()) is is_chosen
    assert start_review(cast.second, cast.edition, procedure, plans, 2).stages.get(order=1).kept is not None


def test_who_locks_the_text_signs_it_off_for_nobody(cast: Cast, both: User) -> None:
    """They end the coordination of a text that somebody else began to consult on: that submits it."""
    procedure = Procedure.objects.create(key="mk-heard", name="Heard", stages=HEARD)
    plans = [
        Plan((Respondent(cast.social, cast.biljana),)),
        Plan(),
        Plan((Respondent(cast.interior, both), Respondent(cast.justice, cast.teuta))),
        Plan(),
    ]
    review = start_review(cast.coordinator, cast.edition, procedure, plans)
    sign(cast.biljana, seat_in(review, 1, cast.social))
    end_coordination(both, review.stages.get(order=2))
    with pytest.raises(ActionError) as refusal:
        sign(both, seat_in(review, 3, cast.interior))
    assert refusal.value.code == "submitter"
    assert both.actor in barred(Review.objects.select_related("manifest", "edition").get(pk=review.pk))
    other = person("Vera", cast.interior, Role.REVIEWER)
    ask_another(cast.coordinator, seat_in(review, 3, cast.interior), other)
    with pytest.raises(ActionError) as refusal:
        ask_another(cast.coordinator, seat_in(review, 3, cast.interior), both)
    assert refusal.value.code == "submitter"
    sign(other, seat_in(review, 3, cast.interior))
    sign(cast.teuta, seat_in(review, 3, cast.justice))
    adopt_edition(cast.coordinator, Edition.objects.get(pk=cast.edition.pk), [act()], date(2026, 1, 20))
    edition = Edition.objects.select_related("instrument").get(pk=cast.edition.pk)
    record = build(edition)
    assert list(problems(sealed(dict(record)), exports(edition))) == []
    given = last(record)["stages"][2]["institutions"][0]["sign_offs"][0]
    given["person"]["id"] = str(both.actor)
    assert "was answered for by who submitted the text" in "\n".join(
        problems(sealed(record), exports(edition))
    )


def test_who_submitted_a_text_does_not_sign_it_in_a_later_round_of_the_same_text(
    cast: Cast, both: User
) -> None:
    review = start_review(both, cast.edition, cast.procedure, cast.plans())
    again = restart(cast.coordinator, review, 1, "A colleague begins it again.")
    with pytest.raises(ActionError) as refusal:
        ask_another(cast.coordinator, seat_of(again, cast.interior), both)
    assert refusal.value.code == "submitter"


def read(user: User, address: str) -> str:
    client = client_of(user)
    return client.get(address).content.decode()


def test_who_gave_an_opinion_does_not_lock_the_text(cast: Cast, both: User) -> None:
    """In this round, or in one before whose stage is kept; what was said in a consultation approves
    nothing."""
    procedure = Procedure.objects.create(key="mk-heard", name="Heard", stages=HEARD)
    plans = [
        Plan((Respondent(cast.interior, both),)),
        Plan(),
        Plan((Respondent(cast.social, cast.biljana),)),
        Plan(),
    ]
    review = start_review(cast.coordinator, cast.edition, procedure, plans)
    sign(both, seat_in(review, 1, cast.interior))

    def ends(of: Review) -> str:
        with pytest.raises(ActionError, match="so you cannot submit this text") as refusal:
            end_coordination(both, of.stages.get(order=2))
        return refusal.value.code

    # It is said before they type anything; who gave no opinion is asked to go on.
    address = reverse("coordinate:review", args=[review.pk])
    own, other = (read(one, address) for one in (both, cast.coordinator))
    assert "so you cannot submit this text" in own and "Move to the next stage" not in own
    assert "so you cannot submit this text" not in other and "Move to the next stage" in other
    assert ends(review) == "submitter"
    withdraw_review(cast.coordinator, Review.objects.get(pk=review.pk), "Not yet.", text_too=False)
    again = start_review(cast.second, cast.edition, procedure, plans, 2)
    assert ends(again) == "submitter" and Edition.objects.get(pk=cast.edition.pk).state == "draft"
    end_coordination(cast.coordinator, again.stages.get(order=2))
    assert holds(cast, again) == []


def test_who_spoke_in_a_consultation_may_lock_the_text(cast: Cast, both: User) -> None:
    heard = [{"kind": "consultation"}, *HEARD[1:]]
    procedure = Procedure.objects.create(key="mk-heard", name="Heard", stages=heard)
    plans = [
        Plan((Respondent(cast.interior, both),)),
        Plan(),
        Plan((Respondent(cast.social, cast.biljana),)),
        Plan(),
    ]
    review = start_review(cast.coordinator, cast.edition, procedure, plans)
    sign(both, seat_in(review, 1, cast.interior))
    end_coordination(both, review.stages.get(order=2))
    assert holds(cast, review) == []


def holds(cast: Cast, review: Review) -> list[str]:
    """Signed off and adopted, what is wrong with the record."""
    sign(cast.biljana, seat_in(review, 3, cast.social))
    adopt_edition(cast.second, Edition.objects.get(pk=cast.edition.pk), [act()], date(2026, 1, 20))
    edition = Edition.objects.select_related("instrument").get(pk=cast.edition.pk)
    return list(problems(sealed(build(edition)), exports(edition)))


def test_who_began_a_round_signs_its_words_in_no_later_one(cast: Cast, both: User) -> None:
    """Another one locked them, and began the next round with the same words."""
    procedure = Procedure.objects.create(key="mk-heard", name="Heard", stages=HEARD)
    plans = [
        Plan((Respondent(cast.social, cast.biljana),)),
        Plan(),
        Plan((Respondent(cast.interior, cast.goran),)),
        Plan(),
    ]
    review = start_review(both, cast.edition, procedure, plans)
    sign(cast.biljana, seat_in(review, 1, cast.social))
    end_coordination(cast.coordinator, review.stages.get(order=2))
    again = restart(cast.coordinator, Review.objects.get(pk=review.pk), 3, "Once more.")
    with pytest.raises(ActionError) as refusal:
        ask_another(cast.coordinator, seat_in(again, 3, cast.interior), both)
    assert refusal.value.code == "submitter"


def test_silence_stays_theirs_when_a_colleague_comes(cast: Cast, both: User) -> None:
    Membership.objects.filter(user=cast.goran).update(ends="2020-01-01")
    review = begin(cast, None)
    sign(cast.biljana, seat_of(review, cast.social))
    Stage.objects.filter(review=review, order=1).update(due=timezone.now() - timedelta(seconds=1))
    assert len(take_silence_as_assent()) == 1
    newer = person("Vera", cast.interior, Role.REVIEWER)
    Membership.objects.filter(user=newer).update(starts=timezone.localdate() + timedelta(days=1))
    refused(both, review)


def refusals_of(cast: Cast) -> list[str]:
    """The reasons on the trail's page, the newest first."""
    page = page_of(cast.coordinator, "/en/audit/?refused=on")
    return [part.partition("<")[0].strip() for part in page.split("Reason: ")[1:]]


def code(cast: Cast) -> Any:
    return Entry.objects.filter(refused=True).latest("pk").detail["why"]


def test_a_review_that_can_t_begin_says_all_that_is_wrong(cast: Cast) -> None:
    enter_role(cast.goran, cast.commission, Role.DRAFTER)
    cast.change(0, "Мој текст.", by=cast.goran)
    with pytest.raises(NotReady):
        cast.start()
    assert refusals_of(cast)[0] == "authors can&#x27;t sign off their own text"
    one = [Plan((Respondent(cast.social, cast.biljana),)), *cast.plans()[1:]]
    with pytest.raises(NotReady):
        start_review(cast.coordinator, cast.edition, cast.procedure, one)
    assert refusals_of(cast)[0] == "too few institutions were listed"
    with pytest.raises(NotReady):
        start_review(cast.coordinator, cast.edition, cast.procedure, cast.plans(due=date(2020, 1, 1)))
    assert code(cast) == "author deadline"
    assert refusals_of(cast)[0] == "authors can&#x27;t sign off their own text, the deadline was not possible"


def test_a_translation_that_is_behind_is_named(cast: Cast) -> None:
    Instrument.objects.filter(pk=cast.edition.instrument_id).update(authentic_languages=["mk", "en"])
    LanguageVersion.objects.filter(edition=cast.edition).update(authentic=True)
    cast.change(0, "Изменет.")
    with pytest.raises(NotReady):
        cast.start()
    assert refusals_of(cast)[0] == "a translation was incomplete or out of date"


def test_a_day_before_the_act_is_named_and_a_review_that_was_not_passed(cast: Cast, review: Review) -> None:
    client_of(cast.coordinator).post(to("coordinate:adopt", review.pk), {"acts": "1"} | CONFIRMED)
    assert refusals_of(cast)[0] == "its review was not completed successfully"
    pass_all(cast, review)
    with pytest.raises(NotReady):
        adopt_edition(cast.coordinator, cast.edition, [act()], act().date - timedelta(days=1))
    assert refusals_of(cast)[0] == "the date was before the date of the act"


def test_an_answer_without_a_reason_and_a_faulty_table_are_named(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    with pytest.raises(ActionError):
        decide(cast.coordinator, comment, "partly", "")
    assert refusals_of(cast)[0] == "no reason was given"
    client = client_of(cast.coordinator)
    assert take(client, review, filled(client, review, {(0, "outcome"): "partly"})).status_code == 422
    assert refusals_of(cast)[0] == "some rows of the table could not be saved"
    file = SimpleUploadedFile("table.xlsx", b"no table at all")
    response = client.post(to("review:matrix", review.pk), {"file": file}, follow=True)
    assert (
        response.status_code == 422
        and "We cannot read this file as an Excel sheet" in response.content.decode()
    )
    assert refusals_of(cast)[0] == "the file was not a table of comments"


def test_the_filter_offers_what_says_the_same_once_and_finds_all_of_it(cast: Cast, review: Review) -> None:
    for verb in ("end_stage", "end_coordination", "end_consultation"):
        audit.refused(verb, review, cast.coordinator, why="not_open")
    page = client_of(cast.coordinator).get("/en/audit/?verb=end_stage")
    content = page.content.decode()
    assert content.count(">closed a stage</option>") == 1
    assert {row.entry.verb for _, rows in page.context["days"] for row in rows} == {
        "end_stage",
        "end_coordination",
        "end_consultation",
    }
