"""Repeal an edition in force: from which day, and why."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions.errors import ActionError
from documents.actions.withdraw import check_repeal_day, repeal
from documents.choices import State
from documents.pages.desk.views.common import desk_page
from documents.pages.desk.worklist import edition_or_404, title_of
from people.access import require
from people.requests import OfficeRequest
from people.roles import Verb
from people.second_factor import step_up
from theme import check_answers
from theme.check_answers import Answer
from theme.dates import long_date
from theme.day_field import DayField
from theme.templatetags.kodeks_ui import check_number


class RepealForm(forms.Form):
    until = DayField(
        label=gettext_lazy("No longer in force from"),
        help_text=gettext_lazy("The first day on which the text no longer applies; not a day to come."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "Name the act that repeals the text. Everyone who worked on the text can read it."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def repeal_page(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The form, the answers to check, then the end of the edition."""
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.ADOPT, edition)
    if edition.state != State.IN_FORCE:
        raise Http404
    form = RepealForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not check_answers.is_reopened(request):
        until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
        try:
            if check_answers.is_confirmed(request):
                repeal(request.user, edition, reason, until)
                messages.success(request, _("The text is repealed. Readers see that it no longer applies."))
                return redirect("desk:draft", edition.pk)
            check_repeal_day(edition, until)
        except ActionError as problem:
            form.add_error("until", problem.message)
        else:
            return check_answers.page(
                request,
                title=_("Check before you repeal the text"),
                subject=title_of(edition),
                answers=[
                    Answer(_("Document"), _("Edition %(number)s") % {"number": edition.number}),
                    Answer(_("No longer in force from"), long_date(until, get_language() or "en")),
                    Answer(_("Reason"), reason),
                    Answer(_("Check number"), check_number(edition.sha256)),
                ],
                warning=_("No other edition takes its place. You can't undo this."),
                button=_("Repeal the text"),
                trail=[(title_of(edition), reverse("desk:draft", args=[edition.pk]))],
                is_dangerous=True,
            )
    return desk_page(request, edition, "repeal", form=form)
