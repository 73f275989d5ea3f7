"""The stages of a review as the coordinator fills them in before it starts: whom to ask, by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from documents.access.authorship import authors
from documents.actions.adopt_edition import today_in
from documents.models import Edition
from people.models import Institution, Membership, User
from people.roles import Role
from theme.day_field import parse_day
from theme.localized_names import localized_name
from workflows.actions.start_review import Plan, Respondent
from workflows.choices import OF_COORDINATOR, Silence
from workflows.models import Procedure, Review, Seat, Stage
from workflows.pages.review.visit import number_in
from workflows.procedures.deadlines import deadline
from workflows.procedures.names import title_of
from workflows.rules.respondents import people_of


@dataclass
class StageForm:
    """One stage of the procedure, as the coordinator fills it in."""

    order: int
    kind: str
    title: str
    least: int
    quorum: str
    days: int
    due: date | None = None
    working: bool = False
    assents: bool = False
    """Whether no answer by the deadline counts as assent."""
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        return self.kind not in OF_COORDINATOR

    @property
    def chosen(self) -> int:
        """How many institutions it asks as it is filled in."""
        return sum(candidate.chosen for candidate in self.candidates)

    @property
    def respondents(self) -> list[str]:
        """The institutions that it asks as it is filled in, with the person where one is named."""
        return [candidate.respondent for candidate in self.candidates if candidate.chosen]

    @property
    def wanting(self) -> bool:
        """Whether the coordinator has still to say whom to ask: the procedure proposes nobody, or too few."""
        return self.asks and self.chosen < self.least

    @property
    def too_few(self) -> bool:
        """Whether fewer institutions have reviewers than the stage must ask."""
        return len(self.candidates) < self.least

    @property
    def plan(self) -> Plan:
        wanted = tuple(
            Respondent(
                candidate.institution,
                next((u for u in candidate.reviewers if u.pk == candidate.person), None),
            )
            for candidate in self.candidates
            if candidate.chosen
        )
        return Plan(wanted, days=self.days, due=self.due)


def stage_forms(
    edition: Edition, procedure: Procedure, given: QueryDict | None, last: LastRound
) -> list[StageForm]:
    """The stages as sent, else as in the last round, else as the procedure proposes."""
    country = edition.instrument.country_id
    reviewers = _reviewers(edition)
    wrote = authors(edition)
    forms = []
    for order, stage in enumerate(procedure.copy()["stages"], 1):
        usual = last.days(procedure, order, stage) or stage["days"]
        form = StageForm(
            order,
            stage["kind"],
            title_of(stage),
            least_institutions(stage),
            stage["quorum"],
            _days(given, order, usual),
            working=stage["working"],
            assents=stage["silence"] == Silence.ASSENT,
        )
        if form.asks:
            wanted = last.respondents(procedure, order, stage)
            proposed = {
                key if key.startswith(f"{country}-") else f"{country}-{key}" for key in stage["institutions"]
            }
            for institution, people in reviewers:
                candidate = Candidate(institution, people)
                if given is not None:
                    candidate.chosen = f"s{order}-i{institution.pk}" in given
                    candidate.person = number_in(given.get(f"s{order}-p{institution.pk}")) or None
                elif wanted is not None:
                    candidate.chosen, candidate.person = institution.pk in wanted, wanted.get(institution.pk)
                else:
                    candidate.chosen = institution.key in proposed
                    candidate.person = people[0].pk if len(people) == 1 else None
                if given is None:
                    candidate.without(wrote)
                else:
                    candidate.mark(wrote)
                form.candidates.append(candidate)
            form.candidates.sort(key=lambda candidate: not candidate.chosen)
        if order == 1:
            last_day = deadline(today_in(edition), form.days, country, working=stage["working"])
            form.due = _due(given, last_day)
        forms.append(form)
    return forms


def least_institutions(stage: Mapping[str, Any]) -> int:
    """How many institutions a stage asks at least: no fewer than must agree, or answer."""
    quorum = str(stage["quorum"])
    return max(stage["least"], int(quorum) if quorum.isdecimal() else 1)


def _reviewers(edition: Edition) -> list[tuple[Institution, list[User]]]:
    """The institutions that have reviewers: of the country, and those with whom the document is shared."""
    shared = edition.instrument.shared_with.values("pk")
    active = (
        Membership.objects.active()
        .filter(role=Role.REVIEWER, user__is_active=True)
        .filter(Q(institution__country=edition.instrument.country_id) | Q(institution__in=shared))
        .select_related("institution__country", "user")
        .order_by("institution__key", "user__name")
    )
    found: dict[int, tuple[Institution, list[User]]] = {}
    for membership in active:
        found.setdefault(membership.institution_id, (membership.institution, []))[1].append(membership.user)
    return list(found.values())


def _days(given: QueryDict | None, order: int, default: int) -> int:
    return (number_in(given.get(f"s{order}-days")) if given is not None else 0) or default


def _due(given: QueryDict | None, default: date) -> date | None:
    if given is None:
        return default
    return parse_day(given.get("due") or "")


@dataclass
class Candidate:
    """An institution that can be asked in a stage, and its reviewers."""

    institution: Institution
    reviewers: list[User]
    chosen: bool = False
    person: int | None = None
    wrote: frozenset[int] = frozenset()
    """Which of the reviewers can't be asked, as they wrote in the text, by their numbers."""
    why: str = ""
    """Why the institution, or who was asked there before, is not proposed, in words."""

    @property
    def name(self) -> str:
        return localized_name(self.institution)

    @property
    def respondent(self) -> str:
        """The institution, and who is asked there: the person, else any of its reviewers."""
        named = [user for user in self.reviewers if user.pk == self.person] or self.reviewers
        return f"{self.name}: {', '.join(localized_name(user.name) for user in named)}"

    def without(self, authors: Set[UUID]) -> None:
        """Propose no author of the text: another reviewer of the institution, any of them, or nobody."""
        wanted, was_chosen = self.person, self.chosen
        self.mark(authors)
        free = [user.pk for user in self.reviewers if user.pk not in self.wrote]
        if not free:
            self.chosen, self.person = False, None
        elif self.person is not None and self.person not in free:
            self.person = free[0] if len(free) == 1 else None
            former = next((user for user in self.reviewers if user.pk == wanted), None)
            if was_chosen and former is not None:
                message = _(
                    "%(name)s, the previous reviewer, is an author of this text and cannot answer for it."
                )
                self.why = message % {"name": localized_name(former.name)}

    def mark(self, authors: Set[UUID]) -> None:
        """Says who of the reviewers is one of the ``authors`` of the text, and where all of them are."""
        self.wrote = frozenset(user.pk for user in self.reviewers if user.actor in authors)
        if len(self.wrote) == len(self.reviewers):
            self.why = _(
                "All reviewers of this institution are authors of this text, so the "
                "institution cannot answer."
            )


