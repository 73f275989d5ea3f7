"""The rows of the coordinator's desk: each document at work, its review, and what to do now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Q, Subquery, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.actions.record_prior_adoption import PriorAdoption
from documents.choices import State
from documents.models import Edition
from people.access import memberships
from people.models import User
from people.roles import Role
from proposals.models import Proposal
from workflows.actions.advance_stages import answers_of
from workflows.choices import Choice, Outcome, ReviewState, StageKind
from workflows.models import Review, Seat, Stage
from workflows.pages.coordinator.timeline import Segment
from workflows.procedures import quorum
from workflows.procedures.deadlines import day_there
from workflows.rules.respondents import seats_of
from workflows.rules.unanswered_comments import open_comments
from workflows.texts import title_for

ANSWERS = ("seats__institution__country", "seats__sign_offs")
"""What is fetched with the stages of a row."""
SEATS = (
    *ANSWERS,
    "seats__user",
    "seats__sign_offs__person__former_names",
    "seats__sign_offs__instead_of__former_names",
)
"""The same with the people."""
CARRIED_OVER = ("kept__review", *(f"kept__{name}" for name in SEATS))
"""The same of the stages that were carried over from a round before."""


@dataclass
class Row:
    """A document on the desk. ``review`` is its last round; None for a draft that was never submitted."""

    edition: Edition
    title: str
    review: Review | None
    stages: list[Stage] = field(default_factory=list)
    comments: int = 0
    oldest_comment: datetime | None = None
    prior: Proposal | None = None

    @property
    def seats(self) -> list[Seat]:
        return seats_of(self.stages)

    @property
    def begun_seats(self) -> list[Seat]:
        """Whom the stages asked that have begun."""
        return [seat for seat in self.seats if seat.stage.opened is not None]

    @property
    def answered(self) -> int:
        """How many have: silence that counts as assent is no answer."""
        return sum(1 for seat in self.begun_seats if seat.answer is not None)

    @property
    def all_agreed(self) -> bool:
        return all_agreed(self.begun_seats)

    @property
    def tally(self) -> str:
        """How many of the people asked gave which answer, in words."""
        return tally(self.begun_seats)

    @property
    def open_stages(self) -> list[Stage]:
        return [stage for stage in self.stages if stage.open]

    @property
    def stage(self) -> Stage | None:
        """The stage that is open; of several, the one that ends first."""
        return min(self.open_stages, key=lambda stage: (stage.due_day or date.max, stage.order), default=None)

    @property
    def coordinating(self) -> bool:
        """Whether the coordinator answers comments now, so that the text can go on."""
        return self.running and self.stage is not None and self.stage.kind == StageKind.COORDINATION

    @property
    def running(self) -> bool:
        return self.review is not None and self.review.running

    @property
    def enough(self) -> list[int]:
        """The orders of the consultations that can be ended before the deadline."""
        heard = [stage for stage in self.open_stages if stage.kind == StageKind.CONSULTATION and self.running]
        return [stage.order for stage in heard if quorum.enough(stage.quorum, answers_of(stage))]

    @property
    def late(self) -> list[Seat]:
        """Who has not answered although the deadline has passed."""
        return [s for s in self.waiting if s.stage.late]

    @property
    def waiting(self) -> list[Seat]:
        if not self.running:
            return []
        return [s for s in self.seats if s.stage.open and s.answer is None and not s.assented]

    @property
    def adoptable(self) -> bool:
        """Whether only the act is missing."""
        asking = [stage for stage in self.stages if stage.kind != StageKind.ADOPTION]
        return self.running and bool(asking) and all(stage.outcome == "passed" for stage in asking)

    @property
    def returned(self) -> bool:
        """Whether the text was returned and waits for the coordinator, locked or open."""
        return (
            self.review is not None
            and self.review.state == ReviewState.RETURNED
            and not self.review.withdrawn
            and (
                self.edition.state == State.IN_REVIEW
                or (self.edition.state == State.DRAFT and not self.locked)
            )
        )

    @property
    def locked(self) -> bool:
        """Whether the last review reached a stage in which the text could not be changed."""
        return any(stage.locked and stage.opened is not None for stage in self.stages)

    @property
    def too_few(self) -> bool:
        """Whether nobody returned it: too few agreed."""
        return self.returned and self.review is not None and self.review.too_few

    @property
    def stopped_by(self) -> list[Seat]:
        """The seats whose answer ended the round: who returned it, or who did not agree where too few did."""
        too_few = self.review is not None and self.review.too_few
        choice, outcome = (Choice.ABSTAIN, Outcome.FAILED) if too_few else (Choice.RETURN, Outcome.RETURNED)
        return [
            seat
            for seat in self.seats
            if seat.stage.outcome == outcome and seat.answer is not None and seat.answer.choice == choice
        ]

    @property
    def sent_back(self) -> list[Seat]:
        """The same while the text waits for the coordinator: each with the reason that was given."""
        return self.stopped_by if self.returned else []

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft of which no review runs."""
        return self.edition.state == State.DRAFT and not self.running

    @property
    def may_be_recorded(self) -> bool:
        """Whether it could be recorded as adopted before Kodeks: no review is in the way."""
        withdrawn = self.review is not None and self.review.withdrawn
        return self.is_draft and self.edition.number == 1 and (self.review is None or withdrawn)

    @property
    def to_confirm(self) -> bool:
        """Whether a second coordinator may confirm that it was adopted before Kodeks."""
        return self.prior is not None and not self.running

    @property
    def finished(self) -> bool:
        return not self.is_draft and not self.running and not self.returned

    @property
    def action(self) -> tuple[str, str]:
        """What to do now: the words of the button and where it leads."""
        if self.prior is not None and self.to_confirm:
            return _("Confirm the adoption"), reverse("proposals:decide", args=[self.prior.pk])
        if self.is_draft:
            text = _("Start the review") if self.review is None else _("Start the next round")
            return text, reverse("coordinate:start", args=[self.edition.pk])
        assert self.review is not None  # noqa: S101 - what is no draft got here by its review
        if self.adoptable:
            return _("Record the act"), reverse("coordinate:adopt", args=[self.review.pk])
        if self.returned:
            return _("Reopen the text"), reverse("coordinate:reopen", args=[self.review.pk])
        if self.late:
            return _("Send a reminder"), reverse("coordinate:review", args=[self.review.pk])
        if self.coordinating and not self.comments:
            return _("Continue"), reverse("coordinate:review", args=[self.review.pk])
        if self.running and self.comments:
            text = ngettext("See %(n)d comment", "See %(n)d comments", self.comments) % {"n": self.comments}
            return text, reverse("review:room", args=[self.review.pk]) + "?view=comments#changes"
        return _("Open"), reverse("coordinate:review", args=[self.review.pk])

    def segments(self, today: date) -> list[Segment]:
        """The stages in time: what was, what is, and what comes when all goes by plan."""
        found: list[Segment] = []
        if self.review is None:
            return found
        zone = self.review.zone
        place = day_there(self.review.started, zone)
        for step, group in groupby(self.stages, key=lambda stage: stage.step):
            stages = list(group)
            ends = [place]
            for lane, stage in enumerate(stages):
                mine = _segments_of(stage, place, today, zone, self.running)
                found += [replace(one, lane=lane, lanes=len(stages), step=step) for one in mine]
                ends += [one.end for one in mine]
            place = max(ends)
        return found


