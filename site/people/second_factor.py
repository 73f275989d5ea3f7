"""The second factor: who needs one, who has one, and when it was last shown in a session."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import rfc8785
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from people.access import memberships
from people.actions.groups import ADMIN_ROLES
from people.models import User
from people.suspended_form import suspend

SHOWN_FOR = 8 * 3600
"""How many seconds a factor counts for an answer in a procedure that asks for one."""
STEP_UP_FOR = 3600
"""The same for the acts that :func:`step_up` guards."""
FRESH_FOR = 15 * 60
"""How long after a sign-in the means of signing in can be changed."""
PROOFS = ("password", "mfa", "socialaccount")
"""Ways to sign in that prove more than a mailbox."""
REST = timedelta(days=1)
"""For so long after a password was set by mail, no factor can be set up."""


def factors(user: User) -> QuerySet[Authenticator]:
    """Apps and passkeys; recovery codes stand in for them."""
    return Authenticator.objects.filter(user=user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)


def fingerprints(user: User) -> list[str]:
    """Hashes of the keys, as they are stored, of all that opens the account as a second factor. The trail has
    them. Names, used codes and the last use change."""
    stored = Authenticator.objects.filter(user=user.pk).values_list("data", flat=True)
    keys = [
        {name: data[name] for name in ("secret", "seed", "credential") if name in data} for data in stored
    ]
    return sorted(hashlib.sha256(rfc8785.dumps(one)).hexdigest() for one in keys)


def has_factor(user: User) -> bool:
    return factors(user).exists()


def needs_factor(user: User) -> bool:
    """Coordinators, publishers, operators: whoever may enter the admin."""
    return user.is_superuser or any(one.role in ADMIN_ROLES for one in memberships(user))


def was_shown(request: HttpRequest, within: int = SHOWN_FOR) -> bool:
    """Whether a second factor was shown in this session, within so many seconds."""
    return _was_proved(request, ("mfa",), within)


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person signed in, or proved who they are, a few minutes ago. A mail is no proof."""
    return _was_proved(request, PROOFS, FRESH_FOR)


def _was_proved(request: HttpRequest, methods: tuple[str, ...], within: int) -> bool:
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(one["method"] in methods and 0 <= time.time() - one["at"] < within for one in records)


def may_set_up(request: HttpRequest) -> bool:
    """Whether the person has a password that was not set by mail within the last day, or has just come from
    their government's sign-in."""
    user: Any = request.user
    if _was_proved(request, ("socialaccount",), FRESH_FOR):
        return True
    lately = Entry.objects.filter(
        verb="new_password", actor=user.actor, refused=False, at__gt=timezone.now() - REST
    )
    return user.has_usable_password() and not lately.exists()


def address_to_show(user: User, wanted: str) -> str:
    """The page that asks for the second factor and leads on to ``wanted``."""
    kinds = set(factors(user).values_list("type", flat=True))
    page = "mfa_index"
    if Authenticator.Type.TOTP in kinds:
        page = "mfa_reauthenticate"
    elif kinds:
        page = "mfa_reauthenticate_webauthn"
    return f"{reverse(page)}?{urlencode({'next': wanted})}"


def step_up_to_send(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """As :func:`step_up`, for a page that many look at: it asks when a form is sent. Who has no factor, and
    whose roles need none, is not asked."""
    asking = step_up(view)

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.method == "POST" and (has_factor(request.user) or needs_factor(request.user))
        return (asking if asked else view)(request, *args, **kwargs)  # type: ignore[no-any-return]

    return guarded


def step_up(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """For a view of an act that needs a second factor within the last hour. Asks for it first. A form that
    was sent is then taken up again, without its files (people.suspended_form)."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if was_shown(request, STEP_UP_FOR):
            return view(request, *args, **kwargs)
        there = address_to_show(request.user, request.get_full_path())
        return suspend(request, there) if has_factor(request.user) else HttpResponseRedirect(there)

    return guarded
