"""The second factor of the demonstration's people: one key that everybody knows, and its code on the page."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.db import transaction

import audit
from people.models import User
from people.second_factor import fingerprints
from people.tokens import decrypt

DEMO_PASSWORD = "kodeks-demo-2026"  # noqa: S105  (printed for everybody)
DEMO_KEY = "KODEKSDEMOKODEKSDEMOKODEKSDEMOAA"
PERIOD = 30


def set_up(user: User) -> None:
    """Gives a person of the demonstration the known key, if they have no app."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        with transaction.atomic():
            TOTP.activate(user, DEMO_KEY)
            audit.record("set_up_second_factor", user, None, keys=fingerprints(user))


def code_now(user: User) -> str:
    """The code that works next; empty outside of the demonstration, and for every other key."""
    if not settings.KODEKS_DEMO:
        return ""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if app is None or decrypt(app.data["secret"]) != DEMO_KEY:
        return ""
    now = int(time.time()) // PERIOD
    step = min(max(now, app.data.get("last_step", 0) + 1), now + 1)
    return format_hotp_value(hotp_value(DEMO_KEY, step))
