"""Reopening a text and recording its adoption."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import audit
from documents import adoption_checks
from documents.actions.adopt_edition import problems_of
from documents.actions.errors import ActionError, NotReady
from documents.choices import State
from documents.models import Edition
from documents.pages.desk.act_form import Acts, Antedated, antedated, at_fields
from people.models import User
from theme.dates import of_date
from workflows.actions.confirm_unapplied import adopt
from workflows.actions.reopen import losing, reopen
from workflows.models import Review, Seat, SignOff
from workflows.pages.coordinator.closed_reviews import over
from workflows.pages.coordinator.forms import LanguagesForm, ReasonForm, ValidFromForm, attempt
from workflows.pages.coordinator.views import owned_review
from workflows.procedures.deadlines import day_there
from workflows.rules.unanswered_comments import open_comments
from workflows.rules.unapplied_suggestions import confirmed_in, listed
from workflows.texts import former_edition, title_for


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who loses a sign-off, and why."""
    review = owned_review(request, pk)
    form = ReasonForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            reopen(request.user, review, form.cleaned_data["reason"])  # type: ignore[arg-type]
        except ActionError as refusal:
            problem = refusal.message
        else:
            messages.success(
                request, _("The text is a draft again. Those whose sign-off no longer counts were told.")
            )
            return HttpResponseRedirect(reverse("coordinate:review", args=[pk]))
    context = {
        "review": review,
        "title": title_for(review.edition, get_language() or "en"),
        "losing": losing(review),
        "form": form,
        "problem": problem,
        "possible": review.edition.state == State.IN_REVIEW,
        "over": over(review, request.user),
    }
    return render(
        request, "workflows/reopen.html", context, status=409 if problem else 400 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def adopt_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The act or acts that adopt the text. Before the sign-offs are there, it says what is missing."""
    review = owned_review(request, pk)
    edition = review.edition
    acts = Acts(request, "valid_from")
    back = reverse("coordinate:review", args=[pk])
    if acts.left:
        return HttpResponseRedirect(back)
    sent = acts.sent
    valid = ValidFromForm(
        request.POST if sent else None, initial={"valid_from": request.POST.get("valid_from", "")}
    )
    covers = LanguagesForm(edition, request.POST if request.method == "POST" else None)
    problems = _blocking(review)
    ended = over(review, request.user)
    blocked = bool(problems) or ended is not None
    good = sent and not blocked and all([acts.valid(), valid.is_valid(), covers.is_valid()])
    asked = antedated(request, acts, *_signed_on(review)) if sent and not blocked else Antedated()
    if good and asked.open:
        problems = [*asked.open, *problems_of(acts.given, valid.day, edition)]
    elif good:
        by: User = request.user  # type: ignore[assignment]
        days, without = asked.days, confirmed_in(request)
        _done, problems = attempt(
            lambda: adopt(by, review, acts.given, valid.day, covers.chosen, days, without)
        )
        if not problems:
            _say_adopted(request, edition)
            return HttpResponseRedirect(back)
    elif sent and blocked:
        audit.refused("adopt", edition, request.user, why=NotReady(problems).code)
    if sent:
        acts.keep()
        at_fields(problems, *acts.forms, valid)
    context = {
        "review": review,
        "edition": edition,
        "title": title_for(edition, get_language() or "en"),
        "acts": acts,
        "antedated": asked,
        "back": back,
        "valid": valid,
        "covers": covers if covers.others else None,
        "problems": problems,
        "blocked": blocked,
        "over": ended,
        "former": former_edition(edition),
        "left_out": None if blocked else listed(request, review),
        "waiting": open_comments([edition.pk]).get(edition.pk, {}).get("n", 0),
        "wrong": sent and any(form.errors for form in [*acts.forms, valid, covers]),
    }
    status = 409 if sent and problems else 400 if context["wrong"] else 200
    return render(request, "workflows/adopt.html", context, status=status)


def _say_adopted(request: HttpRequest, edition: Edition) -> None:
    edition.refresh_from_db()
    in_force = _("The text is in force, and can't be changed any more.")
    later = _("The text is approved. On the day that you named it comes into force by itself.")
    messages.success(request, in_force if edition.state == State.IN_FORCE else later)


def _blocking(review: Review) -> list[str]:
    """What keeps the text from being adopted."""
    if review.edition.state != State.IN_REVIEW:
        return [_("This text is not in review.")]
    return adoption_checks.problems(review.edition)


def _signed_on(review: Review) -> tuple[date, str]:
    """The day, by the clock of the country, of the last sign-off of the text, of silence that was taken as
    assent, or on which it was submitted where none came after that; and what was done on it, in words. Of a
    stage that was kept from a round before the answers there count."""
    stages = [(stage.kept_id or stage.pk) for stage in review.stages.filter(locked=True)]
    given = SignOff.objects.filter(seat__stage__in=stages, voided_at=None).aggregate(last=Max("at"))["last"]
    silent = Seat.objects.filter(stage__in=stages).aggregate(last=Max("assented"))["last"]
    last, words = review.manifest.made, _("The text was submitted on %(day)s.")
    if given is not None and given > last:
        last, words = given, _("The last sign-off was given on %(day)s.")
    if silent is not None and silent > last:
        last, words = silent, _("Silence was last taken as assent on %(day)s.")
    day = day_there(last, review.zone)
    return day, words % {"day": of_date(day, get_language() or "en")}
