"""The desk tells what was said as it was: in numbers, with who said it, and for as long as something
waits."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from django.utils import timezone

from people.roles import Role
from tests.support.reviews import (
    Cast,
    client_of,
    open_review,
    pass_all,
    person,
    say,
    seat_in,
    seat_of,
    sign,
    to,
    two_at_once,
)
from workflows.actions.delegate import delegate
from workflows.actions.end_coordination import end_coordination
from workflows.models import Review
from workflows.pages.coordinator.stage_descriptions import legends
from workflows.reminders.deadlines import take_silence_as_assent


def desk(cast: Cast) -> str:
    return client_of(cast.coordinator).get(to("coordinate:desk")).content.decode()


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
    assert "4 of 4 have answered" in page and "agreed: 2, returned it: 1, abstained: 1" in page
    assert "ll have signed off" not in page
    assert "The review is passed: Procedures" in page and to("coordinate:adopt", review.pk) in page


def test_all_have_signed_off_is_said_where_all_agreed(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    page = desk(cast)
    assert "3 of 3 have answered" in page and "all have signed off" in page
    assert "All have signed off: Procedures" in page


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
    assert "1 of 2 have answered" in page and "agreed: 1, silence, taken as assent: 1" in page
    said = {row["Institution"]: row["Answer"] for row in table(cast) if row["Stage"].startswith("Consult")}
    assert said["Ministry of Social Policy"] == "silence, taken as assent"


def test_the_table_says_who_answered_and_instead_of_whom(cast: Cast, review: Review) -> None:
    vesna, today = person("Vesna", cast.interior, Role.REVIEWER), timezone.localdate()
    delegate(cast.goran, cast.goran, cast.interior, vesna, today, today + timedelta(days=5), "On leave.")
    sign(vesna, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    rows = {row["Institution"]: (row["Person asked"], row["Who answered"]) for row in table(cast)}
    assert rows["Ministry of Interior"] == ("Goran", "Vesna instead of Goran")
    assert rows["Ministry of Social Policy"] == ("Biljana", "Biljana")
    assert rows["Ministry of Justice"] == ("Teuta", "")


def test_comments_that_wait_stay_on_the_desk_while_the_text_was_returned(cast: Cast, review: Review) -> None:
    say(cast, review)
    assert "1 comment waits for an answer" in desk(cast)
    for user, institution in ((cast.goran, cast.interior), (cast.biljana, cast.social)):
        sign(user, seat_of(review, institution), "abstain", "Not ours.")
    page = desk(cast)
    assert "Too few agreed: Procedures" in page
    assert "1 comment waits for an answer" in page and "view=comments#changes" in page


def test_a_stage_that_is_called_after_its_kind_says_it_once(cast: Cast) -> None:
    page = client_of(cast.coordinator).get(to("coordinate:procedures")).content.decode()
    assert "<b>Adoption</b>: 14 days" in page and "<b>Adoption</b>: Adoption" not in page


def test_what_was_answered_stands_beside_a_returned_text_that_is_open_for_changes(cast: Cast) -> None:
    review = two_at_once(cast, "opinion")
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "Not so.")
    page = desk(cast)
    assert "1 of 2 have answered" in page and "returned it: 1, not answered: 1" in page


def test_the_key_of_stages_names_every_procedure_that_has_them(cast: Cast, review: Review) -> None:
    urgent = Review(procedure={"name": "Urgent revision"})
    joint = Review(procedure={"name": "Joint order"})
    stages = list(review.stages.all())
    (key,) = legends([(urgent, stages), (joint, stages), (urgent, stages)])
    assert key["name"] == "Urgent revision, Joint order"
    assert [order for order, _title in key["stages"]] == [stage.order for stage in stages]
    assert len(legends([(urgent, stages), (joint, stages[:2])])) == 2
