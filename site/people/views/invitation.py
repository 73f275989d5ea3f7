"""Taking up an invitation."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.actions.confirm import needs_confirming
from people.actions.invite import InvitationClosed, accept, find_open
from people.models import User


class AcceptForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 12 characters. A few words that you can remember are good."),
    )

    def clean_password(self) -> str:
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
    form = (AcceptKnownForm if known else AcceptForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept(token, form.cleaned_data.get("name", ""), form.cleaned_data.get("password", ""))
        except InvitationClosed:
            return render(request, "people/invitation_closed.html", status=410)
        messages.success(request, _("Welcome. You can sign in now."))
        if needs_confirming(invitation):
            messages.info(
                request,
                _("Your role holds once a second person has confirmed it. You will get a mail."),
            )
        return redirect("people:sign_in")
    return render(request, "people/invitation.html", {"invitation": invitation, "form": form, "known": known})
