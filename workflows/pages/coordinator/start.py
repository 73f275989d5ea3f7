"""Starting a review: which draft, which procedure, whom to ask, by when."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import audit
from documents.actions.adopt_edition import today_in
from documents.actions.explain_case_data import unanswered
from documents.actions.submit_edition import behind_source
from documents.choices import State
from documents.models import Edition
from people.access import require
from people.roles import Verb
from theme import check_answers
from theme.check_answers import Answer
from theme.dates import of_date, one_dot
from workflows.actions.start_review import Plan, check_start, start_review
from workflows.models import Procedure, Review
from workflows.pages.coordinator.forms import attempt, reason_given
from workflows.pages.coordinator.rows import rows_for
from workflows.pages.coordinator.stage_descriptions import picture_of
from workflows.pages.coordinator.stage_forms import LastRound, StageForm, stage_forms
from workflows.pages.coordinator.views import coordinator, say_moved
from workflows.pages.languages_behind import behind, behind_answers
from workflows.pages.review.visit import number_in
from workflows.pages.unapplied_suggestions import confirmed_in, unapplied_for
from workflows.procedures import steps
from workflows.procedures.names import display_name
from workflows.rules.passed_stages import answered_by, may_begin_with, opinions_to_repeat, passed_stages
from workflows.texts import title_for


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The drafts that can be submitted."""
    user = coordinator(request)
    drafts = [row for row in rows_for(user) if row.is_draft]
    return render(request, "workflows/choose.html", {"drafts": drafts})


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The plan of a review; sent, it starts. With problems it comes back as it was filled in."""
    edition = owned_edition(request, edition_id, Verb.SUBMIT)
    before = Review.objects.filter(edition=edition).order_by("-round").first()
    if edition.state != State.DRAFT or (before is not None and before.running):
        return _started_already(request, edition, before)
    if before is not None:
        before.edition = edition
    offer = Offer(request, edition, before)
    problems: list[str] = []
    if offer.sent and not check_answers.is_reopened(request):
        if not check_answers.is_confirmed(request):
            _fits, problems = attempt(offer.check)
            if not problems:
                return offer.check_page()
        else:
            review, problems = attempt(offer.start)
            if review is not None:
                return _started(request, offer, review)
    context = offer.context() | {"problems": problems}
    return render(request, "workflows/start.html", context, status=400 if problems else 200)


def _started_already(request: HttpRequest, edition: Edition, before: Review | None) -> HttpResponse:
    if before is None:
        raise Http404
    if request.method == "POST":
        why = "running" if before.running else "locked"
        audit.refused("start_review", edition, request.user, why=why)
        messages.error(request, _("A review of this text has already started. Nothing was changed."))
    return redirect("coordinate:review", before.pk)


def _started(request: HttpRequest, offer: Offer, review: Review) -> HttpResponse:
    messages.success(request, _("The review has started. The reviewers get an e-mail."))
    begun = review.stages.get(order=offer.begin)
    begun.review = review
    say_moved(request, offer.stages[offer.begin - 1].due, begun.due_day)
    return redirect("coordinate:review", review.pk)


class Offer:
    """What the form that starts a review offers, and what was chosen in it."""

    def __init__(self, request: HttpRequest, edition: Edition, before: Review | None) -> None:
        self.request, self.edition, self.before = request, edition, before
        self.procedures = Procedure.objects.for_country(edition.instrument.country_id)
        if not self.procedures:
            raise Http404
        self.sent = request.method == "POST"
        last = LastRound(before, edition.instrument.country_id)
        self.as_before = last.procedure_of(self.procedures)
        wanted = request.POST.get("procedure") or request.GET.get("procedure")
        default = self.as_before or self.procedures[0]
        self.procedure = next((one for one in self.procedures if one.key == wanted), default)
        self.planned = self.procedure.copy()["stages"]
        self.stages = stage_forms(edition, self.procedure, request.POST if self.sent else None, last)
        self.may_begin = may_begin_with(before, self.planned)
        self.begin = (number_in(request.POST.get("begin")) or 1) if self.sent else self._latest()

    def _latest(self) -> int:
        """The last stage to begin with. A person whose answer would be carried over may not submit that
        round."""
        own = answered_by(self.request.user, passed_stages(self.before, self.planned))  # type: ignore[arg-type]
        return max(n for n in self.may_begin if own is None or n <= own[0].order)

    def check(self) -> None:
        check_start(self.request.user, self.edition, self.procedure, *self._given)  # type: ignore[arg-type]

    def start(self) -> Review:
        return start_review(self.request.user, self.edition, self.procedure, *self._given)  # type: ignore[arg-type]

    @property
    def _given(self) -> tuple[list[Plan], int, str, list[int]]:
        plans = [stage.plan for stage in self.stages]
        return plans, self.begin, reason_given(self.request), confirmed_in(self.request)

    def check_page(self) -> HttpResponse:
        """Who is asked in which stage and by when, and who gets an e-mail, before the last button."""
        rows = [Answer(_("Procedure"), str(self.procedure))]
        rows += [
            Answer(f"{stage.order}. {stage.title}", "\n".join(_lines(stage, self.begin)))
            for stage in self.stages
            if stage.order >= self.begin
        ]
        rows += behind_answers(self.edition)
        if because := reason_given(self.request):
            rows.append(Answer(_("Reason"), because))
        respondents = [one for stage in self._first_stages for one in stage.respondents]
        rows.append(Answer(_("Who gets an e-mail now"), "\n".join(respondents) or _("None")))
        locks = self.begin > steps.first_locked(self.planned)
        return check_answers.page(
            self.request,
            title=_("Check the review before you start it"),
            subject=title_for(self.edition),
            answers=rows,
            warning=_("Once the review has started, the text cannot be changed until it ends.")
            if locks
            else "",
            button=_("Start the review"),
            trail=[(_("Reviews"), reverse("coordinate:desk"))],
        )

    @property
    def _first_stages(self) -> list[StageForm]:
        """The stages that open at once: those of the step that the review begins with."""
        of_step = steps.steps(self.planned)
        return [
            stage
            for stage in self.stages
            if stage.order >= self.begin and of_step[stage.order - 1] == of_step[self.begin - 1]
        ]

    @property
    def former_procedure(self) -> str:
        """The name of the procedure of the last round, where it can't be chosen any more."""
        if self.before is None or self.as_before is not None:
            return ""
        return display_name(self.before.procedure.get("name", ""), self.before.procedure.get("names"))

    def context(self) -> dict[str, Any]:
        edition, locked_from = self.edition, steps.first_locked(self.planned) + 1
        return {
            "edition": edition,
            "title": title_for(edition),
            "procedures": self.procedures,
            "procedure": self.procedure,
            "stages": self.stages,
            "wanting": [stage for stage in self.stages if stage.wanting and stage.order >= self.begin],
            "gone": self.former_procedure,
            "locked_from": locked_from,
            "locks": self.begin >= locked_from,
            "may_lock": max(self.may_begin) >= locked_from,
            "may_stay_open": min(self.may_begin) < locked_from,
            "picture": picture_of(self.planned, str(self.procedure)),
            "beginnings": [stage for stage in self.stages if stage.order in self.may_begin],
            "last_beginning": max(self.may_begin),
            "again": opinions_to_repeat(self.before, self.planned),
            "begin": self.begin,
            "behind": behind(edition),
            "older": behind_source(edition),
            "left_out": unapplied_for(self.request, self.before),
            "case_data": len(unanswered(edition)),
            "round": self.before.round + 1 if self.before else 1,
            "today": today_in(edition),
        }


def _lines(stage: StageForm, begin: int) -> list[str]:
    """Whom a stage asks, and by when."""
    if stage.order == begin and stage.due:
        when = one_dot(_("Deadline: %(date)s.") % {"date": of_date(stage.due, get_language() or "en")})
    else:
        if stage.working:
            when = ngettext(
                "Deadline: %(n)d working day after it opens",
                "Deadline: %(n)d working days after it opens",
                stage.days,
            )
        else:
            when = ngettext(
                "Deadline: %(n)d day after it opens", "Deadline: %(n)d days after it opens", stage.days
            )
        when %= {"n": stage.days}
    return [*stage.respondents, when]


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