def _segments_of(stage: Stage, place: date, today: date, zone: str, running: bool) -> list[Segment]:
    number = str(stage.order)
    if stage.kept_id:
        return []
    if stage.opened and stage.closed:
        start, end = day_there(stage.opened, zone), day_there(stage.closed, zone)
        if stage.outcome == Outcome.VOIDED:  # it ended with another one, which was returned
            return [Segment(start, end, "later", number)]
        kind = "done" if stage.outcome == Outcome.PASSED else "late"
        return [Segment(start, end, kind, number if kind == "done" else "!")]
    if stage.opened and stage.due_day:
        found = [Segment(day_there(stage.opened, zone), stage.due_day, "now", number)]
        if today > stage.due_day:
            found.append(Segment(stage.due_day, today, "late", "!"))
        return found
    return [Segment(place, place + timedelta(days=stage.days), "later", number)] if running else []


def rows_for(user: User, *, at_work: bool = False, people: bool = False) -> list[Row]:
    """Every review and draft where the user coordinates: late ones first, then by deadline. ``at_work``:
    without those that ended; ``people``: with who was asked and who answered. Without the people, those that
    ended have no stages until they are fetched (:func:`fetch_stages`)."""
    running = Q(state__in=(State.DRAFT, State.IN_REVIEW))
    ended = Q(state=State.APPROVED) | Q(last_review__isnull=False, state=State.IN_FORCE)
    owners = [m.institution_id for m in memberships(user) if m.role == Role.COORDINATOR]
    last = Review.objects.filter(edition=OuterRef("pk")).order_by("-round").values("pk")[:1]
    editions = list(
        Edition.objects.visible_to(user)
        .filter(instrument__owner__in=owners)
        .annotate(last_review=Subquery(last))
        .filter(running if at_work else running | ended)
        .select_related("instrument__country", "instrument__owner")
    )
    last_ones = Review.objects.filter(pk__in=[e.last_review for e in editions if e.last_review])
    reviews = {review.pk: review for review in last_ones}
    pks = [edition.pk for edition in editions]
    comments = open_comments(pks)
    waiting = Proposal.objects.waiting().filter(kind=PriorAdoption.name)
    priors = {int(prior.key): prior for prior in waiting}
    rows = []
    for edition in editions:
        review = reviews.get(edition.last_review or 0)
        if review is not None:
            review.edition = edition
        rows.append(
            Row(
                edition,
                title_for(edition),
                review,
                comments=comments.get(edition.pk, {}).get("n", 0),
                oldest_comment=comments.get(edition.pk, {}).get("oldest"),
                prior=priors.get(edition.pk),
            )
        )
    fetch_stages([row for row in rows if people or not row.finished], SEATS if people else ANSWERS)
    return sorted(rows, key=_order)


