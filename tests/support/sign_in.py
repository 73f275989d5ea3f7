"""How tests sign in. ``client.force_login`` gives a session in which a second factor has just been shown;
``walk_in`` walks the pages as a person does."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.test import Client

from people.models import User
from people.tokens import decrypt
from tests.support.factories import PASSWORD

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@receiver(user_logged_in)
def show_second_factor(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """``force_login`` has a bare request, which no page ever sees."""
    if type(request) is HttpRequest:
        record_authentication(request, user, "mfa", type="totp")


def without_second_factor(client: Client) -> None:
    """As if the session had begun by a password alone, an hour ago."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
    session.save()


def give_app(user: User, key: str = KEY) -> Authenticator:
    """An app as it is after it was set up."""
    return TOTP.activate(user, key).instance


def code_of(user: User, ahead: int = 0) -> str:
    """What the app shows now, or some half minutes later."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return format_hotp_value(hotp_value(decrypt(app.data["secret"]), int(time.time()) // 30 + ahead))


def walk_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    """Signs in at the page, with the code of the app where there is one; gives the last answer."""
    answer = client.post("/en/sign-in/", {"login": user.email, "password": password})
    if answer.status_code == 302 and answer["Location"].endswith("/sign-in/second-factor/"):
        answer = client.post(answer["Location"], {"code": code_of(user)})
    return answer
