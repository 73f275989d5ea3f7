"""Taking up an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import identity
from people.actions.change_name import check_name
from people.actions.confirm import needs_confirming
from people.actions.invite import InvitationClosed, accept, find_open
from people.models import User
from people.onward import onward, with_next
from people.roles import Role


class AcceptForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        validators=[check_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 15 characters. Use a few words that you can remember."),
    )

    def __init__(self, *args: Any, role: str = "", address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if role == Role.REVIEWER:
            self.fields["password"].required = False
            self.fields["password"].help_text = gettext_lazy(
                "At least 15 characters. If you leave it empty, you sign in with a code that we "
                "e-mail to you each time."
            )
        elif identity.comes_from_one(address):
            self.fields["password"].required = False
            self.fields["password"].help_text = gettext_lazy(
                "At least 15 characters. If you leave it empty, you sign in with your government's sign-in."
            )

    def clean_password(self) -> str:
        if self.cleaned_data["password"]:
            validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class AcceptKnownForm(forms.Form):
    """For somebody who has an account already: the link adds the membership and changes nothing else."""


def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of an invitation."""
    try:
        invitation = find_open(token)
    except InvitationClosed:
        return render(request, "people/invitation_closed.html", status=410)
    known = User.objects.filter(email=invitation.email).exists()
    posted = request.POST or None
    form = (
        AcceptKnownForm(posted)
        if known
        else AcceptForm(posted, role=invitation.role, address=invitation.email)
    )
    if request.method == "POST" and form.is_valid():
        try:
            accept(token, form.cleaned_data.get("name", ""), form.cleaned_data.get("password", ""))
        except InvitationClosed:
            return render(request, "people/invitation_closed.html", status=410)
        messages.success(request, _("Welcome. You can now sign in."))
        if needs_confirming(invitation):
            messages.info(
                request, _("Your role starts once a second person confirms it. We will e-mail you.")
            )
        return redirect(with_next(reverse("account_login"), onward(request)))
    return render(
        request,
        "people/invitation.html",
        {"invitation": invitation, "form": form, "known": known, "next": onward(request)},
    )
