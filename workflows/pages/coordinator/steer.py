"""Going on, restarting from a stage, withdrawing: what the coordinator does with a review as a whole."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

import audit
from documents.choices import State
from people.decorators import post_or
from people.models import User
from theme import check_answers
from theme.check_answers import Answer
from workflows.actions.end_coordination import end_consultation, end_coordination
from workflows.actions.reopen import losing, reopen
from workflows.actions.restart import given_before, restart, still_passed, withdraw_review
from workflows.choices import StageKind
from workflows.models import Review, Stage
from workflows.pages.coordinator.forms import ReasonForm, attempt, reason_given
from workflows.pages.coordinator.views import closed_reason, owned_review, show_review
from workflows.pages.review.views import stage_sent
from workflows.pages.unapplied_suggestions import confirmed_in
from workflows.texts import title_for


@post_or("coordinate:review", "pk")
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a coordination, or a consultation whose deadline has passed."""
    found = owned_review(request, pk)
    stage = stage_sent(request, found)
    by: User = request.user  # type: ignore[assignment]
    if stage.kind == StageKind.CONSULTATION:
        _done, problems = attempt(lambda: end_consultation(by, stage))
    else:
        because, confirmed = reason_given(request), confirmed_in(request)
        _done, problems = attempt(lambda: end_coordination(by, stage, because, confirmed))
    if problems:
        return show_review(request, found, *problems)
    messages.success(request, _("The next stage has started. The reviewers get an e-mail."))
    return redirect("coordinate:review", pk)


class RestartForm(ReasonForm):
    """From which stage, and why."""

    stage = forms.TypedChoiceField(label=gettext_lazy("Restart from"), coerce=int, widget=forms.RadioSelect)
    field_order = ["stage", "reason"]

    def __init__(self, *args: Any, review: Review, **options: Any) -> None:
        super().__init__(*args, **options)
        reached = list(
            review.stages.filter(opened__isnull=False).exclude(kind=StageKind.ADOPTION).order_by("order")
        )
        other = given_before(review, reached)
        # Of stages that run at the same time several can come to the same: they are one choice.
        offers: dict[tuple[int, tuple[int, ...]], list[Stage]] = {}
        for stage in reached:
            if stage.locked or not any(one.step < stage.step for one in other):
                stored = still_passed(reached, stage, [] if stage.locked else other)
                offers.setdefault((stage.step, tuple(stored)), []).append(stage)
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            (same[0].order, _choice_label(same, reached, stored)) for (_step, stored), same in offers.items()
        ]


def _choice_label(same: list[Stage], reached: list[Stage], staying: Collection[int]) -> str:
    """Stages as one choice, with what is asked again and what stays passed."""
    values = {
        "stage": ", ".join(f"{stage.order}. {stage.title}" for stage in same),
        "again": ", ".join(str(stage.order) for stage in reached if stage.order not in staying),
        "kept": ", ".join(str(order) for order in staying),
    }
    if staying:
        return _("%(stage)s (repeated: %(again)s; not repeated: %(kept)s)") % values
    return _("%(stage)s (repeated: %(again)s)") % values


