"""Going on, restarting from a stage, withdrawing: what the coordinator does with a review as a whole."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import audit
from documents.actions.errors import ActionError, NotReady
from people.decorators import post_or
from workflows.actions.end_coordination import end_consultation, end_coordination
from workflows.actions.restart import given_before, kept_by, restart, withdraw_review
from workflows.choices import StageKind
from workflows.models import Review, Stage
from workflows.pages.coordinator.closed_reviews import over
from workflows.pages.coordinator.forms import ReasonForm, reason_given
from workflows.pages.coordinator.views import owned_review, show_review
from workflows.pages.review.views import number_in
from workflows.rules.unapplied_suggestions import confirmed_in
from workflows.texts import title_for


@post_or("coordinate:review", "pk")
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a coordination, or a consultation whose deadline has passed."""
    found = owned_review(request, pk)
    stage = Stage.objects.filter(pk=number_in(request.POST.get("stage")), review=found).first()
    if stage is None:
        raise Http404
    stage.review = found
    try:
        if stage.kind == StageKind.CONSULTATION:
            end_consultation(request.user, stage)  # type: ignore[arg-type]
        else:
            end_coordination(request.user, stage, reason_given(request), confirmed_in(request))  # type: ignore[arg-type]
    except NotReady as refusal:
        return show_review(request, found, *refusal.problems)
    except ActionError as refusal:
        return show_review(request, found, refusal.message)
    messages.success(request, _("The next stage has begun, and those who are asked were told."))
    return HttpResponseRedirect(reverse("coordinate:review", args=[pk]))


class RestartForm(ReasonForm):
    """From which stage, and why."""

    stage = forms.TypedChoiceField(
        label=gettext_lazy("From which stage"), coerce=int, widget=forms.RadioSelect
    )
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
                kept = kept_by(reached, stage, [] if stage.locked else other)
                offers.setdefault((stage.step, tuple(kept)), []).append(stage)
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            (same[0].order, _said(same, reached, kept)) for (_step, kept), same in offers.items()
        ]


def _said(same: list[Stage], reached: list[Stage], kept: Collection[int]) -> str:
    """Stages as one choice, with what is asked again and what stays passed where the review restarts from any
    of them."""
    values = {
        "stage": ", ".join(f"{stage.order}. {stage.title}" for stage in same),
        "again": ", ".join(str(stage.order) for stage in reached if stage.order not in kept),
        "kept": ", ".join(str(order) for order in kept),
    }
    if kept:
        return _("%(stage)s (asked again: %(again)s; stays passed: %(kept)s)") % values
    return _("%(stage)s (asked again: %(again)s)") % values


class WithdrawForm(ReasonForm):
    """Whether the text is given up too, and why."""

    what = forms.ChoiceField(
        label=gettext_lazy("What is withdrawn"),
        choices=[
            ("review", gettext_lazy("The review alone: the text is a draft again")),
            ("text", gettext_lazy("The text too: it is given up")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ["what", "reason"]


@require_http_methods(["GET", "HEAD", "POST"])
def restart_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The stages that were reached, and the reason."""
    review = owned_review(request, pk)
    form = RestartForm(request.POST or None, review=review)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            again = restart(request.user, review, form.cleaned_data["stage"], form.cleaned_data["reason"])  # type: ignore[arg-type]
        except ActionError as refusal:
            problem = refusal.message
        else:
            messages.success(request, _("The review begins again there, and those who are asked were told."))
            return HttpResponseRedirect(reverse("coordinate:review", args=[again.pk]))
    elif "stage" in form.errors and request.POST.get("stage"):
        audit.refused("restart", review, request.user, why="not_reached")
    return _page(
        request, review, form, problem, _("Restart from a stage"),
        _(
            "What was signed off in the stages that are asked again no longer counts. Before the first "
            "sign-off, the text can be changed again. An opinion that was given for another text is asked "
            "again."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the text goes with the review, and the reason."""
    review = owned_review(request, pk)
    form = WithdrawForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_review(
                request.user,  # type: ignore[arg-type]
                review,
                form.cleaned_data["reason"],
                text_too=form.cleaned_data["what"] == "text",
            )
        except ActionError as refusal:
            problem = refusal.message
        else:
            messages.success(request, _("The review has ended, and those who were asked were told."))
            return HttpResponseRedirect(reverse("coordinate:desk"))
    return _page(
        request, review, form, problem, _("Withdraw the review"),
        _(
            "What was signed off no longer counts. Each who signed off or was asked gets a mail with your "
            "reason."),
    )  # fmt: skip


def _page(
    request: HttpRequest, review: Review, form: forms.Form, problem: str, heading: str, lead: str
) -> HttpResponse:
    context = {
        "review": review,
        "title": title_for(review.edition, get_language() or "en"),
        "form": form,
        "problem": problem,
        "heading": heading,
        "lead": lead,
        "over": over(review, request.user),
    }
    status = 409 if problem else 400 if form.errors else 200
    return render(request, "workflows/steer.html", context, status=status)
