"""Whatever somebody alters of a review behind the guards is named; what is right is not, whatever happens beside it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from audit import guards
from audit.models import Entry
from audit.verify import problems
from people.actions.leave import hand_over
from people.models import Country, Membership
from people.roles import Role
from tests.audit.test_altered import empty_each_entry
from tests.workflows.conftest import Cast, make_cast, person
from tests.workflows.test_procedure import open_review, seat_in
from tests.workflows.test_sign_off import sign
from workflows.actions.delegate import delegate, end_delegate
from workflows.actions.end_coordination import end_coordination
from workflows.actions.remind import extend_deadline
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart
from workflows.models import SignOff, Stage
from workflows.reminders.deadlines import take_silence_as_assent

pytestmark = pytest.mark.django_db

STAGES: list[dict[str, object]] = [
    {"kind": "consultation", "silence": "assent"},
    {"kind": "coordination"},
    {"kind": "sign_off"},
    {"kind": "opinion"},
    {"kind": "adoption"},
]


def make_reviewed() -> Cast:
    """A text in its third round: the first ended by a restart, the second by reopening, the third runs. Somebody was silent,
    somebody answered instead of another, somebody left, and a deadline was moved."""
    cast = make_cast()
    today = timezone.localdate()
    review = open_review(cast, STAGES)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    due = review.stages.get(order=1).due
    assert due is not None
    assert len(take_silence_as_assent(due + timedelta(hours=1))) == 1
    end_coordination(cast.coordinator, review.stages.get(order=2))
    vesna = person("Vesna", cast.interior, Role.REVIEWER)
    delegate(cast.goran, cast.goran, cast.interior, vesna, today, today + timedelta(days=5), "On leave.")
    end_delegate(vesna, delegate(cast.goran, cast.goran, cast.interior, vesna, today, today, "A day."))
    sign(vesna, seat_in(review, 3, cast.interior))
    again = restart(cast.coordinator, review, 4, "Another person must be asked.")
    toni = person("Toni", cast.justice, Role.REVIEWER)
    leader = person("Lidija", cast.justice, Role.COORDINATOR)
    hand_over(leader, Membership.objects.get(user=cast.teuta), toni)
    later = again.stages.get(order=4)
    extend_deadline(cast.coordinator, later, today + timedelta(days=40), "August.")
    assert again.stages.get(order=4).seats.get().user == toni
    reopen(cast.coordinator, again, "A word was wrong.")
    cast.teuta = toni
    third = open_review(cast, begin=3)
    sign(vesna, seat_in(third, 3, cast.interior), "agree_with_remarks", "A remark.")
    assert third.stages.get(order=4).open and SignOff.objects.filter(voided_at=None).count() == 2
    assert list(problems()) == []
    return cast


@pytest.fixture(scope="module")
def reviewed_once(once: Callable[[Callable[[], Cast]], Cast]) -> Cast:
    return once(make_reviewed)


@pytest.fixture
def reviewed(reviewed_once: Cast, db: None) -> Cast:
    return copy.deepcopy(reviewed_once)


def stage(round_: int, order: int, **values: str) -> str:
    said = ", ".join(f"{column} = {value}" for column, value in values.items())
    return (
        f"UPDATE workflows_stage SET {said} WHERE id = (SELECT s.id FROM workflows_stage s JOIN workflows_review r "
        f'ON r.id = s.review_id WHERE r.round = {round_} AND s."order" = {order})'
    )


def review(round_: int, **values: str) -> str:
    said = ", ".join(f"{column} = {value}" for column, value in values.items())
    return f"UPDATE workflows_review SET {said} WHERE round = {round_}"


THEN = "'2026-01-01 00:00:00+00:00'"
OF_SIGN_OFF = "WHERE voided_at IS NULL AND instead_of_id IS NOT NULL"
SAYS_OTHER = "it does not say what the trail says"
ALTERED = {
    "a stage that passed, set back": (
        stage(1, 3, outcome="''", closed="NULL"),
        "the trail tells that it ended otherwise",
    ),
    "a stage that passed, open again": (stage(1, 3, closed="NULL"), "whether it has ended is not as"),
    "when a stage ended": (stage(1, 3, closed=THEN), "it ended at another moment"),
    "a stage, never opened": (
        stage(3, 4, opened="NULL", due="NULL"),
        "the trail tells that it was opened, and it is not",
    ),
    "a stage, opened": (stage(3, 5, opened=THEN), "it was opened, and the trail does not say so"),
    "when a stage was opened": (stage(3, 4, opened=THEN), "it was opened at another moment"),
    "a stage, passed": (
        stage(3, 4, outcome="'passed'", closed=THEN),
        "the trail tells that it ended otherwise",
    ),
    "an adoption, passed": (
        stage(3, 5, outcome="'passed'", closed=THEN),
        "the trail tells that it ended otherwise",
    ),
    "a stage that is kept": (stage(3, 1, outcome="'returned'"), "it is not as the stage that it keeps"),
    "a deadline, taken away": (stage(3, 4, due="NULL"), "its deadline is not the one"),
    "a deadline that was moved": (stage(2, 4, due=THEN), "its deadline is not the one"),
    "the adoption, removed": (
        "DELETE FROM workflows_stage WHERE id = (SELECT max(id) FROM workflows_stage)",
        "its procedure, its stages or whom they ask",
    ),
    "a silence, forgotten": (
        "UPDATE workflows_seat SET assented = NULL",
        "the trail tells that its silence was taken as assent, and it is not",
    ),
    "when silence became assent": (
        f"UPDATE workflows_seat SET assented = {THEN} WHERE assented IS NOT NULL",
        "its silence was taken as assent at another moment",
    ),
    "who is asked": (
        "UPDATE workflows_seat SET user_id = (SELECT min(id) FROM people_user)",
        "another person is asked than the trail tells",
    ),
    "that somebody is asked by name": (
        "UPDATE workflows_seat SET user_id = NULL",
        "another person is asked than the trail tells",
    ),
    "a review, done": (review(3, state="'done'"), "its state is not the one"),
    "a review, returned": (review(3, state="'returned'", ended=THEN), "its state is not the one"),
    "a review, ended without a result": (review(1, state="'withdrawn'"), "its state is not the one"),
    "when a review ended": (review(2, ended=THEN), "it ended at another moment"),
    "that a review has ended": (review(2, ended="NULL"), "whether it has ended is not as"),
    "why a review ended": (review(1, end_reason="'None.'"), "why it ended is not what"),
    "when a review began": (review(3, started=THEN), "it began at another moment"),
    "who submitted a text": (
        review(3, submitted_by_id="(SELECT max(id) FROM people_user)"),
        "the trail names another person",
    ),
    "the text of a review": (
        "UPDATE documents_manifest SET sha256 = repeat_0 WHERE id = (SELECT manifest_id FROM workflows_review"
        " WHERE round = 3)",
        "it is about another text than the trail tells",
    ),
    "what a vote covers": (
        f"UPDATE workflows_signoff SET covers = replace(CAST(covers AS TEXT), 'mk', 'sq'){{json}} {OF_SIGN_OFF}",
        SAYS_OTHER,
    ),
    "when a vote was given": (f"UPDATE workflows_signoff SET at = {THEN} {OF_SIGN_OFF}", SAYS_OTHER),
    "for whom a vote was given": (
        f"UPDATE workflows_signoff SET instead_of_id = NULL {OF_SIGN_OFF}",
        SAYS_OTHER,
    ),
    "why a vote was voided": (
        "UPDATE workflows_signoff SET void_reason = 'None.' WHERE voided_at IS NOT NULL",
        "why or when it was voided",
    ),
    "when a vote was voided": (
        f"UPDATE workflows_signoff SET voided_at = {THEN} WHERE voided_at IS NOT NULL",
        "why or when it was voided",
    ),
    "when a delegate was named": (
        f"UPDATE workflows_delegate SET given = {THEN}",
        "it was given at another moment",
    ),
    "when a delegate's time ended": (
        f"UPDATE workflows_delegate SET ended = {THEN} WHERE ended IS NOT NULL",
        "it ended at another moment",
    ),
    "the text of a round": (
        "UPDATE workflows_roundtext SET text = replace(CAST(text AS TEXT), '24', '48'){json}",
        "it is not the text of its round",
    ),
    "a text that was answered": (
        "UPDATE workflows_answeredtext SET text = replace(CAST(text AS TEXT), '24', '48'){json}",
        "it is not a text that was answered",
    ),
    "the name of a text that was answered": (
        "UPDATE workflows_answeredtext SET key = repeat_0",
        "it is not a text that was answered",
    ),
    "that a text was answered": (
        "DELETE FROM workflows_answeredtext",
        "a text that was answered is gone",
    ),
}


def by_hand(*statements: str) -> None:
    guards.remove()
    with connection.cursor() as cursor:
        for sql in statements:
            sql = sql.replace("repeat_0", f"'{'0' * 64}'")
            cursor.execute(sql.replace("{json}", "::jsonb" if connection.vendor == "postgresql" else ""))
            assert cursor.rowcount > 0
    guards.install()


@pytest.mark.parametrize(("sql", "said"), ALTERED.values(), ids=ALTERED)
def test_what_was_altered_is_named(reviewed: Cast, sql: str, said: str) -> None:
    by_hand(sql)
    found = list(problems())
    assert [line for line in found if said in line], found


def test_a_seat_and_a_stage_that_went_are_named_from_the_trail(reviewed: Cast) -> None:
    later = Stage.objects.get(review__round=3, order=4)
    seat = later.seats.get()
    by_hand(
        f"DELETE FROM workflows_seat WHERE id = {seat.pk}",
        f"DELETE FROM workflows_stage WHERE id = {later.pk}",
    )
    found = list(problems())
    for name in (f"seat:{seat.pk}", f"stage:{later.pk}"):
        assert f"{name}: the trail tells of it, and it is gone" in found


@pytest.mark.parametrize("detail", ["{}", "[]", '"nothing"', '{"due": 7, "of": [], "to": {}, "outcome": {}}'])
def test_an_entry_that_says_nothing_is_told_and_keeps_nothing_from_being_checked(
    reviewed: Cast, detail: str
) -> None:
    by_hand(f"UPDATE audit_entry SET detail = '{detail}'{{json}}", ALTERED["a silence, forgotten"][0])
    found = list(problems())
    assert len([line for line in found if line.endswith(": it was changed")]) == Entry.objects.count()
    assert [line for line in found if ALTERED["a silence, forgotten"][1] in line], found
    opened = Entry.objects.filter(verb="open_stage").values_list("pk", flat=True)[0]
    if detail == "{}":
        assert f"entry {opened}: it does not say what it should (review, due)" in found


def test_each_entry_alone_that_says_nothing_is_told(reviewed: Cast) -> None:
    empty_each_entry()


def test_another_clock_in_a_country_is_no_alteration(reviewed: Cast) -> None:
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        Country.objects.update(time_zone=zone)
        assert list(problems()) == []
    # An older Kodeks told the day alone.
    entry = Entry.objects.get(verb="extend")
    guards.remove()
    entry.detail["due"] = entry.detail["due"][:10]
    Entry.objects.filter(pk=entry.pk).update(detail=entry.detail)
    guards.install()
    assert [line for line in problems() if "deadline" in line] == []
    by_hand(stage(2, 4, due=THEN))
    assert [line for line in problems() if "deadline" in line]
