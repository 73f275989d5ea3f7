"""Signing in, and a new password by mail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm, SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

import audit
import mail
from people import throttle
from people.actions.groups import sync_groups
from people.models import Country, Membership, User


class SignInForm(AuthenticationForm):
    username = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _("The e-mail address or password is wrong. Passwords are case-sensitive."),
        "inactive": _("You can no longer sign in. Ask the coordinator of your institution."),
    }

    def clean(self) -> dict[str, Any]:
        address = self.cleaned_data.get("username") or ""
        network = throttle.network_of(self.request)
        wait = throttle.wait_for(address, network)
        if wait is not None:
            minutes = int(wait.total_seconds() // 60)
            too_many = ngettext(
                "Too many attempts. Wait %(minutes)d minute, or request a new password.",
                "Too many attempts. Wait %(minutes)d minutes, or request a new password.",
                minutes,
            )
            self.add_error("password", too_many % {"minutes": minutes})
            return self.cleaned_data
        try:
            return super().clean()
        except forms.ValidationError as wrong:
            throttle.failure(address, network)
            # The trail is kept for good: it names the person tried by their opaque id, and an unknown address
            # not at all.
            known = User.objects.filter(email=address.strip().lower()).first()
            audit.refused("sign_in", known or "address:unknown")
            self.add_error("password", wrong)
            return self.cleaned_data


class SignIn(auth_views.LoginView):
    form_class = SignInForm
    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "demo_countries": _people_by_country() if settings.KODEKS_DEMO else None,
            "public_url": settings.PUBLIC_BASE_URL,
        }

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        with transaction.atomic():
            throttle.success(form.get_user().email, throttle.network_of(self.request))
            audit.record("sign_in", form.get_user(), form.get_user())
            sync_groups(form.get_user())
        return response

    def get_default_redirect_url(self) -> str:
        return (
            f"/{self.request.user.language}/"
            if self.request.user.is_authenticated
            else super().get_default_redirect_url()
        )


class ForgottenForm(PasswordResetForm):
    """Mails through our own outbox; says the same whether the address is known or not."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def get_users(self, email: str) -> Iterable[User]:
        """Also those without a password: a reviewer with mail links needs one for a second factor."""
        return User.objects.filter(email=email.strip().lower(), is_active=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        for user in self.get_users(self.cleaned_data["email"]):
            uid, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
            with transaction.atomic():
                audit.record("password_mail", user, user)
                mail.send(
                    "new_password",
                    to=user.email,
                    language=user.language,
                    context={"url": f"{settings.OFFICE_BASE_URL}/{user.language}/password/{uid}/{token}/"},
                )


class PasswordForgotten(auth_views.PasswordResetView):
    form_class = ForgottenForm
    template_name = "people/password_forgotten.html"
    success_url = reverse_lazy("people:password_sent")


class PasswordSent(auth_views.PasswordResetDoneView):
    template_name = "people/password_sent.html"


class NewPasswordForm(SetPasswordForm):
    new_password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Use a few words that you can remember."),
    )
    new_password2 = forms.CharField(
        label=_("Repeat the new password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class PasswordNew(auth_views.PasswordResetConfirmView):
    form_class = NewPasswordForm
    template_name = "people/password_new.html"
    success_url = reverse_lazy("people:sign_in")

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            throttle.pardon(form.user.email)
            audit.record("new_password", self.user, self.user)
        return response


def _people_by_country() -> list[tuple[Country, list[Membership]]]:
    """Everybody of the demonstration in their roles; the country where most happens first."""
    by_country: dict[Country, list[Membership]] = {}
    roles = Membership.objects.filter(user__is_active=True).order_by("user__email")
    for membership in roles.select_related("user", "institution__country"):
        by_country.setdefault(membership.institution.country, []).append(membership)
    return sorted(by_country.items(), key=lambda pair: -len(pair[1]))