class WithdrawForm(ReasonForm):
    """Whether the text is given up too, and why."""

    what = forms.ChoiceField(
        label=gettext_lazy("What to withdraw"),
        choices=[
            ("review", gettext_lazy("The review only: the text becomes a draft again")),
            ("text", gettext_lazy("The review and the text: the text is withdrawn")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ["what", "reason"]


@require_http_methods(["GET", "HEAD", "POST"])
def restart_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The stages that were reached, and the reason."""
    review = owned_review(request, pk)
    form = RestartForm(request.POST or None, review=review)
    problems: list[str] = []
    heading = _("Restart from a stage")
    lead = _(
        "Sign-offs in the repeated stages no longer count. Before the first sign-off, the text "
        "can be changed again. Opinions on a different text are requested again."
    )
    if _sent(request, form):
        given = form.cleaned_data
        if _to_check(request, review):
            chosen = dict(form.fields["stage"].choices)[given["stage"]]  # type: ignore[attr-defined]
            rows = [Answer(_("Restart from"), chosen), Answer(_("Reason"), given["reason"])]
            return _check_page(request, review, heading, rows, lead)
        again, problems = attempt(lambda: restart(request.user, review, given["stage"], given["reason"]))  # type: ignore[arg-type]
        if again is not None:
            messages.success(request, _("The review restarts from that stage. The reviewers get an e-mail."))
            return redirect("coordinate:review", again.pk)
    elif "stage" in form.errors and request.POST.get("stage"):
        audit.refused("restart", review, request.user, why="not_reached")
    return reason_page(request, "workflows/steer.html", review, form, problems, heading=heading, lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the text goes with the review, and the reason."""
    review = owned_review(request, pk)
    form = WithdrawForm(request.POST or None)
    problems: list[str] = []
    heading = _("Withdraw the review")
    lead = _(
        "The sign-offs no longer count. Everyone who signed off or was asked to sign off gets an "
        "e-mail with your reason."
    )
    if _sent(request, form):
        if _to_check(request, review):
            what = dict(form.fields["what"].choices)[form.cleaned_data["what"]]  # type: ignore[attr-defined]
            rows = [Answer(_("What to withdraw"), what), Answer(_("Reason"), form.cleaned_data["reason"])]
            return _check_page(request, review, heading, rows, lead)
        reason, text_too = form.cleaned_data["reason"], form.cleaned_data["what"] == "text"
        _done, problems = attempt(lambda: withdraw_review(request.user, review, reason, text_too=text_too))  # type: ignore[arg-type]
        if not problems:
            messages.success(request, _("The review has ended. The reviewers get an e-mail."))
            return redirect("coordinate:desk")
    return reason_page(request, "workflows/steer.html", review, form, problems, heading=heading, lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who loses a sign-off, and why."""
    review = owned_review(request, pk)
    form = ReasonForm(request.POST or None)
    problems: list[str] = []
    possible = review.edition.state == State.IN_REVIEW
    if _sent(request, form):
        if possible and _to_check(request, review):
            lost = "\n".join(f"{one.seat.body}: {one.get_choice_display()}" for one in losing(review))
            rows = [
                Answer(_("Sign-offs that will no longer count"), lost or _("None")),
                Answer(_("Reason"), form.cleaned_data["reason"]),
            ]
            return _check_page(
                request,
                review,
                _("Reopen the text"),
                rows,
                _("Each of them gets an e-mail with your reason."),
            )
        _done, problems = attempt(lambda: reopen(request.user, review, form.cleaned_data["reason"]))  # type: ignore[arg-type]
        if not problems:
            messages.success(
                request,
                _("The text is a draft again. Everyone whose sign-off no longer counts gets an e-mail."),
            )
            return redirect("coordinate:review", pk)
    template = "workflows/reopen.html"
    return reason_page(request, template, review, form, problems, losing=losing(review), possible=possible)


def _sent(request: HttpRequest, form: forms.Form) -> bool:
    """Whether the form came, is right, and is not wanted back to be changed."""
    return request.method == "POST" and form.is_valid() and not check_answers.is_reopened(request)


def _to_check(request: HttpRequest, review: Review) -> bool:
    """Whether the answers are to be checked first. Of a review that has ended the act itself is refused."""
    return not check_answers.is_confirmed(request) and closed_reason(review, request.user) is None


def _check_page(
    request: HttpRequest, review: Review, heading: str, answers: list[Answer], warning: str
) -> HttpResponse:
    return check_answers.page(
        request,
        title=_("Check your answers"),
        subject=title_for(review.edition),
        answers=answers,
        warning=warning,
        button=heading,
        is_dangerous=True,
        trail=[
            (_("Reviews"), reverse("coordinate:desk")),
            (title_for(review.edition), reverse("coordinate:review", args=[review.pk])),
        ],
    )


def reason_page(
    request: HttpRequest, template: str, review: Review, form: forms.Form, problems: list[str], **more: Any
) -> HttpResponse:
    """A form about a review that asks for a reason; after a refusal with what was typed."""
    context = {
        "review": review,
        "title": title_for(review.edition),
        "form": form,
        "problem": " ".join(problems),
        "closed": closed_reason(review, request.user),
    }
    return render(request, template, context | more, status=409 if problems else 400 if form.errors else 200)
