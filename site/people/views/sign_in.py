"""Sign in, ask for a new password, sign out: allauth's pages with what Kodeks adds."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy

from people import throttle
from people.actions.access_changes import record_change
from people.demo_factor import DEMO_PASSWORD, code_now
from people.identity import providers, sign_out_address
from people.models import Country, Membership
from people.second_factor import factors


class SignIn(account.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "demo_countries": _people_by_country() if settings.KODEKS_DEMO else None,
            "demo_password": DEMO_PASSWORD,
            "public_url": settings.PUBLIC_BASE_URL,
            "providers": providers(self.request),
            "next": self.get_next_url() or "",
        }


class SecondFactor(mfa.AuthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "demo_code": code_now(self.stage.login.user),
            "has_app": factors(self.stage.login.user).filter(type=Authenticator.Type.TOTP).exists(),
            "has_passkey": factors(self.stage.login.user).filter(type=Authenticator.Type.WEBAUTHN).exists(),
        }


class SecondFactorAgain(mfa.ReauthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "demo_code": code_now(self.request.user),  # type: ignore[arg-type]
            "next": self.get_next_url() or "",
        }


class PasswordNew(account.PasswordResetFromKeyView):
    success_url = reverse_lazy("account_login")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        throttle.pardon(self.reset_user.email)
        record_change(self.reset_user, "new_password")
        return response


class SignOut(account.LogoutView):
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        there = sign_out_address(self.request)
        response: HttpResponse = super().post(*args, **kwargs)
        return HttpResponseRedirect(there) if there else response


def _people_by_country() -> list[tuple[Country, list[Membership]]]:
    """Everybody of the demonstration in their roles; the country where most happens first."""
    by_country: dict[Country, list[Membership]] = {}
    roles = Membership.objects.filter(user__is_active=True).order_by("user__email")
    for membership in roles.select_related("user", "institution__country"):
        by_country.setdefault(membership.institution.country, []).append(membership)
    return sorted(by_country.items(), key=lambda pair: -len(pair[1]))
