"""The room compares a text with the last answer of the reader's institution. Two texts are compared once
for all readers."""

from __future__ import annotations

from typing import Any

import pytest

from audit.verify import problems
from documents.choices import Classification
from documents.editions.text_storage import load_tree, section_states, text_columns, tree_key
from documents.models import Section
from people.actions.invite import enter_role
from people.roles import Role
from tests.support.factories import narrow
from tests.support.reviews import (
    Cast,
    body,
    client_of,
    consult,
    open_review,
    page_of,
    person,
    seat_in,
    seat_of,
    sign,
    to,
)
from tests.support.workflows.rounds import NOW, WAS, room
from workflows.actions.end_coordination import end_coordination
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart, withdraw_review
from workflows.models import AnsweredText, Review, SignOff
from workflows.pages.review import comparison, comparison_cache

LATER = "Насекаде."


def fresh(review: Review) -> Review:
    return Review.objects.get(pk=review.pk)


@pytest.fixture
def consulted(cast: Cast) -> Review:
    """A consultation that Interior answered, and after whose answer a section was changed."""
    review = open_review(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    cast.change(0, NOW)
    return review


def test_a_round_that_was_withdrawn_unread_hides_nothing(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior), "return", "Not within 24 hours.")
    reopen(cast.coordinator, fresh(review), "To be mended.")
    cast.change(0, NOW)
    second = cast.start()
    withdraw_review(cast.coordinator, second, "The wrong day.", text_too=False)
    third = cast.start()
    page = room(cast.goran, third, "?text=mk")
    assert "Changes since your answer in round 1" in page and "Changed (1)" in page
    assert "Since I last read it (1)" in page and NOW in page
    assert "Nothing has changed." not in page
    # Social Policy never answered anything: all of a first edition is new to it.
    of_social = room(cast.biljana, third, "?text=mk")
    assert "New text" in of_social and "Changed (3)" in of_social
    assert "Unread (3)" in of_social


def test_a_change_in_a_running_round_is_shown_to_who_had_answered_before_it(
    cast: Cast, consulted: Review
) -> None:
    again = restart(cast.coordinator, fresh(consulted), 1, "Once more.")
    cast.change(1, LATER)
    page = room(cast.goran, again, "?text=mk")
    assert "Changes since your answer in round 1" in page and "Changed (2)" in page
    assert NOW in page and LATER in page
    assert list(problems()) == []


def test_one_count_stands_on_the_first_page_in_the_room_and_before_the_answer(cast: Cast) -> None:
    """Also where English does not show a change of the original; from the answer given before on."""
    consulted = open_review(cast)
    sign(cast.goran, seat_in(consulted, 1, cast.interior))
    cast.change(0, NOW)
    again = restart(cast.coordinator, fresh(consulted), 1, "Once more.")
    cast.change(1, LATER)
    for language, name, count in (("mk", "Македонски", 2), ("en", "English", 2)):
        client, seat = client_of(cast.goran), seat_in(again, 1, cast.interior)
        first = client.get(f"/{language}/").content.decode()
        assert f"({name})" in first and f"{count} " in first.partition(f" ({name})")[0][-40:]
        shown = client.get(f"/{language}/review/{again.pk}/?seat={seat.pk}").content.decode()
        assert f"({count})</a>" in shown.partition('class="seg"')[2][:600]
        checked = client.post(
            f"/{language}/review/{again.pk}/answer/",
            {"seat": seat.pk, "choice": "agree", "reason": "", "seen": again.manifest.sha256},
        ).content.decode()
        assert f"({name})" in checked and f" {count} " in checked.partition(f"({name})")[0][-80:]


def test_so_it_is_in_a_later_stage_of_the_same_round(cast: Cast, consulted: Review) -> None:
    sign(cast.biljana, seat_in(consulted, 1, cast.social))
    end_coordination(cast.coordinator, fresh(consulted).stages.get(order=2))
    page = room(cast.goran, fresh(consulted), "?text=mk")
    assert "Changes since your answer in round 1" in page and "Changed (1)" in page
    sign(cast.goran, seat_in(consulted, 3, cast.interior))
    after = room(cast.goran, fresh(consulted), "?text=mk")
    assert "Changes since your answer in round 1" in after and "Changed (1)" in after


