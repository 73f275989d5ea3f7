"""Signing in with a government's identity provider (OpenID Connect), one a country.

Who comes from there must be known here: by the address that the provider has verified, and by a role in an
institution that the settings bind to the domain of that address and to a claim. Nobody gets an account so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

import audit
from people.actions.access_changes import record_change
from people.models import Membership, User

ID_TOKEN, PROVIDER = "identity_token", "identity_provider"


class Refused(Exception):
    """Who came from the identity provider may not sign in."""


def providers(request: HttpRequest) -> list[dict[str, str]]:
    """Name and address of each provider, for the page to sign in."""
    return [
        {"name": one.name, "url": f"/oidc/{one.provider_id}/login/"}
        for one in get_adapter().list_apps(request)
    ]


def _apps() -> list[dict[str, Any]]:
    apps: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return apps


def comes_from_one(address: str) -> bool:
    """Whether an address has the domain of an institution that has a provider: no password is needed."""
    domain = address.rpartition("@")[2].lower()
    return any(name == domain for app in _apps() for name, _key in app["settings"]["domains"])


def origins() -> list[str]:
    """Where the provider's pages are: a form that leads there must be allowed to."""
    places = (urlsplit(one["settings"]["server_url"]) for one in _apps())
    return sorted({f"{one.scheme}://{one.netloc}" for one in places})


class IdentityProvider(OpenIDConnectOAuth2Adapter):
    """Checks the signature of each token with the provider's keys of that moment, also where the token came
    from the provider's own server."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself. Raises OSError where it calls itself by another name than the
        settings do: then it speaks for somebody else."""
        found: dict[str, Any] = super().openid_config
        known = self.get_provider().app.settings["server_url"].partition("/.well-known/")[0]
        if str(found.get("issuer", "")).rstrip("/") != known.rstrip("/"):
            raise OSError("The identity provider has another issuer than KODEKS_OIDC_…_URL.")
        return found

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        self.request.session[ID_TOKEN], self.request.session[PROVIDER] = id_token, app.provider_id
        return claims


@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _view(OAuth2LoginView, request, provider_id)


@transaction.atomic
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _view(OAuth2CallbackView, request, provider_id)


def _view(view: Any, request: HttpRequest, country: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(IdentityProvider(request, country))(request)
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown
    except OSError:  # of the network, as requests says it
        return render(request, "people/identity_away.html", status=502)
    return answer


def admit(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Lets somebody in who is known here, and links them at their first sign-in. Raises ImmediateHttpResponse
    with a page that says why not."""
    try:
        user = _person(sociallogin)
    except Refused:
        audit.record_hourly("sign_in", "address:unknown", None, refused=True, by="identity")
        page = render(request, "people/identity_refused.html", status=403)
        raise ImmediateHttpResponse(page) from None
    account = sociallogin.account
    account.extra_data = {}  # none of the claims is kept
    account.user = user  # type: ignore[assignment]
    if account.pk is None:
        record_change(user, "link_identity")
    account.save()
    sociallogin.user = user


def _person(sociallogin: SocialLogin) -> User:
    data, app = sociallogin.account.extra_data, sociallogin.provider.app
    claims = {**data.get("id_token", {}), **data.get("userinfo", {})}
    address = str(claims.get("email", "")).strip().lower()
    subjects = {one["sub"] for one in data.values() if "sub" in one}
    if str(claims.get("email_verified")).lower() != "true" or len(subjects) != 1:
        raise Refused
    user = User.objects.filter(email=address, is_active=True).first()
    roles = Membership.objects.active().filter(user=user, institution__key__in=_bound(app, address, claims))
    if user is None or not roles.filter(institution__country=app.provider_id).exists():
        raise Refused
    linked = SocialAccount.objects.filter(provider=app.provider_id)
    other = linked.filter(user=user.pk).exclude(uid=sociallogin.account.uid).exists()
    if other or (sociallogin.is_existing and sociallogin.user != user):
        raise Refused
    return user


def _bound(app: SocialApp, address: str, claims: Mapping[str, Any]) -> set[str]:
    """The institutions for which domain and claim stand."""
    domain = address.rpartition("@")[2]
    found = {key for name, key in app.settings["domains"] if name == domain}
    if claim := app.settings["claim"]:
        given = claims.get(claim)
        values = {str(one) for one in (given if isinstance(given, list) else [given])}
        found &= {key for value, key in app.settings["values"] if value in values}
    return found


def sign_out_address(request: HttpRequest) -> str:
    """Where the session at the provider ends too; empty for who did not come from one, or where it is
    away."""
    token, country = request.session.get(ID_TOKEN), request.session.get(PROVIDER)
    if not token or not country:
        return ""
    try:
        end = IdentityProvider(request, country).openid_config.get("end_session_endpoint", "")
    except (SocialApp.DoesNotExist, OSError):
        return ""
    back = {"id_token_hint": token, "post_logout_redirect_uri": f"{settings.OFFICE_BASE_URL}/"}
    return f"{end}?{urlencode(back)}" if end else ""
