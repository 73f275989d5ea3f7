"""The second factor: setting up the app, and showing a code where a procedure asks for one."""

from __future__ import annotations

import time
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.actions.second_factor import (
    WrongCode,
    WrongPassword,
    address_of,
    begin,
    confirm,
    has_factor,
    may_begin,
    prove,
    show,
)
from people.actions.take_app_back import NoApp, may_take_back, take_app_back
from people.models import Membership, SecondFactor
from people.onward import onward as next_page
from people.onward import with_next
from people.requests import OfficeRequest

HOURS = 8
SHOWN = "second_factor_shown"
PROVED = "second_factor_proved"
PROVED_FOR = 15 * 60
NOT_THEIRS = _("The password is wrong. After many attempts, wait 15 minutes.")
WRONG = _(
    "The code is wrong or was already used. Wait for the next code. After many attempts, wait 15 minutes."
)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits from the app, or a recovery code."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


def was_shown(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session, within the last hours."""
    at = request.session.get(SHOWN, 0)
    return isinstance(at, int) and 0 <= time.time() - at < HOURS * 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: OfficeRequest) -> HttpResponse:
    """Sets the app up (QR code, recovery codes), or asks for a code; then back to ``next``."""
    onward = next_page(request)
    known = has_factor(request.user)
    if not known and not _proved(request):
        return _ask_for_password(request, onward)
    form = CodeForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "next": onward, "known": known}
    if request.method == "POST" and form.is_valid():
        try:
            codes = [] if known else confirm(request.user, form.cleaned_data["code"])
            if known:
                show(request.user, form.cleaned_data["code"])
        except WrongCode:
            form.add_error("code", str(WRONG))
        else:
            request.session.cycle_key()
            request.session[SHOWN] = int(time.time())
            if not codes:
                return HttpResponseRedirect(onward or reverse("people:account"))
            return render(request, "people/second_factor_codes.html", context | {"codes": codes})
    if not known:
        factor = begin(request.user)
        drawn = segno.make(address_of(factor), error="m")
        context["secret"] = " ".join(factor.secret[n : n + 4] for n in range(0, len(factor.secret), 4))
        context["qr"] = mark_safe(drawn.svg_inline(scale=5, border=2, dark="#000", light="#fff"))  # noqa: S308
    return render(request, "people/second_factor.html", context, status=400 if form.errors else 200)


def _proved(request: HttpRequest) -> bool:
    """Whether the password was typed in this session, a few minutes ago."""
    at = request.session.get(PROVED, 0)
    return isinstance(at, int) and 0 <= time.time() - at < PROVED_FOR


def _ask_for_password(request: OfficeRequest, onward: str) -> HttpResponse:
    """Asks for the password first: a link from a mail has proved no more than the mail."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            prove(request.user, form.cleaned_data["password"])
        except WrongPassword:
            form.add_error("password", str(NOT_THEIRS))
        else:
            request.session.cycle_key()
            request.session[PROVED] = int(time.time())
            return HttpResponseRedirect(with_next(reverse("people:second_factor"), onward))
    context = {"form": form, "next": onward, "closed": not may_begin(request.user)}
    return render(request, "people/second_factor_password.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Asks, then takes the app back; where there is none any more, says so."""
    found = Membership.objects.active().select_related("institution__country", "user")
    membership = get_object_or_404(found, pk=pk)
    if not may_take_back(request.user, membership):
        raise Http404
    factor = SecondFactor.objects.filter(user=membership.user_id, confirmed__isnull=False).first()
    if factor is not None and request.method != "POST":
        context = {"membership": membership, "since": factor.confirmed}
        return render(request, "people/take_app_back.html", context)
    try:
        if factor is None:
            raise NoApp
        take_app_back(request.user, membership)
    except NoApp:
        messages.info(request, _("This person has not set up two-factor authentication."))
    else:
        messages.success(
            request, _("Two-factor authentication was reset. The person gets an e-mail with instructions.")
        )
    return redirect("people:directory")
