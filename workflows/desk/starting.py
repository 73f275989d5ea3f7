"""Starting a review: which draft, which procedure, whom to ask, by when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import audit
from documents.actions.adopt_edition import today_in
from documents.actions.errors import ActionError, NotReady
from documents.actions.submit_edition import behind_source
from documents.authors import authors
from documents.choices import State, Translation
from documents.models import Edition
from documents.texts import language_states
from people.access import require
from people.models import Institution, Membership, User
from people.roles import Role, Verb
from workflows import plan, rights
from workflows.actions.kept_stages import asked_again, may_begin_with
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.choices import OF_COORDINATOR
from workflows.desk.forms import reason_given
from workflows.desk.picks import Pick
from workflows.desk.rows import rows_for
from workflows.desk.stage_words import picture_of, title_of
from workflows.desk.views import coordinator, say_moved
from workflows.holidays import deadline
from workflows.models import Procedure, Review, Seat
from workflows.texts import title_for


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


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The drafts that can be submitted."""
    user = coordinator(request)
    drafts = [row for row in rows_for(user, get_language() or "en") if row.is_draft]
    return render(request, "workflows/choose.html", {"drafts": drafts})


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The plan of a review; sent, it starts. With problems it comes back as it was filled in."""
    edition = owned_edition(request, edition_id, Verb.SUBMIT)
    before = Review.objects.filter(edition=edition).order_by("-round").first()
    if edition.state != State.DRAFT or (before is not None and before.running):
        if before is None:
            raise Http404
        if request.method == "POST":
            audit.refused(
                "start_review", edition, request.user, why="running" if before.running else "locked"
            )
            messages.error(request, _("A review of this text was started already. Nothing was changed."))
        return HttpResponseRedirect(reverse("coordinate:review", args=[before.pk]))
    procedures = Procedure.objects.for_country(edition.instrument.country_id)
    if not procedures:
        raise Http404
    wanted = request.POST.get("procedure") or request.GET.get("procedure")
    if wanted is None and before is not None:
        wanted = before.procedure["key"]
    procedure = next((one for one in procedures if one.key == wanted), procedures[0])
    stages = stage_forms(edition, procedure, request.POST if request.method == "POST" else None, before)
    begin = _number(request.POST.get("begin")) or 1
    may_begin = may_begin_with(before, procedure.copy()["stages"])
    problems: list[str] = []
    if request.method == "POST" and "change_procedure" not in request.POST:
        try:
            review = start_review(
                request.user,  # type: ignore[arg-type]
                edition,
                procedure,
                [stage.plan for stage in stages],
                begin,
                reason_given(request),
            )
        except NotReady as refusal:
            problems = refusal.problems
        except ActionError as refusal:
            problems = [refusal.message]
        else:
            messages.success(request, _("The review has started, and those who are asked were told."))
            begun = review.stages.get(order=begin)
            begun.review = review
            say_moved(request, stages[begin - 1].due, begun.due_day)
            return HttpResponseRedirect(reverse("coordinate:review", args=[review.pk]))
    context = {
        "edition": edition,
        "title": title_for(edition, get_language() or "en"),
        "procedures": procedures,
        "procedure": procedure,
        "stages": stages,
        "wanting": [stage for stage in stages if stage.wanting and stage.order >= begin],
        "locks": plan.first_locked(procedure.copy()["stages"]) == 0,
        "picture": picture_of(procedure.copy()["stages"], str(procedure)),
        "beginnings": [stage for stage in stages if stage.order in may_begin],
        "again": asked_again(before, procedure.copy()["stages"]),
        "begin": begin,
        "problems": problems,
        "behind": behind(edition),
        "older": behind_source(edition),
        "round": before.round + 1 if before else 1,
        "today": today_in(edition),
    }
    return render(request, "workflows/start.html", context, status=400 if problems else 200)


@dataclass(frozen=True)
class Behind:
    """A translation of which some sections are missing or older than the original."""

    language: str
    authentic: bool
    ready: int
    total: int


def behind(edition: Edition) -> list[Behind]:
    """The language versions that would be submitted without being up to date, the authentic ones first."""
    instrument = edition.instrument
    found = []
    for language, counts in language_states(edition).items():
        ready, total = counts.get(Translation.CURRENT, 0), sum(counts.values())
        if language != instrument.source_language and ready < total:
            found.append(Behind(language, language in instrument.authentic_languages, ready, total))
    return sorted(found, key=lambda one: not one.authentic)


def owned_edition(request: HttpRequest, edition_id: int, verb: Verb) -> Edition:
    """An edition with which the person may do ``verb``; Http404 otherwise."""
    edition = (
        Edition.objects.select_related("instrument__country", "instrument__owner", "supersedes")
        .filter(pk=edition_id)
        .first()
    )
    if edition is None:
        raise Http404
    require(request.user, verb, edition)
    return edition


def stage_forms(
    edition: Edition, procedure: Procedure, given: QueryDict | None, before: Review | None
) -> list[StageForm]:
    """The stages as they are filled in: from what was sent, else from the last round, else as the procedure proposes."""
    country = edition.instrument.country_id
    reviewers = _reviewers(edition)
    wrote = authors(edition)
    asked_before = _asked_before(before)
    same = before is not None and before.procedure["key"] == procedure.key
    asked_in = {order for order, _institution in asked_before} if same else set()
    forms = []
    for order, stage in enumerate(procedure.copy()["stages"], 1):
        form = StageForm(
            order,
            stage["kind"],
            title_of(stage),
            stage["least"],
            stage["quorum"],
            _days(given, order, stage["days"]),
        )
        if form.asks:
            proposed = {
                key if key.startswith(f"{country}-") else f"{country}-{key}" for key in stage["institutions"]
            }
            for institution, people in reviewers:
                pick = Pick(institution, people)
                if given is not None:
                    pick.chosen = f"s{order}-i{institution.pk}" in given
                    pick.person = _number(given.get(f"s{order}-p{institution.pk}"))
                elif order in asked_in:
                    known = asked_before.get((order, institution.pk))
                    pick.chosen, pick.person = known is not None, known or None
                else:
                    pick.chosen = institution.key in proposed
                    pick.person = people[0].pk if len(people) == 1 else None
                if given is None:
                    pick.without(wrote)
                form.picks.append(pick)
            form.picks.sort(key=lambda pick: not pick.chosen)
        if order == 1:
            usual = deadline(today_in(edition), form.days, country, working=stage["working"])
            form.due = _due(given, usual)
        forms.append(form)
    return forms


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


def _asked_before(review: Review | None) -> dict[tuple[int, int], int]:
    """Who was asked in the last round: the person's number, or 0 for any reviewer, by stage and institution."""
    if review is None:
        return {}
    seats = Seat.objects.filter(stage__review=review).select_related("user", "institution", "stage")
    return {
        (seat.stage.order, seat.institution_id): seat.user_id
        if seat.user_id and seat.user in rights.people_of(Seat(institution=seat.institution))
        else 0
        for seat in seats
    }


def _days(given: QueryDict | None, order: int, default: int) -> int:
    return (_number(given.get(f"s{order}-days")) if given is not None else None) or default


def _due(given: QueryDict | None, default: date) -> date | None:
    if given is None:
        return default
    try:
        return date.fromisoformat(given.get("due") or "")
    except ValueError:
        return None


def _number(text: Any) -> int | None:
    return int(text) if text and str(text).isdecimal() and len(str(text)) < 10 else None
