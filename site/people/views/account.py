"""A person's own page."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import audit
from mail.digest import choose, wants_digest
from people.access import memberships
from people.actions.change_name import change_name, check_name
from people.models import Membership, User
from people.requests import OfficeRequest


class AccountForm(forms.ModelForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, validators=[check_name])
    language = forms.ChoiceField(
        label=gettext_lazy("Language of e-mails and pages"),
        choices=[(tag, name) for tag, name in settings.LANGUAGES if tag in settings.KODEKS_OFFICE_LANGUAGES],
    )

    digest = forms.BooleanField(
        label=gettext_lazy("Daily digest"),
        help_text=gettext_lazy("One e-mail each morning. Urgent deadlines are sent at once."),
        required=False,
    )

    class Meta:
        model = User
        fields = ["language"]


def account(request: OfficeRequest) -> HttpResponse:
    """Name, language, memberships, and the way to a new password."""
    form = AccountForm(
        request.POST or None,
        instance=request.user,
        initial={"name": request.user.name, "digest": wants_digest(request.user.email)},
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            change_name(request.user, form.cleaned_data["name"])
            choose(request.user.email, request.user.language, digest=form.cleaned_data["digest"])
            audit.record(
                "change_account", request.user, request.user, fields=sorted({*form.changed_data} - {"name"})
            )
        messages.success(request, _("Saved."))
        return redirect(f"/{request.user.language}/account/")
    waiting = Membership.objects.waiting().filter(user=request.user).select_related("institution__country")
    context = {"form": form, "memberships": memberships(request.user), "waiting": waiting}
    return render(request, "people/account.html", context)