class LastRound:
    """What the last round proposes for the next one. ``country`` is the text's."""

    def __init__(self, review: Review | None, country: str) -> None:
        self.review = review
        self.country = country

    def procedure_of(self, procedures: Sequence[Procedure]) -> Procedure | None:
        """The procedure by which it ran, or the country's own copy of it."""
        return next((one for one in procedures if self._ran_by(one)), None)

    def _ran_by(self, procedure: Procedure) -> bool:
        if self.review is None:
            return False
        own = f"{self.country}-"
        key: str = self.review.procedure["key"]
        return key.removeprefix(own) == procedure.key.removeprefix(own)

    def respondents(
        self, procedure: Procedure, order: int, stage: Mapping[str, Any]
    ) -> dict[int, int | None] | None:
        """Whom that stage asked: a user by institution, None for any reviewer. None if it asked nobody."""
        before = self._stage(procedure, order, stage)
        if before is None:
            return None
        return self._seats.get(before.kept_id or before.pk) or None

    def days(self, procedure: Procedure, order: int, stage: Mapping[str, Any]) -> int | None:
        """The days that the coordinator gave, unless the procedure says another number since."""
        before = self._stage(procedure, order, stage)
        if before is None or self.review is None:
            return None
        planned = self.review.procedure["stages"][order - 1]
        same = (planned["days"], planned["working"]) == (stage["days"], stage["working"])
        return before.days if same else None

    def _stage(self, procedure: Procedure, order: int, stage: Mapping[str, Any]) -> Stage | None:
        found = self._stages.get(order) if self._ran_by(procedure) else None
        return found if found is not None and found.kind == stage["kind"] else None

    @cached_property
    def _stages(self) -> dict[int, Stage]:
        return {} if self.review is None else {stage.order: stage for stage in self.review.stages.all()}

    @cached_property
    def _seats(self) -> dict[int, dict[int, int | None]]:
        """By stage and institution; of a carried-over stage, as it was asked there."""
        stages = [stage.kept_id or stage.pk for stage in self._stages.values()]
        found: dict[int, dict[int, int | None]] = {}
        for seat in Seat.objects.filter(stage__in=stages).select_related("user", "institution"):
            there = seat.user is not None and seat.user in people_of(Seat(institution=seat.institution))
            found.setdefault(seat.stage_id, {})[seat.institution_id] = seat.user_id if there else None
        return found
