"""The people of a country's institutions: who is there, invite, end, hand over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

import mail
from limits.count import within_limit
from people.access import has_role, memberships
from people.actions.confirm import may_give, waiting_proposal
from people.actions.invite import NotYourself, invite
from people.actions.leave import NotConfirmed, end_membership, hand_over
from people.fields import InstitutionChoiceField, NamedChoiceField
from people.models import Institution, Membership, User
from people.requests import OfficeRequest
from people.roles import Role
from people.second_factor import step_up
from proposals.actions.decide import may_see
from proposals.models import Proposal
from proposals.pages.shown import Row, Shown, show
from theme.home_panels import Line, Panel, Rank
from theme.localized_names import localized_name, with_country

CONTENT_LANGUAGES = [
    ("en", "English"),
    ("sq", "Shqip"),
    ("sr", "Српски"),
    ("bs", "Bosanski"),
    ("hr", "Hrvatski"),
    ("cnr", "Crnogorski"),
    ("mk", "Македонски"),
]


def institutions_of(user: User) -> list[Institution]:
    """The institutions whose people the person looks after; raises Http404 where there are none."""
    every = Institution.objects.select_related("country")
    if has_role(user, Role.OPERATOR):
        return list(every)
    countries = {m.institution.country_id for m in memberships(user) if m.role == Role.COORDINATOR}
    if not countries:
        raise Http404
    return list(every.filter(country__in=countries))


def looks_after_people(request: HttpRequest) -> bool:
    """Whether the directory is in the navigation."""
    return any(m.role in (Role.COORDINATOR, Role.OPERATOR) for m in memberships(request.user))


MUST_BE_ANOTHER = gettext_lazy(
    "You cannot give yourself a role. Ask another coordinator in your country, or the operator."
)


class InviteForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    institution: forms.ModelChoiceField[Institution] = InstitutionChoiceField(
        Institution.objects.none(), label=gettext_lazy("Institution")
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("For translators only: the languages they translate into."),
        choices=CONTENT_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the e-mail"), choices=[])

    def __init__(self, *args: Any, by: User, institutions: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if not has_role(by, Role.OPERATOR):
            # Whoever runs Kodeks looks after the people of every country.
            self.fields["role"].choices = [c for c in Role.choices if c[0] != Role.OPERATOR]
        self.fields["institution"].queryset = (
            Institution.objects.filter(pk__in=[one.pk for one in institutions])
            .select_related("country")
            .order_by("country", "pk")
        )
        names = dict(settings.LANGUAGES)
        self.fields["language"].choices = [(tag, names[tag]) for tag in settings.KODEKS_OFFICE_LANGUAGES]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.strip().lower() == self.by.email.lower():
            raise forms.ValidationError(MUST_BE_ANOTHER)
        if not mail.can_be_mailed(email):
            raise forms.ValidationError(_("We cannot send e-mail to this address. Check the spelling."))
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("role") == Role.TRANSLATOR and not data.get("languages"):
            self.add_error("languages", _("Choose the languages that this person translates into."))
        return data


INVITATIONS = (100, 3600)
"""How many one person may send within so many seconds."""


@step_up
def invite_person(request: OfficeRequest) -> HttpResponse:
    institutions = institutions_of(request.user)
    form = InviteForm(
        request.POST or None,
        by=request.user,
        institutions=institutions,
        initial={
            "email": request.GET.get("email"),
            "language": request.LANGUAGE_CODE,
            "institution": request.GET.get("institution"),
            "role": request.GET.get("role"),
        },
    )
    if request.method == "POST" and form.is_valid() and not within_limit(request, "invite", *INVITATIONS):
        form.add_error(None, _("You sent many invitations. Wait for an hour, then send the next."))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        invite(
            request.user,
            data["institution"],
            data["email"],
            Role(data["role"]),
            data["languages"],
            data["language"],
        )
        messages.success(request, _("Invitation sent to %(email)s.") % {"email": data["email"]})
        return redirect("people:directory")
    return render(request, "people/invite.html", {"form": form})


class SuccessorForm(forms.Form):
    successor: forms.ModelChoiceField[User] = NamedChoiceField(
        User.objects.none(), label=gettext_lazy("Who takes over?")
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = (
            Membership.objects.active()
            .filter(institution=membership.institution)
            .exclude(user=membership.user)
        )
        self.fields["successor"].queryset = User.objects.filter(
            pk__in=colleagues.values("user"), is_active=True
        )


def _membership(request: OfficeRequest, pk: int) -> Membership:
    membership = get_object_or_404(Membership.objects.active().select_related("institution", "user"), pk=pk)
    if not may_give(request.user, membership.role, membership.institution):
        raise Http404
    return membership


@require_safe
def confirm(request: OfficeRequest, pk: int) -> HttpResponse:
    """Leads to the page on which a role is confirmed: lists and older mails name the role."""
    membership = get_object_or_404(Membership.objects.select_related("institution"), pk=pk)
    proposal = waiting_proposal(membership)
    if proposal is None or not may_see(request.user, proposal):
        raise Http404
    return redirect("proposals:decide", proposal.pk)


@show(
    "role", gettext_lazy("Confirm a role"), lambda _proposal, membership: localized_name(membership.user.name)
)
def show_role(request: HttpRequest, proposal: Proposal, membership: Membership) -> Shown:
    """Who is to have which role."""
    return Shown(
        localized_name(membership.user.name),
        gettext_lazy("Confirm a role"),
        reverse("people:directory"),
        [
            Row(_("E-mail address"), "", membership.user.email),
            Row(_("Role"), "", f"{membership.get_role_display()}, {with_country(membership.institution)}"),
        ],
        advice=_(
            "Confirm only a person you know, with their own e-mail address. This role can act as the second "
            "person in reviews and confirmations."
        ),
    )


def end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Asks, then ends a membership."""
    membership = _membership(request, pk)
    if request.method == "POST":
        end_membership(request.user, membership)
        messages.success(request, _("Role removed. The person no longer has the access that this role gave."))
        return redirect("people:directory")
    return render(request, "people/end.html", {"membership": membership})


@step_up
def hand_over_work(request: OfficeRequest, pk: int) -> HttpResponse:
    """Gives a person's role and open work to a colleague of the same institution."""
    membership = _membership(request, pk)
    form = SuccessorForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(request.user, membership, form.cleaned_data["successor"])
        except NotYourself:
            form.add_error("successor", str(MUST_BE_ANOTHER))
        except NotConfirmed:
            form.add_error(
                "successor",
                _(
                    "This person does not have the role yet. Invite them first. Transfer the "
                    "work once somebody else has confirmed the role."
                ),
            )
        else:
            messages.success(request, _("The work was transferred."))
            return redirect("people:directory")
    return render(request, "people/hand_over.html", {"membership": membership, "form": form})


def to_confirm(request: HttpRequest) -> Panel | None:
    """The reader's own roles that wait for a second person."""
    own = Membership.objects.waiting().filter(user=request.user.pk).select_related("institution__country")
    lines = [
        Line(f"{one.get_role_display()}, {with_country(one.institution)}", reverse("people:account"))
        for one in own.order_by("pk")
    ]
    title = _("Awaiting confirmation by a second person")
    return Panel(title, lines, rank=Rank.TO_READ) if lines else None
