"""Comments of a review: counted, opened again, in whose name, and whose words stand in the text."""

from __future__ import annotations

import pytest

from audit.verify import problems
from documents.access.authorship import places_of
from documents.actions.errors import ActionError
from documents.comments.decide import decide
from documents.models import Comment
from mail.models import Message
from people.actions.invite import enter_role
from people.models import User
from people.roles import Role
from tests.support.reviews import (
    Cast,
    client_of,
    consult,
    hash_now,
    open_review,
    page_of,
    person,
    say,
    seat_of,
    sign,
    to,
)
from tests.support.workflows.matrix import filled, sheet, take
from tests.support.workflows.rounds import room
from workflows.actions.comments import accept_suggestion, answer_comment, settle_comment, write_comment
from workflows.actions.end_coordination import end_coordination
from workflows.actions.reopen import reopen
from workflows.actions.restart import withdraw_review
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Review, Seat
from workflows.pages.matrix.spreadsheet import COLUMNS, FILLED_IN
from workflows.rules.unanswered_comments import open_comments

pytestmark = pytest.mark.django_db


def test_answered_comments_are_counted_in_a_running_round_as_in_an_ended_one(cast: Cast) -> None:
    review = open_review(cast)
    first = write_comment(cast.goran, review, cast.uids[0], "mk", "Said first.")
    write_comment(cast.goran, review, cast.uids[1], "mk", "Said second.")
    answer_comment(cast.coordinator, first, review, "rejected", "It is the law.")
    said = "Comments: 1 open, 1 answered"
    assert said in room(cast.goran, review, "?text=mk")
    withdraw_review(cast.coordinator, Review.objects.get(pk=review.pk), "Later.", text_too=False)
    assert said in room(cast.coordinator, review, "?text=mk")


def test_the_room_the_table_and_the_desk_count_the_same_as_open(cast: Cast) -> None:
    """One that the owner replied to, and one that was settled, wait for nobody; one that was opened again
    does."""
    review = open_review(cast)
    replied, settled, again, _waits = (
        write_comment(cast.goran, review, cast.uids[0], "mk", f"Said {n}.") for n in range(4)
    )
    uid = cast.uids[0]
    write_comment(cast.coordinator, review, uid, "mk", "We know.", parent=replied)
    settle_comment(cast.goran, settled, review, settled=True)
    answer_comment(cast.coordinator, again, review, "rejected", "It is the law.")
    again.refresh_from_db()
    settle_comment(cast.goran, again, review, settled=False)
    assert "Comments: 2 open, 2 answered" in room(cast.goran, review, "?text=mk")
    client = client_of(cast.coordinator)
    table = client.get(f"/en/review/{review.pk}/comments/").content.decode()
    assert "4 comments" in table and "2 unanswered" in table
    assert "answered in a reply" in table and "Resolved" in table
    only = client.get(f"/en/review/{review.pk}/comments/?only=open").content.decode()
    assert "Said 2." in only and "Said 3." in only and "Said 0." not in only and "Said 1." not in only
    assert "2 open comments" in client.get(f"/en/desk/reviews/{review.pk}/").content.decode()


def test_all_of_them_answered_in_an_earlier_round_are_no_empty_list(cast: Cast, review: Review) -> None:
    first = write_comment(cast.goran, review, cast.uids[0], "mk", "Said first.")
    answer_comment(cast.coordinator, first, review, "rejected", "It is the law.")
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "A correction.")
    page = room(cast.goran, cast.start(), "?text=mk&view=comments")
    assert "Comments: 0 open, 1 answered" in page and "Said first." in page
    assert "in earlier rounds" not in page


def test_what_an_earlier_round_answered_can_be_looked_at_alone(cast: Cast, review: Review) -> None:
    first = write_comment(cast.goran, review, cast.uids[0], "mk", "Said first.")
    write_comment(cast.goran, review, cast.uids[1], "mk", "Said second.")
    answer_comment(cast.coordinator, first, review, "rejected", "It is the law.")
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "A correction.")
    again = cast.start()
    write_comment(cast.goran, again, cast.uids[2], "mk", "Said third.")
    page = room(cast.goran, again, "?text=mk&view=comments")
    assert "Comments: 2 open, 1 answered" in page and "Answered in earlier rounds (1)" in page
    assert all(f"Said {one}." in page for one in ("first", "second", "third"))
    apart = room(cast.goran, again, "?text=mk&view=earlier")
    assert "Said first." in apart and "Said second." not in apart
    # Under the text stands everything that was said of it.
    whole = room(cast.goran, again, "?text=mk&view=whole")
    assert all(f"Said {one}." in whole for one in ("first", "second", "third"))
    # The owner's people read in the first round what was said after it, too.
    assert "Comments: 2 open, 1 answered" in room(cast.coordinator, review, "?text=mk")


