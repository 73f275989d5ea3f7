"""Delegates: who answers instead of me, or of somebody in a review that I run."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

import audit
from documents.actions.errors import ActionError
from people.access import memberships
from people.decorators import post_or
from people.models import Institution, User
from people.roles import Role
from people.second_factor import step_up_to_send
from theme.day_field import DayField
from theme.localized_names import localized_name
from workflows.actions.delegate import colleagues, delegate, end_delegate, waiting_stages
from workflows.models import UNANSWERED, Delegate, Review, Seat

Respondent = tuple[User, Institution]


class DelegateForm(forms.Form):
    """Who, instead of whom, from when until when, and why."""

    asked = forms.ChoiceField(label=gettext_lazy("Who can't answer"))
    to = forms.ChoiceField(label=gettext_lazy("Delegate"))
    starts = DayField(label=gettext_lazy("From"))
    until = DayField(label=gettext_lazy("Until"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400)

    def __init__(self, *args: Any, principals: list[Respondent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {f"{user.pk}-{place.pk}": (user, place) for user, place in principals}
        self.people = {str(user.pk): user for one in principals for user in colleagues(*one)}
        self.fields["asked"].choices = [
            (key, f"{user.name}, {localized_name(str(place))}") for key, (user, place) in self.known.items()
        ]
        self.fields["to"].choices = [(key, localized_name(user.name)) for key, user in self.people.items()]


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_to_send
def delegates(request: HttpRequest) -> HttpResponse:
    """Everything that was delegated by, of or to the reader, and a form for more."""
    user: User = request.user  # type: ignore[assignment]
    wanted = _principals(user)
    if not concerns(user, wanted):
        raise Http404
    form = DelegateForm(request.POST or None, principals=wanted)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person, place = form.known[given["asked"]]
        try:
            delegate(
                user,
                person,
                place,
                form.people[given["to"]],
                given["starts"],
                given["until"],
                given["reason"],
            )
        except ActionError as problem:
            form.add_error(None, problem.message)
        else:
            message = (
                _("Recorded. Your colleague gets an e-mail.")
                if waiting_stages(person, place)
                else _(
                    "Recorded. No e-mail was sent, because nothing is waiting for %(name)s "
                    "personally. Your colleague gets an e-mail when something is. Your colleague "
                    "can already answer anything that any reviewer of the institution can answer."
                )
                % {"name": localized_name(person.name)}
            )
            messages.success(request, message)
            return redirect("review:delegates")
    elif {"asked", "to"} & set(form.errors):
        audit.refused("delegate", user, user, why="not_possible")
    known = (
        Delegate.objects.filter(Q(asked=user) | Q(to=user) | Q(given_by=user))
        .select_related("asked", "to", "institution__country")
        .order_by("-id")[:100]
    )
    context = {"form": form, "known": known, "asked": wanted, "alone": not form.people}
    # Whoever asks may invite; a reviewer asks the coordinator for it.
    context["invites"] = any(one.role == Role.COORDINATOR for one in memberships(user))
    return render(request, "workflows/delegates.html", context, status=422 if form.errors else 200)


@post_or("review:delegates")
@step_up_to_send
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a delegation at once."""
    created = get_object_or_404(Delegate.objects.select_related("asked", "to", "institution"), pk=pk)
    try:
        end_delegate(request.user, created)  # type: ignore[arg-type]
    except ActionError as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("The delegation has ended."))
    return redirect("review:delegates")


def concerns(user: Any, principals: list[Respondent] | None = None) -> bool:
    """Whether this person delegates, may delegate or was named. ``principals`` saves a query."""
    found = _principals(user) if principals is None else principals
    return bool(found) or Delegate.objects.filter(to=user).exists()


def _principals(user: User) -> list[Respondent]:
    """For whom the reader may name a delegate: themselves, and those asked in reviews that they run."""
    active = memberships(user)
    own = [(user, m.institution) for m in active if m.role == Role.REVIEWER]
    owners = [m.institution_id for m in active if m.role == Role.COORDINATOR]
    if not owners:
        return own
    seats = (
        Seat.objects.filter(
            UNANSWERED,
            # Who may not see a review learns of nobody who is asked in it.
            stage__review__in=Review.objects.visible_to(user).filter(state="running"),
            stage__closed__isnull=True,
            stage__review__edition__instrument__owner__in=owners,
            user__isnull=False,
        )
        .exclude(user=user)
        .select_related("user", "institution__country")
    )
    found = {(one[0].pk, one[1].pk): one for one in own}
    for seat in seats:
        if seat.user is not None:
            found.setdefault((seat.user.pk, seat.institution_id), (seat.user, seat.institution))
    return list(found.values())
