"""Record an adoption."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import audit
from documents.actions.adopt_edition import problems_of
from documents.actions.errors import NotReady
from documents.actions.plan_adoption import AdoptionPlan, plan_adoption
from documents.choices import State
from documents.editions import adoption_checks
from documents.models import Edition
from documents.pages.desk.act_form import Acts, Antedated, antedated, at_fields
from people.models import User
from people.second_factor import step_up
from theme import check_answers
from theme.check_answers import Answer
from theme.dates import long_date, of_date, one_dot
from theme.locales import native_name
from theme.templatetags.kodeks_ui import check_number
from workflows.actions.confirm_unapplied import adopt, check_left_out
from workflows.models import Review, Seat, SignOff
from workflows.pages.coordinator.forms import LanguagesForm, ValidFromForm, attempt, ready
from workflows.pages.coordinator.views import closed_reason, owned_review
from workflows.pages.unapplied_suggestions import Unapplied, confirmed_in, unapplied_for
from workflows.procedures.deadlines import day_there
from workflows.rules.unanswered_comments import open_comments
from workflows.texts import former_edition, title_for


class Adoption:
    """The act or acts of an adoption as they were sent, and what keeps the text from being adopted."""

    def __init__(self, request: HttpRequest, review: Review) -> None:
        self.request, self.review, self.edition = request, review, review.edition
        self.acts = Acts(request, "valid_from")
        data = request.POST if self.acts.sent else None
        self.valid = ValidFromForm(data, initial={"valid_from": request.POST.get("valid_from", "")})
        self.covers = LanguagesForm(self.edition, request.POST if request.method == "POST" else None)
        self.closed = closed_reason(review, request.user)
        self.problems = _blocking(review)
        self.blocked = bool(self.problems) or self.closed is not None
        self.dates = Antedated()

    def check(self) -> bool:
        """Whether what was sent can be recorded; False with ``problems`` or errors of the forms."""
        by: User = self.request.user  # type: ignore[assignment]
        if self.blocked:
            audit.refused("adopt", self.edition, by, why=NotReady(self.problems).code)
            return False
        valid = all([self.acts.valid(), self.valid.is_valid(), self.covers.is_valid()])
        self.dates = antedated(self.request, self.acts, *_signed_on(self.review))
        if not valid:
            return False
        self.problems = problems_of(self.acts.given, self.valid.day, self.edition)
        self.problems += self.plan.problems(self.covers.because)
        if self.dates.open:
            self.problems = [*self.dates.open, *self.problems]
            return False
        if not self.problems:
            without = confirmed_in(self.request)
            _left, self.problems = attempt(lambda: check_left_out(self.edition, without))
        if self.problems:
            audit.refused("adopt", self.edition, by, why=NotReady(self.problems).code)
        return not self.problems

    def record(self) -> bool:
        """Adopts the text as it was sent and checked; False with ``problems``."""
        by: User = self.request.user  # type: ignore[assignment]
        acts, without, languages = self.acts.given, confirmed_in(self.request), self.covers
        day, dates, because = self.valid.day, self.dates.days, languages.because
        _done, self.problems = attempt(
            lambda: adopt(by, self.review, acts, day, languages.chosen, dates, without, because)
        )
        return not self.problems

    def check_page(self) -> HttpResponse:
        """The acts, the day and the text once more, before the last button; the signed files are stored."""
        rows = [row for form in self.acts.forms for row in form.answers()]
        rows.append(Answer(_("In force from"), long_date(self.valid.day, get_language() or "en")))
        rows += self._languages()
        rows.append(Answer(_("Check number"), check_number(self.plan.sha256(self.review.manifest))))
        return check_answers.page(
            self.request,
            title=_("Check the adoption before you record it"),
            subject=title_for(self.edition),
            answers=rows,
            warnings=[*self.dates.questions, *self.warnings],
            warning=_("After you record the adoption, you can't change the text or the act."),
            button=_("Record the adoption"),
            trail=[
                (_("Reviews"), reverse("coordinate:desk")),
                (title_for(self.edition), reverse("coordinate:review", args=[self.review.pk])),
            ],
            data=self.acts.carried,
        )

    @cached_property
    def plan(self) -> AdoptionPlan:
        """What the act does with each language, once the form is valid."""
        return plan_adoption(self.edition, self.covers.chosen)

    def _languages(self) -> list[Answer]:
        """The languages by what becomes of them, each with how much of it is up to date."""
        source = self.edition.instrument.source_language
        groups = [
            (_("Adopted now"), self.plan.adopted),
            (_("Published as a translation"), self.plan.translations),
            (_("Adopted or checked later"), self.plan.later),
        ]
        rows = []
        for label, languages in groups:
            lines = [
                native_name(one) if one == source else f"{native_name(one)}, {ready(self.edition, one)}"
                for one in languages
            ]
            if lines:
                rows.append(Answer(label, "\n".join(lines)))
        if self.plan.outdated:
            rows.append(Answer(str(self.covers["because"].label), self.covers.because))
        return rows

    @cached_property
    def waiting(self) -> int:
        """How many comments are unanswered."""
        found: int = open_comments([self.edition.pk]).get(self.edition.pk, {}).get("n", 0)
        return found

    @cached_property
    def left_out(self) -> Unapplied | None:
        """The accepted suggestions that are not in the text."""
        return None if self.blocked else unapplied_for(self.request, self.review)

    @property
    def warnings(self) -> list[str]:
        """What is lost by adopting the text as it is."""
        found = []
        if self.waiting:
            comments = ngettext(
                "%(n)s comment is unanswered. You cannot answer it once the adoption is recorded.",
                "%(n)s comments are unanswered. You cannot answer them once the adoption is recorded.",
                self.waiting,
            )
            found.append(comments % {"n": self.waiting})
        if self.left_out:
            count = len(self.left_out.places)
            suggestions = ngettext(
                "%(n)s accepted suggestion is not in the text",
                "%(n)s accepted suggestions are not in the text",
                count,
            )
            found.append(suggestions % {"n": count})
        return found

    def context(self) -> dict[str, Any]:
        edition, acts = self.edition, self.acts
        if acts.sent:
            acts.keep()
            at_fields(self.problems, *acts.forms, self.valid, self.covers)
        return {
            "review": self.review,
            "edition": edition,
            "title": title_for(edition),
            "acts": acts,
            "antedated": self.dates,
            "back": reverse("coordinate:review", args=[self.review.pk]),
            "valid": self.valid,
            "covers": self.covers if self.covers.others else None,
            "problems": self.problems,
            "blocked": self.blocked,
            "closed": self.closed,
            "former": former_edition(edition),
            "left_out": self.left_out,
            "waiting": self.waiting,
            "wrong": acts.sent and any(form.errors for form in [*acts.forms, self.valid, self.covers]),
        }


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def adopt_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The act or acts that adopt the text. Before the sign-offs are there, it says what is missing."""
    review = owned_review(request, pk)
    adoption = Adoption(request, review)
    if adoption.acts.left:
        return redirect("coordinate:review", pk)
    if adoption.acts.sent and not check_answers.is_reopened(request) and adoption.check():
        if not check_answers.is_confirmed(request):
            return adoption.check_page()
        if adoption.record():
            _say_adopted(request, review.edition)
            return redirect("coordinate:review", pk)
    context = adoption.context()
    status = 409 if adoption.acts.sent and adoption.problems else 400 if context["wrong"] else 200
    return render(request, "workflows/adopt.html", context, status=status)