@pytest.fixture
def answered(cast: Cast) -> tuple[Review, Comment]:
    """A comment that was rejected, in a review whose coordination is open."""
    review = open_review(cast)
    comment = say(cast, review)
    consult(cast, review)
    decide(cast.coordinator, comment, "rejected", "The law says 24.")
    return review, Comment.objects.get(pk=comment.pk)


def open_again(cast: Cast, review: Review, comment: Comment) -> str:
    address = to("review:resolve", review.pk, comment.pk)
    return client_of(cast.goran).post(address, {"open": "1"}, follow=True).content.decode()


def test_it_waits_for_another_answer_and_the_coordinator_is_told(
    cast: Cast, answered: tuple[Review, Comment]
) -> None:
    review, comment = answered
    stage = review.stages.get(order=2)
    page = open_again(cast, review, comment)
    assert "The comment is open again and needs an answer." in page
    assert "Reopened. It needs another answer." in page
    open_again(cast, review, comment)
    mail = Message.objects.get(template="comment_reopened")
    assert mail.to == cast.coordinator.email and f"#k{comment.pk}" in mail.text and "24" not in mail.text
    assert open_comments([cast.edition.pk])[cast.edition.pk]["n"] == 1
    matrix = page_of(cast.coordinator, to("review:matrix", review.pk) + "?only=open")
    assert (
        "1 unanswered" in matrix
        and f'id="k{comment.pk}"' in matrix
        and "Reopened. It needs another answer." in matrix
    )
    with pytest.raises(ActionError) as refusal:
        end_coordination(cast.coordinator, stage)
    assert refusal.value.code == "comments"
    # Who has the page of before open is told, and decides again.
    with pytest.raises(ActionError, match="This comment has been reopened"):
        decide(cast.coordinator, comment, "rejected", "Still.", comment.version)
    now = Comment.objects.get(pk=comment.pk)
    decide(cast.coordinator, now, "rejected", "Still.", now.version)
    assert open_comments([cast.edition.pk]) == {} and list(problems()) == []
    end_coordination(cast.coordinator, stage)


def test_the_table_asks_for_it_again_and_a_table_of_before_does_not_settle_it(
    cast: Cast, answered: tuple[Review, Comment]
) -> None:
    review, comment = answered
    client = client_of(cast.coordinator)
    before = filled(client, review, {})
    open_again(cast, review, comment)
    assert take(client, review, before).status_code == 302
    assert Comment.objects.get(pk=comment.pk).reopened
    new = filled(client, review, {})
    to_fill_in = [COLUMNS.index(name) + 1 for name in FILLED_IN]
    assert [sheet(new).cell(3, place).value for place in to_fill_in] == [None, None]
    same: dict[tuple[int, str], object] = {(0, "outcome"): "rejected", (0, "answer"): "The law says 24."}
    assert take(client, review, filled(client, review, same)).status_code == 302
    assert not Comment.objects.get(pk=comment.pk).reopened
    assert list(problems()) == []


def test_who_settles_their_own_reopened_comment_waits_no_more(
    cast: Cast, answered: tuple[Review, Comment]
) -> None:
    review, comment = answered
    open_again(cast, review, comment)
    page = (
        client_of(cast.goran).post(to("review:resolve", review.pk, comment.pk), follow=True).content.decode()
    )
    assert "The comment is resolved." in page and open_comments([cast.edition.pk]) == {}
    assert list(problems()) == []


def test_an_author_who_is_asked_reads_where_their_words_stand_and_who_can_answer(cast: Cast) -> None:
    review = open_review(cast)
    cast.change(2, "Толкувачот молчи.", by=cast.drafter)
    comment = say(cast, review)
    accept_suggestion(cast.coordinator, comment, review, hash_now(cast))
    assert places_of(cast.goran.actor, cast.edition) == [(cast.uids[0], "mk")]
    room = to("review:room", review.pk)
    page = page_of(cast.goran, room + "?text=mk")
    assert "Your words are in:" in page
    words = page.partition("Your words are in:")[2].partition("</ul>")[0]
    assert "1 Идентификација" in words and f"view=whole#s-{cast.uids[0]}" in words and "Толкувач" not in words
    whole = page_of(cast.goran, f"{room}?text=mk&view=whole")
    assert f'id="s-{cast.uids[0]}"' in whole
    # In another language the place is named in that one, with the language in which the words are.
    assert "1 Identification</a> (Македонски)" in page_of(cast.goran, room + "?text=en")
    assert "You are the assigned reviewer, so nobody else can answer." in page and "Elena" in page
    seats = Seat.objects.filter(stage__review=review, institution=cast.interior)
    seats.update(user=None)
    page = page_of(cast.goran, room)
    assert "Your institution has no other reviewer who can answer. Tell the coordinator, Elena." in page
    person("Vesna", cast.interior, Role.REVIEWER)
    assert "These people can answer for your institution: Vesna." in page_of(cast.goran, room)
    assert "Your words are in" not in page_of(cast.biljana, room)


