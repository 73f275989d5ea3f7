"""What happened in a review, in order: in place of the picture where all of it was on one day, beside it
otherwise."""

from __future__ import annotations

import re
from datetime import timedelta

from audit.models import Reason
from documents.models import Instrument, LanguageVersion
from tests.support.reviews import Cast, client_of, seat_in, seat_of, sign, two_at_once
from theme.icons import icon_svg
from workflows.actions.confirm_unapplied import tell_left_out
from workflows.actions.start_review import start_review
from workflows.models import Review
from workflows.pages.coordinator.events import events_of, on_one_day
from workflows.pages.coordinator.stage_descriptions import state_of

CLOCK = str(icon_svg("clock"))


def told(cast: Cast, review: Review) -> tuple[list[str], str]:
    page = client_of(cast.coordinator).get(f"/en/desk/reviews/{review.pk}/").content.decode()
    listed = page[page.index('<ol class="events"') :]
    listed = listed[: listed.index("</ol>")]
    said = [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<span>(.+?)</span></li>", listed)]
    return said, page


def test_a_review_is_told_in_the_order_in_which_it_happened(cast: Cast) -> None:
    review = two_at_once(cast, "opinion")
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "It contradicts the law.")
    review = Review.objects.get(pk=review.pk)
    said, page = told(cast, review)
    assert said[0] == "The round began" and said[-1] == "The round ended: Returned"
    assert "1. Ministry of Interior: Return" in said
    assert said.index("1. Opinion · began") < said.index("1. Ministry of Interior: Return")
    assert "1. Opinion · ended: Returned" in said and "2. Opinion · ended without a result" in said
    assert not any(one.startswith("3.") for one in said)
    times = [event.at for event in events_of(review, list(review.stages.all()), "")[:-1]]
    assert times == sorted(times)
    # The picture of days would show nothing of a day.
    assert on_one_day(review) == ("What happened on" in page) == ("alone-line" not in page)


def test_what_goes_without_accepted_words_and_why_it_is_older_stand_in_their_place(cast: Cast) -> None:
    review = two_at_once(cast, "opinion")
    sign(cast.goran, seat_in(review, 1, cast.interior), "agree")
    tell_left_out(cast.coordinator, review, [7, 8])
    events = events_of(review, list(review.stages.all()), "")
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert "without the words of 2 accepted suggestions" in events[-1].words


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
    page = client_of(cast.coordinator).get(f"/en/desk/reviews/{review.pk}/").content.decode()
    plan = page[page.index('<div class="plan-wrap"') : page.index('<div class="plan-down"')]
    assert plan.count(">!</text>") == 1 and ">2</text>" in plan
    justice = page[page.index('id="stage-2"') : page.index('id="stage-3"')]
    assert CLOCK not in justice and str(icon_svg("minus")) in justice
    room = client_of(cast.coordinator).get(f"/en/review/{review.pk}/").content.decode()
    who = room[room.index('id="who-h"') :]
    assert CLOCK not in who[: who.index("</section>")]
    assert room.count('class="late"') == 1


def test_a_stage_that_runs_keeps_its_clock(cast: Cast, review: Review) -> None:
    page = client_of(cast.coordinator).get(f"/en/desk/reviews/{review.pk}/").content.decode()
    assert CLOCK in page[page.index('id="stage-1"') : page.index('id="stage-2"')]
    assert seat_of(review, cast.interior).stage.open


def test_why_an_older_authentic_text_was_submitted_stands_in_the_room(cast: Cast) -> None:
    Instrument.objects.update(authentic_languages=["mk", "en"])
    LanguageVersion.objects.update(authentic=True)
    cast.change(0, "Нов текст.")
    review = start_review(
        cast.coordinator, cast.edition, cast.procedure, cast.plans(), behind_because="It is urgent."
    )
    why = "The text was submitted although it was not up to date in: English. Why: "
    assert why + "It is urgent." in told(cast, review)[0]
    Reason.objects.update(text="")  # as where it named somebody
    assert why + "–" in told(cast, review)[0]
