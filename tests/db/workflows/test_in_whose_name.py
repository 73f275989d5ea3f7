"""In whose name somebody comments who reviews for several institutions: of the one that was asked, and asks
them."""

from __future__ import annotations

from documents.models import Comment
from people.actions.invite import enter_role
from people.models import User
from people.roles import Role
from tests.support.reviews import Cast, client_of, consult, sign, to
from workflows.actions.end_coordination import end_coordination
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.actions.write_comment import write_comment
from workflows.models import Procedure, Review, Seat


def of_two(cast: Cast, *stages: tuple[str, tuple[Asked, ...]], together: bool = False) -> Review:
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
    review = of_two(cast, ("sign_off", (Asked(cast.interior, cast.teuta), Asked(cast.social, cast.biljana))))
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
        ("consultation", (Asked(cast.interior, cast.goran), Asked(cast.social, cast.biljana))),
        ("coordination", ()),
        ("sign_off", (Asked(cast.justice, None),)),
        ("sign_off", (Asked(cast.interior, None),)),
    )
    consult(cast, review)
    end_coordination(cast.coordinator, review.stages.get(order=2))
    assert name_of(cast, review) == cast.justice.key
    sign(cast.teuta, Seat.objects.get(stage__review=review, institution=cast.justice))
    assert name_of(cast, review) == cast.interior.key


def test_of_two_open_seats_the_one_that_waits_comes_first(cast: Cast) -> None:
    review = of_two(
        cast,
        ("opinion", (Asked(cast.interior, cast.teuta), Asked(cast.social, cast.biljana))),
        ("opinion", (Asked(cast.justice, None),)),
        together=True,
    )
    assert name_of(cast, review) == cast.interior.key
    sign(cast.teuta, Seat.objects.get(stage__review=review, institution=cast.interior))
    assert name_of(cast, review) == cast.justice.key


def test_who_is_not_asked_comments_for_their_own(cast: Cast) -> None:
    review = of_two(cast, ("sign_off", (Asked(cast.interior, cast.teuta), Asked(cast.social, cast.biljana))))
    assert name_of(cast, review, cast.coordinator) == cast.commission.key