def test_an_earlier_text_says_whose_words_were_put_in(cast: Cast) -> None:
    review = open_review(cast)
    comment = say(cast, review)
    accept_suggestion(cast.coordinator, comment, review, hash_now(cast))
    cast.change(0, "Сосема друг текст.", by=cast.coordinator)
    page = page_of(cast.drafter, to("desk:earlier_texts", cast.edition.pk, cast.uids[0], "mk"))
    assert page.count("words suggested by Goran inserted") == 1 and page.count("· edited") == 1
    User.objects.filter(pk=cast.goran.pk).update(name="")
    page = page_of(cast.drafter, to("desk:earlier_texts", cast.edition.pk, cast.uids[0], "mk"))
    assert "Goran" not in page and "suggested words inserted" in page


def of_two(cast: Cast, *stages: tuple[str, tuple[Respondent, ...]], together: bool = False) -> Review:
    """Teuta, who reviews for Justice, reviews for Interior since later; these stages ask whom they name."""
    enter_role(cast.teuta, cast.interior, Role.REVIEWER)
    laid = [
        {"kind": kind} | ({"together": True} if together and n else {}) for n, (kind, _) in enumerate(stages)
    ]
    procedure = Procedure.objects.create(key="mk-two", name="Two", stages=[*laid, {"kind": "adoption"}])
    return start_review(
        cast.coordinator, cast.edition, procedure, [*(Plan(asked) for _, asked in stages), Plan()]
    )


def name_of(cast: Cast, review: Review, by: User | None = None) -> str:
    """The institution in whose name a comment is kept."""
    kept = write_comment(by or cast.teuta, review, cast.uids[0], "mk", "Too long.")
    return kept.institution.key if kept.institution else ""


def test_who_reviews_for_two_comments_for_the_one_that_is_asked(cast: Cast) -> None:
    review = of_two(
        cast, ("sign_off", (Respondent(cast.interior, cast.teuta), Respondent(cast.social, cast.biljana)))
    )
    assert name_of(cast, review) == cast.interior.key
    place = to("review:comment", review.pk)
    data = {"uid": cast.uids[1], "language": "mk", "text": "From the page."}
    client_of(cast.teuta).post(place, data)
    assert Comment.objects.get(text="From the page.").institution == cast.interior
    sign(cast.teuta, Seat.objects.get(stage__review=review, institution=cast.interior))
    assert name_of(cast, review) == cast.interior.key, "also when it has answered"


def test_the_seat_of_the_open_stage_comes_first(cast: Cast) -> None:
    review = of_two(
        cast,
        ("consultation", (Respondent(cast.interior, cast.goran), Respondent(cast.social, cast.biljana))),
        ("coordination", ()),
        ("sign_off", (Respondent(cast.justice, None),)),
        ("sign_off", (Respondent(cast.interior, None),)),
    )
    consult(cast, review)
    end_coordination(cast.coordinator, review.stages.get(order=2))
    assert name_of(cast, review) == cast.justice.key
    sign(cast.teuta, Seat.objects.get(stage__review=review, institution=cast.justice))
    assert name_of(cast, review) == cast.interior.key


def test_of_two_open_seats_the_one_that_waits_comes_first(cast: Cast) -> None:
    review = of_two(
        cast,
        ("opinion", (Respondent(cast.interior, cast.teuta), Respondent(cast.social, cast.biljana))),
        ("opinion", (Respondent(cast.justice, None),)),
        together=True,
    )
    assert name_of(cast, review) == cast.interior.key
    sign(cast.teuta, Seat.objects.get(stage__review=review, institution=cast.interior))
    assert name_of(cast, review) == cast.justice.key


def test_who_is_not_asked_comments_for_their_own(cast: Cast) -> None:
    review = of_two(
        cast, ("sign_off", (Respondent(cast.interior, cast.teuta), Respondent(cast.social, cast.biljana)))
    )
    assert name_of(cast, review, cast.coordinator) == cast.commission.key
