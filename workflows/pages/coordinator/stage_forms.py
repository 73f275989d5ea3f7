"""The stages of a review as the coordinator fills them in before it starts: whom to ask, by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from documents.actions.adopt_edition import today_in
from documents.authorship import authors
from documents.models import Edition
from people.models import Institution, Membership, User
from people.roles import Role
from workflows.actions.start_review import Asked, Plan
from workflows.choices import OF_COORDINATOR, Silence
from workflows.models import Procedure
from workflows.pages.coordinator.candidates import Pick
from workflows.pages.coordinator.last_round import LastRound
from workflows.pages.coordinator.stage_descriptions import title_of
from workflows.rules.working_days import deadline


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
    picks: list[Pick] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        return self.kind not in OF_COORDINATOR

    @property
    def chosen(self) -> int:
        """How many institutions it asks as it is filled in."""
        return sum(pick.chosen for pick in self.picks)

    @property
    def wanting(self) -> bool:
        """Whether the coordinator has still to say whom to ask: the procedure proposes nobody, or too few."""
        return self.asks and self.chosen < self.least

    @property
    def too_few(self) -> bool:
        """Whether fewer institutions have reviewers than the stage must ask."""
        return len(self.picks) < self.least

    @property
    def plan(self) -> Plan:
        asked = tuple(
            Asked(pick.institution, next((u for u in pick.reviewers if u.pk == pick.person), None))
            for pick in self.picks
            if pick.chosen
        )
        return Plan(asked, days=self.days, due=self.due)


def stage_forms(
    edition: Edition, procedure: Procedure, given: QueryDict | None, last: LastRound
) -> list[StageForm]:
    """The stages as they are filled in: from what was sent, else from the last round, else as the procedure
    proposes."""
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
            least_asked(stage),
            stage["quorum"],
            _days(given, order, usual),
            working=stage["working"],
            assents=stage["silence"] == Silence.ASSENT,
        )
        if form.asks:
            asked = last.asked(procedure, order, stage)
            proposed = {
                key if key.startswith(f"{country}-") else f"{country}-{key}" for key in stage["institutions"]
            }
            for institution, people in reviewers:
                pick = Pick(institution, people)
                if given is not None:
                    pick.chosen = f"s{order}-i{institution.pk}" in given
                    pick.person = number(given.get(f"s{order}-p{institution.pk}"))
                elif asked is not None:
                    pick.chosen, pick.person = institution.pk in asked, asked.get(institution.pk)
                else:
                    pick.chosen = institution.key in proposed
                    pick.person = people[0].pk if len(people) == 1 else None
                if given is None:
                    pick.without(wrote)
                else:
                    pick.mark(wrote)
                form.picks.append(pick)
            form.picks.sort(key=lambda pick: not pick.chosen)
        if order == 1:
            last_day = deadline(today_in(edition), form.days, country, working=stage["working"])
            form.due = _due(given, last_day)
        forms.append(form)
    return forms


def least_asked(stage: Mapping[str, Any]) -> int:
    """How many institutions a stage asks at least: no fewer than must agree, or answer."""
    quorum = str(stage["quorum"])
    return max(stage["least"], int(quorum) if quorum.isdecimal() else 1)


def _reviewers(edition: Edition) -> list[tuple[Institution, list[User]]]:
    """The institutions that have reviewers: of the country, and those with whom the document is shared."""
    shared = edition.instrument.shared_with.values("pk")
    held = (
        Membership.objects.active()
        .filter(role=Role.REVIEWER, user__is_active=True)
        .filter(Q(institution__country=edition.instrument.country_id) | Q(institution__in=shared))
        .select_related("institution__country", "user")
        .order_by("institution__key", "user__name")
    )
    found: dict[int, tuple[Institution, list[User]]] = {}
    for membership in held:
        found.setdefault(membership.institution_id, (membership.institution, []))[1].append(membership.user)
    return list(found.values())


def _days(given: QueryDict | None, order: int, default: int) -> int:
    return (number(given.get(f"s{order}-days")) if given is not None else None) or default


def _due(given: QueryDict | None, default: date) -> date | None:
    if given is None:
        return default
    try:
        return date.fromisoformat(given.get("due") or "")
    except ValueError:
        return None


def number(text: Any) -> int | None:
    return int(text) if text and str(text).isdecimal() and len(str(text)) < 10 else None
