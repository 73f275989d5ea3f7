"""The demonstration's reviews: one that has run to its end, one that is running, with comments."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from config.demo.instruments import Source, act_of, team_of
from documents.actions.adopt_edition import adopt_edition
from documents.comments.actions import add_comment
from documents.demo.markdown import uid_of
from documents.models import Edition
from people.access import may
from people.models import Institution, Membership, User
from people.roles import Role, Verb
from workflows.actions.sign_off import sign_off
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.choices import Choice
from workflows.models import Procedure, Review, Seat

COUNTRY = "mk"
PROCEDURE = "joint-order"
BEHIND = "Албанскиот превод се усогласува додека трае прегледот."
"""The reason given where an authentic translation is behind."""


def asked(*keys: str) -> tuple[Respondent, ...]:
    return tuple(Respondent(Institution.objects.get(key=f"{COUNTRY}-{key}")) for key in keys)


def begin(edition: Edition) -> Review:
    """Submits the draft to the interior and social ministries, then to justice."""
    team = team_of(edition.instrument.owner)
    due = timezone.localdate() + timedelta(days=10)
    plans = [Plan(asked("interior", "social"), due=due), Plan(asked("justice")), Plan()]
    return start_review(
        team.coordinator, edition, Procedure.objects.get(key=PROCEDURE), plans, behind_because=BEHIND
    )


def answer(review: Review, institution: str, choice: str = Choice.AGREE, reason: str = "") -> None:
    """The answer of an institution, by its reviewer."""
    seat = Seat.objects.get(stage__review=review, institution__key=f"{COUNTRY}-{institution}")
    sign_off(reviewer_of(seat.institution), seat, choice, reason, review.manifest.sha256)


def reviewer_of(institution: Institution) -> User:
    reviewers = Membership.objects.active().filter(institution=institution, role=Role.REVIEWER)
    return reviewers.select_related("user").order_by("pk")[0].user


def run_to_the_end(source: Source, edition: Edition) -> None:
    """Everybody signs off, and the edition is adopted with the act from the file."""
    data = source.data["edition"][edition.number - 1]
    with transaction.atomic():
        review = begin(edition)
        for institution in ("interior", "social", "justice"):
            answer(review, institution)
        edition.refresh_from_db()
        team = team_of(edition.instrument.owner)
        adopt_edition(team.coordinator, edition, [act_of(data["act"], edition)], data["valid_from"])


def leave_running(source: Source, edition: Edition, people: dict[str, User]) -> None:
    """The review with comments, where one institution has answered and the other is waited for."""
    with transaction.atomic():
        review = begin(edition)
        edition.refresh_from_db()
        for row in source.data.get("comment", []):
            # The ministry of justice reads from its own stage on, so that its comments come later.
            if row["edition"] == edition.number and may(people[row["author"]], Verb.COMMENT, edition):
                uid = uid_of(source.folder, row["section"])
                add_comment(
                    people[row["author"]], edition, uid, row["language"], row["text"], quote=row["quote"]
                )
        answer(review, "interior", Choice.REMARKS, REMARK)


REMARK = "Согласни сме; забелешките се кај одделните чекори."
