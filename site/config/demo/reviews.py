"""The demonstration's reviews, by the actions that people use."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from config.demo.clock import day_of
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
from workflows.models import Procedure, Review, Seat

COUNTRY = "mk"
PROCEDURE = "joint-order"
BEHIND = "Албанскиот превод се усогласува додека трае прегледот."
"""The reason given where an authentic translation is behind."""


def respondents(*keys: str) -> tuple[Respondent, ...]:
    return tuple(Respondent(Institution.objects.get(key=f"{COUNTRY}-{key}")) for key in keys)


def begin(edition: Edition, due: date) -> Review:
    """Submits the draft to the interior and social ministries, then to justice."""
    team = team_of(edition.instrument.owner)
    plans = [Plan(respondents("interior", "social"), due=due), Plan(respondents("justice")), Plan()]
    procedure = Procedure.objects.get(key=PROCEDURE)
    with transaction.atomic():
        return start_review(team.coordinator, edition, procedure, plans, behind_because=BEHIND)


def answer(review: Review, institution: str, choice: str, reason: str) -> None:
    """The answer of an institution, by its reviewer."""
    review.refresh_from_db()
    seat = Seat.objects.get(stage__review=review, institution__key=f"{COUNTRY}-{institution}")
    sign_off(reviewer_of(seat.institution), seat, choice, reason, review.manifest.sha256)


def reviewer_of(institution: Institution) -> User:
    reviewers = Membership.objects.active().filter(institution=institution, role=Role.REVIEWER)
    return reviewers.select_related("user").order_by("pk")[0].user


def adopt(edition: Edition, data: dict[str, Any], today: date) -> None:
    """Records the adoption with the act from the file."""
    team = team_of(edition.instrument.owner)
    acts = [act_of(data["act"], edition, today)]
    with transaction.atomic():
        adopt_edition(team.coordinator, edition, acts, day_of(data["valid_from"], today))


def comment(source: Source, edition: Edition, people: dict[str, User]) -> None:
    """Adds the comments from the file, of those who may comment now."""
    with transaction.atomic():
        for row in source.data.get("comment", []):
            # The ministry of justice reads from its own stage on, so that its comments come later.
            if row["edition"] == edition.number and may(people[row["author"]], Verb.COMMENT, edition):
                uid = uid_of(source.folder, row["section"])
                add_comment(
                    people[row["author"]], edition, uid, row["language"], row["text"], quote=row["quote"]
                )