def test_straight_after_an_answer_one_sees_what_it_was_given_for(cast: Cast) -> None:
    review = open_review(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    page = room(cast.goran, review, "?text=mk")
    assert "New text" in page and "Changed (3)" in page
    cast.change(0, NOW)
    page = room(cast.goran, review, "?text=mk")
    assert "Changes since your answer in round 1" in page and "Changed (1)" in page


def test_it_is_the_last_answer_whichever_stage_was_kept(cast: Cast, consulted: Review) -> None:
    """Interior was heard in a consultation that a restart keeps, and signed another text after it."""
    enter_role(cast.goran, cast.commission, Role.DRAFTER)  # so that he reads on
    sign(cast.biljana, seat_in(consulted, 1, cast.social))
    end_coordination(cast.coordinator, fresh(consulted).stages.get(order=2))
    sign(cast.goran, seat_in(consulted, 3, cast.interior))
    again = restart(cast.coordinator, fresh(consulted), 2, "Once more.")
    assert "Changed (0)" in room(cast.goran, again, "?text=mk")
    cast.change(1, LATER)
    page = room(cast.goran, again, "?text=mk")
    assert "Changes since your answer in round 1" in page and "Changed (1)" in page
    assert LATER in page and NOW not in page
    # Asked for by its address, the answer in the consultation shows what was read for it.
    withdraw_review(cast.coordinator, fresh(again), "Later.", text_too=False)
    seat = seat_in(consulted, 1, cast.interior).pk
    assert WAS in room(cast.goran, again, f"?text=mk&view=whole&seat={seat}")
    assert NOW in room(cast.goran, again, "?text=mk&view=whole")


def test_so_it_is_where_the_stage_that_was_kept_was_answered_last(cast: Cast) -> None:
    enter_role(cast.goran, cast.commission, Role.DRAFTER)
    review = open_review(cast)
    consult(cast, review)
    again = restart(cast.coordinator, fresh(review), 2, "Once more.")
    page = room(cast.goran, again, "?text=mk")
    assert "Changes since your answer in round 1" in page and "Changed (0)" in page


def test_a_text_is_kept_once_for_all_who_answered_it(cast: Cast, consulted: Review) -> None:
    assert AnsweredText.objects.count() == 2  # mk and en
    sign(cast.biljana, seat_in(consulted, 1, cast.social))
    assert AnsweredText.objects.count() == 3  # only the Macedonian one was another by then
    for given in SignOff.objects.select_related("manifest"):
        for language, sha256 in given.manifest.versions.items():
            kept = AnsweredText.objects.get(edition=cast.edition, language=language, sha256=sha256)
            assert kept.tree.by_uid[cast.uids[1]]
    assert list(problems()) == []


def test_the_room_of_an_ended_round_shows_the_words_that_were_answered(cast: Cast, consulted: Review) -> None:
    withdraw_review(cast.coordinator, fresh(consulted), "Later.", text_too=False)
    again = open_review(cast)
    page = room(cast.goran, consulted)
    assert WAS in page and NOW not in page
    assert "Ministry of Interior answered this text on" in page
    last = room(cast.goran, consulted, "?text=mk&view=whole&answer=end")
    assert NOW in last and "Your institution answered an earlier version of the text in this round." in last
    # Who answered nothing, and who runs it, see how the round ended, and can look at what Interior answered.
    given = SignOff.objects.get()
    for user in (cast.biljana, cast.coordinator):
        page = room(user, consulted)
        assert NOW in page and "as it was at the end of the round" in page
        assert f"?answer={given.pk}" in page and "answered an earlier version" in page
        assert WAS in room(user, consulted, f"?text=mk&view=whole&answer={given.pk}")
    assert "The text was then open for changes." in room(cast.coordinator, consulted)
    # In the new round everybody reads what they are asked about.
    assert NOW in room(cast.goran, again, f"?text=mk&view=whole&answer={given.pk}")


def test_an_answer_to_the_text_with_which_the_round_ended_is_no_earlier_one(cast: Cast) -> None:
    review = open_review(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    withdraw_review(cast.coordinator, fresh(review), "Later.", text_too=False)
    open_review(cast)
    page = room(cast.goran, review)
    assert "as it was at the end of the round" in page and "earlier text" not in page
    assert "answered this text on" not in page


def test_while_a_round_runs_its_coordinator_can_look_at_what_was_answered(
    cast: Cast, consulted: Review
) -> None:
    given = SignOff.objects.get()
    page = room(cast.coordinator, consulted, f"?text=mk&view=whole&answer={given.pk}")
    assert WAS in page and NOW not in page and "Show the current text" in page
    assert "Comment on this section" not in page
    assert NOW in room(cast.coordinator, consulted)


def test_the_room_asks_at_most_21_times_whatever_was_answered(
    cast: Cast, consulted: Review, django_assert_max_num_queries: Any
) -> None:
    again = restart(cast.coordinator, fresh(consulted), 1, "Once more.")
    clients = [client_of(cast.goran), client_of(cast.coordinator)]

    def ask() -> None:
        for review in (again, consulted):
            for client in clients:
                client.get(to("review:room", review.pk) + "?text=mk")
                with django_assert_max_num_queries(21):
                    assert client.get(to("review:room", review.pk) + "?text=mk").status_code == 200

    ask()
    sign(cast.goran, seat_in(again, 1, cast.interior))
    cast.change(1, LATER)
    ask()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    comparison_cache.forget()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages in which texts were compared anew."""
    found: list[str] = []
    real = comparison._compare

    def compare(edition: Any, text: Any, *rest: Any) -> Any:
        found.append(text.tag)
        return real(edition, text, *rest)

    monkeypatch.setattr(comparison, "_compare", compare)
    return found


def test_the_page_asks_few_questions_of_the_database(
    cast: Cast, review: Review, django_assert_max_num_queries: Any
) -> None:
    client = client_of(cast.goran)
    for number in range(6):
        client.post(to("review:comment", review.pk), {"uid": cast.uids[number % 3], "text": f"No. {number}"})
    for tag in ("", "?text=mk", "?view=whole", "?view=comments"):
        client.get(to("review:room", review.pk) + tag)
        with django_assert_max_num_queries(22):
            assert client.get(to("review:room", review.pk) + tag).status_code == 200


def test_a_text_is_compared_once_for_all_who_may_read_it(cast: Cast, review: Review, made: list[str]) -> None:
    first = page_of(cast.goran, to("review:room", review.pk))
    again = page_of(cast.coordinator, to("review:room", review.pk))
    assert made == ["en"]
    for page in (first, again):
        assert "assesses the danger within 24 hours" in page
    client_of(cast.goran).get(to("review:room", review.pk) + "?text=mk")
    assert made == ["en", "mk"]


def test_what_is_kept_opens_nothing_to_who_may_not_read(cast: Cast, review: Review) -> None:
    stranger = person("Stranka", cast.commission, Role.PRACTITIONER)
    assert client_of(cast.goran).get(to("review:room", review.pk)).status_code == 200
    assert client_of(stranger).get(to("review:room", review.pk)).status_code == 404
    narrow(Classification.TLP_RED, review.edition.instrument)
    assert client_of(cast.goran).get(to("review:room", review.pk)).status_code == 404


def test_another_text_has_another_name_and_is_never_kept_under_a_wrong_one(cast: Cast) -> None:
    edition = cast.edition
    before = section_states(edition).key("mk")
    assert before == tree_key(load_tree(edition, "mk"))
    Section.objects.filter(edition=edition, uid=cast.uids[0]).update(label_mk="9.")
    labelled = section_states(edition).key("mk")
    Section.objects.filter(edition=edition, uid=cast.uids[0]).update(
        **text_columns("mk", body("Ново", "Друго."))
    )  # type: ignore[arg-type]
    changed = section_states(edition).key("mk")
    assert len({before, labelled, changed}) == 3
    assert changed == tree_key(load_tree(edition, "mk"))
    assert section_states(edition).key("en") == tree_key(load_tree(edition, "en"))

    saved: list[str] = []

    def make() -> tuple[str, comparison_cache.ComparedTexts]:
        saved.append("made")
        return changed, comparison_cache.ComparedTexts(None, load_tree(edition, "mk"), str)  # type: ignore[arg-type]

    # Somebody saved after the name was asked for: the text that was compared has another name, and stands
    # under that.
    comparison_cache.compare_once(before, make)
    comparison_cache.compare_once(changed, make)
    assert saved == ["made"]
    comparison_cache.forget()