def fetch_stages(rows: Sequence[Row], names: Sequence[str] = ANSWERS) -> None:
    """Fills in the stages of the rows, all at once."""
    reviews = [row.review for row in rows if row.review is not None]
    wanted = ["kept__review", *names, *(f"kept__{name}" for name in names)]
    prefetch_related_objects(reviews, *(f"stages__{name}" for name in wanted))
    for row in rows:
        row.stages = list(row.review.stages.all()) if row.review is not None else []
        for stage in row.stages:
            stage.review = row.review  # type: ignore[assignment]


def last_reminder(seats: list[Seat]) -> Any:
    """When the last reminder was sent to any of them, or None."""
    times = [seat.reminded for seat in seats if seat.reminded]
    return max(times) if times else None


def _order(row: Row) -> tuple[Any, ...]:
    due = row.stage.due_day if row.stage and row.stage.due_day else date.max
    return (
        row.finished,
        not row.late,
        not (row.returned or row.adoptable or row.to_confirm),
        row.is_draft,
        due,
        row.title,
    )


def all_agreed(seats: Sequence[Seat]) -> bool:
    """Whether every institution has answered, and agreed. Silence that counts as assent is no signature."""
    return bool(seats) and all(seat.answer is not None and seat.answer.agrees for seat in seats)


def tally(seats: Sequence[Seat]) -> str:
    """How many answered what, in words."""
    if all_agreed(seats):
        return _("all have signed off")
    counts = Counter(_kind(seat) for seat in seats)
    labels = {
        "agreed": _("agreed: %(n)d"),
        Choice.RETURN: _("returned: %(n)d"),
        Choice.ABSTAIN: _("abstained: %(n)d"),
        "silent": _("no answer, counted as agreement: %(n)d"),
        "": _("not answered: %(n)d"),
    }
    return ", ".join(text % {"n": counts[kind]} for kind, text in labels.items() if counts[kind])


def _kind(seat: Seat) -> str:
    if seat.answer is not None:
        return "agreed" if seat.answer.agrees else str(seat.answer.choice)
    return "silent" if seat.assented else ""
