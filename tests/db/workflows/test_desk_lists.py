"""What the desk lists: answers, events, and what waits."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Reason
from documents.actions import adopt_language
from documents.models import Instrument, LanguageVersion, SectionChange
from people.actions.invite import enter_role
from people.roles import Role
from tests.support.documents.following import Cast as Following
from tests.support.documents.following import approved, no_review, read, version, write
from tests.support.documents.following import cast as following
from tests.support.factories import make_institution, make_person
from tests.support.reviews import (
    CONFIRMED,
    Cast,
    client_of,
    open_review,
    page_of,
    pass_all,
    person,
    say,
    seat_in,
    seat_of,
    sign,
    to,
    two_at_once,
)
from theme.icons import icon_svg
from workflows.actions.confirm_unapplied import tell_left_out
from workflows.actions.delegate import delegate
from workflows.actions.end_coordination import end_coordination
from workflows.actions.start_review import start_review
from workflows.choices import Delegation
from workflows.models import Review, Seat, Stage
from workflows.pages.coordinator.events import events_of, on_one_day
from workflows.pages.coordinator.stage_descriptions import legends, state_of
from workflows.reminders.deadlines import take_silence_as_assent


def desk(cast: Cast) -> str:
    return page_of(cast.coordinator, to("coordinate:desk"))


def table(cast: Cast) -> list[dict[str, str]]:
    text = client_of(cast.coordinator).get(to("coordinate:csv")).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_return_and_an_abstention_are_told_in_numbers(cast: Cast) -> None:
    review = open_review(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "Not so.")
    sign(cast.biljana, seat_in(review, 1, cast.social), "abstain", "Not ours.")
    end_coordination(cast.coordinator, review.stages.get(order=2))
    sign(cast.goran, seat_in(review, 3, cast.interior))
    sign(cast.teuta, seat_in(review, 4, cast.justice), "agree_with_remarks", "A comma.")
    page = desk(cast)
    assert "4 of 4 have answered" in page and "agreed: 2, returned: 1, abstained: 1" in page
    assert "ll have signed off" not in page
    assert "The review is complete: Procedures" in page and to("coordinate:adopt", review.pk) in page


def test_all_have_signed_off_is_said_where_all_agreed(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    page = desk(cast)
    assert "3 of 3 have answered" in page and "all have signed off" in page
    assert "All institutions have signed off: Procedures" in page


def test_silence_is_no_answer_and_is_counted_by_itself(cast: Cast) -> None:
    stages: list[dict[str, object]] = [
        {"kind": "consultation", "silence": "assent"},
        {"kind": "coordination"},
        {"kind": "sign_off"},
        {"kind": "opinion"},
        {"kind": "adoption"},
    ]
    review = open_review(cast, stages)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    due = review.stages.get(order=1).due
    assert due is not None and len(take_silence_as_assent(due + timedelta(hours=1))) == 1
    page = desk(cast)
    assert "1 of 2 have answered" in page and "agreed: 1, no answer, counted as agreement: 1" in page
    said = {row["Institution"]: row["Answer"] for row in table(cast) if row["Stage"].startswith("Consult")}
    assert said["Ministry of Social Policy"] == "no answer, counted as agreement"


def test_the_table_says_who_answered_and_instead_of_whom(cast: Cast, review: Review) -> None:
    vesna, today = person("Vesna", cast.interior, Role.REVIEWER), timezone.localdate()
    delegate(cast.goran, cast.goran, cast.interior, vesna, today, today + timedelta(days=5), "On leave.")
    sign(vesna, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    rows = {row["Institution"]: (row["Assigned reviewer"], row["Who answered"]) for row in table(cast)}
    assert rows["Ministry of Interior"] == ("Goran", "Vesna instead of Goran")
    assert rows["Ministry of Social Policy"] == ("Biljana", "Biljana")
    assert rows["Ministry of Justice"] == ("Teuta", "")


def test_comments_that_wait_stay_on_the_desk_while_the_text_was_returned(cast: Cast, review: Review) -> None:
    say(cast, review)
    assert "1 comment needs an answer" in desk(cast)
    for user, institution in ((cast.goran, cast.interior), (cast.biljana, cast.social)):
        sign(user, seat_of(review, institution), "abstain", "Not ours.")
    page = desk(cast)
    assert "Too few agreed: Procedures" in page
    assert "1 comment needs an answer" in page and "view=comments#changes" in page


def test_a_stage_that_is_called_after_its_kind_says_it_once(cast: Cast) -> None:
    page = page_of(cast.coordinator, to("coordinate:procedures"))
    assert "<b>Adoption</b>: 14 days" in page and "<b>Adoption</b>: Adoption" not in page


def test_what_was_answered_stands_beside_a_returned_text_that_is_open_for_changes(cast: Cast) -> None:
    review = two_at_once(cast, "opinion")
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "Not so.")
    page = desk(cast)
    assert "1 of 2 have answered" in page and "returned: 1, not answered: 1" in page


def test_the_key_of_stages_names_every_procedure_that_has_them(cast: Cast, review: Review) -> None:
    urgent = Review(procedure={"name": "Urgent revision"})
    joint = Review(procedure={"name": "Joint order"})
    stages = list(review.stages.all())
    (key,) = legends([(urgent, stages), (joint, stages), (urgent, stages)])
    assert key["name"] == "Urgent revision, Joint order"
    assert [order for order, _title in key["stages"]] == [stage.order for stage in stages]
    assert len(legends([(urgent, stages), (joint, stages[:2])])) == 2


CLOCK = str(icon_svg("clock"))


def told(cast: Cast, review: Review) -> tuple[list[str], str]:
    page = page_of(cast.coordinator, f"/en/desk/reviews/{review.pk}/")
    listed = page[page.index('<ol class="events"') :]
    listed = listed[: listed.index("</ol>")]
    said = [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<span>(.+?)</span></li>", listed)]
    return said, page


def test_a_review_is_told_in_the_order_in_which_it_happened(cast: Cast) -> None:
    review = two_at_once(cast, "opinion")
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "It contradicts the law.")
    review = Review.objects.get(pk=review.pk)
    said, page = told(cast, review)
    assert said[0] == "The round started" and said[-1] == "The round ended: Returned"
    assert "1. Ministry of Interior: Return" in said
    assert said.index("1. Opinion · began") < said.index("1. Ministry of Interior: Return")
    assert "1. Opinion · ended: Returned" in said and "2. Opinion · ended without a result" in said
    assert not any(one.startswith("3.") for one in said)
    times = [event.at for event in events_of(review, list(review.stages.all()), "")[:-1]]
    assert times == sorted(times)
    # The picture of days would show nothing of a day.
    assert on_one_day(review) == ("Events of" in page) == ("alone-line" not in page)


def test_what_goes_without_accepted_words_and_why_it_is_older_stand_in_their_place(cast: Cast) -> None:
    review = two_at_once(cast, "opinion")
    sign(cast.goran, seat_in(review, 1, cast.interior), "agree")
    tell_left_out(cast.coordinator, review, [7, 8])
    events = events_of(review, list(review.stages.all()), "")
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert "without 2 accepted suggestions" in events[-1].words


def test_one_day_is_one_in_the_country_of_the_text(cast: Cast, review: Review) -> None:
    assert not on_one_day(review)  # it runs
    noon = review.started.replace(hour=11, minute=0)
    review.started = review.ended = noon
    assert on_one_day(review)
    # After midnight in Skopje, in summer as in winter.
    review.ended = noon.replace(hour=23, minute=30)
    assert not on_one_day(review)
    review.started = noon.replace(hour=23, minute=10)
    assert on_one_day(review)
    review.ended += timedelta(days=1)
    assert not on_one_day(review)


def test_a_stage_that_only_ended_beside_another_is_dashed_and_nobody_is_waited_for(cast: Cast) -> None:
    review = two_at_once(cast, "opinion")
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "It contradicts the law.")
    review = Review.objects.get(pk=review.pk)
    stages = list(review.stages.order_by("order"))
    assert [state_of(stage) for stage in stages[:3]] == ["late", "later", "later"]
    page = page_of(cast.coordinator, f"/en/desk/reviews/{review.pk}/")
    plan = page[page.index('<div class="plan-wrap"') : page.index('<div class="plan-down"')]
    assert plan.count(">!</text>") == 1 and ">2</text>" in plan
    justice = page[page.index('id="stage-2"') : page.index('id="stage-3"')]
    assert CLOCK not in justice and str(icon_svg("minus")) in justice
    room = page_of(cast.coordinator, f"/en/review/{review.pk}/")
    who = room[room.index('id="who-h"') :]
    assert CLOCK not in who[: who.index("</section>")]
    assert room.count('class="late"') == 1


def test_a_stage_that_runs_keeps_its_clock(cast: Cast, review: Review) -> None:
    page = page_of(cast.coordinator, f"/en/desk/reviews/{review.pk}/")
    assert CLOCK in page[page.index('id="stage-1"') : page.index('id="stage-2"')]
    assert seat_of(review, cast.interior).stage.open


def test_why_an_older_authentic_text_was_submitted_stands_in_the_room(cast: Cast) -> None:
    Instrument.objects.update(authentic_languages=["mk", "en"])
    LanguageVersion.objects.update(authentic=True)
    cast.change(0, "Нов текст.")
    review = start_review(
        cast.coordinator, cast.edition, cast.procedure, cast.plans(), behind_because="It is urgent."
    )
    why = "The text was submitted although these languages were out of date: English. Reason: "
    assert why + "It is urgent." in told(cast, review)[0]
    Reason.objects.update(text="")  # as where it named somebody
    assert why + "–" in told(cast, review)[0]


pytestmark = pytest.mark.django_db
__all__ = ["following", "no_review"]


@pytest.mark.parametrize("named", [True, False])
def test_the_coordinator_reads_why_an_authors_seat_stays_open(cast: Cast, named: bool) -> None:
    enter_role(cast.goran, cast.commission, Role.DRAFTER)
    review = open_review(cast)
    if not named:
        Seat.objects.filter(pk=seat_in(review, 1, cast.interior).pk).update(user=None)
    client, address = client_of(cast.coordinator), to("coordinate:review", review.pk)
    assert "of this text or submitted it" not in client.get(address).content.decode()
    cast.change(0, "Друго.", by=cast.goran)
    take_silence_as_assent(timezone.now() + timedelta(days=60))
    page = client.get(address).content.decode()
    said = page[page.index("Ministry of Interior") :].split("</li>")[0]
    every = "All reviewers of this institution are authors of this text or submitted it"
    assert ("Goran is an author of this text or submitted it" if named else every) in said
    assert "An author of the text must answer: no answer does not count as agreement." in said
    assert to("people:invite") in said and to("coordinate:withdraw", review.pk) not in said
    # In the stage that comes later too, where they are asked by name.
    later = page.split('id="stage-3"')[1]
    assert "Goran is an author of this text" in later and to("people:invite") in later


def test_of_a_text_that_is_signed_it_says_to_reopen_it(cast: Cast, review: Review) -> None:
    SectionChange.objects.create(
        edition=cast.edition,
        uid=cast.uids[0],
        language="mk",
        actor=cast.goran.actor,
        before="",
        after="x" * 64,
    )
    address = to("coordinate:review", review.pk)
    said = page_of(cast.coordinator, address)
    assert "Goran is an author of this text" in said and "does not count as agreement" not in said
    # Somebody who is invited can be asked instead; where the procedure lets nobody hand it over, it takes
    # another round.
    assert "Reopen the text and choose another reviewer" not in said and "Invite a reviewer" in said
    Stage.objects.filter(review=review).update(delegate=Delegation.NOBODY)
    assert "Reopen the text and choose another reviewer" in page_of(cast.coordinator, address)


def test_who_could_check_a_translation_finds_it_on_the_first_page(following: Following) -> None:
    edition = following["edition"]
    owner = edition.instrument.owner
    there = f"/en/desk/{edition.pk}/versions/sq/check/"
    others = {
        "of the language": make_person(Role.TRANSLATOR, make_institution("mk-second"), languages=["sq"]),
        "of another": make_person(Role.TRANSLATOR, owner, languages=["en"]),
        "drafter": make_person(Role.DRAFTER, owner),
    }
    write(following, "sq", "Shqip")
    assert there not in read(following["reviewer"], "/en/")
    adopt_language.submit(following["translator"], version(following))
    for user in (following["reviewer"], others["of the language"], others["drafter"]):
        page = read(user, "/en/")
        assert there in page and "awaits its check" in page
        assert read(user, there)
    for user in (
        following["translator"],
        following["practitioner"],
        following["stranger"],
        others["of another"],
    ):
        assert there not in read(user, "/en/")
    assert read(following["coordinator"], "/en/").count(there) == 1
    waiting = version(following)
    adopt_language.check(following["reviewer"], waiting, True, "", waiting.sha256)
    assert there not in read(others["drafter"], "/en/")


def test_a_translation_that_is_checked_asks_nobody(following: Following) -> None:
    write(following, "sq", "Shqip")
    approved(following, "sq")
    assert "/versions/sq/check/" not in read(following["reviewer"], "/en/")


def test_after_a_return_everybody_reads_what_comes_next(cast: Cast, review: Review) -> None:
    room, desk = to("review:room", review.pk), to("coordinate:review", review.pk)
    said = "The text was returned. It does not move to the next stage."
    assert said not in page_of(cast.goran, room)
    sign(cast.goran, seat_of(review, cast.interior), "return", "Article 4.")
    for user in (cast.goran, cast.biljana):
        assert "The text was returned. When it is changed" in page_of(user, room)
    client = client_of(cast.coordinator)
    page = client.get(desk).content.decode()
    assert said in page and f'<a class="btn" href="{to("coordinate:reopen", review.pk)}">' in page
    assert "then 10 days" not in page and page.count("not started") == 2
    came = client.post(to("coordinate:reopen", review.pk), {"reason": "Mended."} | CONFIRMED)
    assert came["Location"] == desk and said not in client.get(desk).content.decode()


def test_what_can_never_be_answered_again_is_said_before_the_act_is_typed(cast: Cast, review: Review) -> None:
    say(cast, review)
    pass_all(cast, review)
    page = page_of(cast.coordinator, to("coordinate:adopt", review.pk))
    assert page.index("1 comment is unanswered") < page.index("act0-body")