def _say_adopted(request: HttpRequest, edition: Edition) -> None:
    edition.refresh_from_db()
    in_force = _("The text is in force and can no longer be changed.")
    later = _("The text is approved. It comes into force automatically on the date that you entered.")
    messages.success(request, in_force if edition.state == State.IN_FORCE else later)


def _blocking(review: Review) -> list[str]:
    """What keeps the text from being adopted."""
    if review.edition.state != State.IN_REVIEW:
        return [_("This text is not under review.")]
    return adoption_checks.problems(review.edition)


def _signed_on(review: Review) -> tuple[date, str]:
    """The day of the last sign-off, tacit assent or submission, and what was done on it, in words."""
    stages = [(stage.kept_id or stage.pk) for stage in review.stages.filter(locked=True)]
    given = SignOff.objects.filter(seat__stage__in=stages, voided_at=None).aggregate(last=Max("at"))["last"]
    silent = Seat.objects.filter(stage__in=stages).aggregate(last=Max("assented"))["last"]
    last, text = review.manifest.made, _("The text was submitted on %(day)s.")
    if given is not None and given > last:
        last, text = given, _("The last sign-off was given on %(day)s.")
    if silent is not None and silent > last:
        last, text = silent, _("The last missing answer was counted as agreement on %(day)s.")
    day = day_there(last, review.zone)
    return day, one_dot(text % {"day": of_date(day, get_language() or "en")})
