"""What is Kodeks's own in signing in: nobody signs up, limits, mails, the audit trail (django-allauth asks
here)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.forms import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

import audit
import mail
from people import identity, throttle
from people.access import has_left
from people.actions.groups import sync_groups
from people.models import User
from people.onward import safe_path
from people.second_factor import factors, is_fresh, needs_factor
from people.tokens import decrypt, encrypt

WRONG_CODE = gettext_lazy(
    "The code is wrong or was already used. Wait for the next code. After many attempts, wait 15 minutes."
)
TOO_MANY_CODES = gettext_lazy(
    "Too many wrong codes. Wait 15 minutes. Codes that you send before then do not count."
)
NO_ADDRESS = "0.0.0.0"  # noqa: S104  (stands in the list of sessions, in place of an address)
WAYS_IN = {"password": "password", "code": "code", "mail_link": "mail_link", "socialaccount": "identity"}
"""The first step of a sign-in, as the trail has it."""


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "The e-mail address or password is wrong. Passwords are case-sensitive."
        ),
        "incorrect_password": gettext_lazy("The password is wrong. After many attempts, wait 15 minutes."),
        "incorrect_code": gettext_lazy("The code is wrong. Check the e-mail, or request a new code."),
        "too_many_login_attempts": gettext_lazy("Too many attempts. Request a new code."),
        "rate_limited": gettext_lazy("Too many attempts. Request a new code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people are invited."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        return bool(safe_path(url or ""))

    def get_client_ip(self, request: HttpRequest) -> str:
        """IP addresses are not stored (docs/privacy.md)."""
        return NO_ADDRESS

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only the options of a passkey are read by a program."""
        return request.method == "GET" and request.headers.get("Accept") == "application/json"

    def clean_password(self, password: str, user: Any = None) -> str:
        validate_password(password, user)
        return password

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return f"/{request.user.language}/"  # type: ignore[union-attr]

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what was put in words here: the pages say what was done."""
        if kwargs.get("message"):
            messages.add_message(request, level, kwargs["message"])

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        wait = throttle.wait_for(credentials.get("email", ""), throttle.network_of(request))
        if wait is not None:
            minutes = int(wait.total_seconds() // 60)
            too_many = ngettext(
                "Too many attempts. Wait %(minutes)d minute, or request a new password.",
                "Too many attempts. Wait %(minutes)d minutes, or request a new password.",
                minutes,
            )
            raise ValidationError(too_many % {"minutes": minutes})

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The trail is kept for good: it names the person tried by their opaque id, an unknown address not
        at all, and each once an hour."""
        address = credentials.get("email", "")
        throttle.failure(address, throttle.network_of(request))
        known = User.objects.filter(email=address.strip().lower()).first()
        audit.record_hourly("sign_in", known or "address:unknown", None, refused=True)

    def reauthenticate(self, user: Any, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not is_fresh(context.request)

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Nobody signs in whose last role has ended, in whatever way they come."""
        if has_left(user):
            audit.record_hourly("sign_in", user, None, refused=True)
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        response = super().post_login(request, user, **kwargs)
        throttle.success(user.email, throttle.network_of(request))
        audit.record("sign_in", user, user, by=_way_in(request, user))
        sync_groups(user)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The two mails that allauth asks for: a code to sign in, and a link for a new password."""
        user = User.objects.get(email=email.strip().lower())
        if template_prefix == "account/email/login_code":
            audit.record("sign_in_code", user, user)
            minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
            given = {"code": context["code"], "minutes": minutes}
            mail.send("sign_in_code", to=user.email, language=user.language, context=given)
        elif template_prefix == "account/email/password_reset_key":
            audit.record("password_mail", user, user)
            path = f"password/{context['uid']}-{context['key']}/"
            url = f"{settings.OFFICE_BASE_URL}/{user.language}/{path}"
            mail.send("new_password", to=user.email, language=user.language, context={"url": url})

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """people.actions.access_changes tells of what changed, in the transaction of the change."""


def _way_in(request: HttpRequest, user: User) -> str:
    """How somebody signed in, for the trail."""
    records = get_authentication_records(request, user)
    if any(one.get("passwordless") for one in records):
        return "passkey"
    ways = [WAYS_IN[one["method"]] for one in records if one["method"] in WAYS_IN]
    return ways[-1] if ways else ""


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": gettext_lazy(
            "Your role requires two-factor authentication. Set up another way first."
        ),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user: Any = authenticator.user
        return not needs_factor(user) or factors(user).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = factors(user).filter(type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return "Kodeks"


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Governments' identity providers."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def get_requests_session(self) -> Any:
        """A provider is asked where the settings say, and nowhere that it sends Kodeks to."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def list_apps(self, request: HttpRequest, **kwargs: Any) -> list[SocialApp]:
        """Those of the settings alone: a row in the database must not let anybody in."""
        if not settings.SOCIALACCOUNT_PROVIDERS:
            return []
        return [one for one in super().list_apps(request, **kwargs) if one.pk is None]

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:
        """What the provider says of a person is not taken over."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        identity.admit(request, sociallogin)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """See AccountAdapter."""
