"""A second factor: set it up, show it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import pyotp
from django.db import transaction
from django.utils import timezone

import audit
from audit.models import Entry
from people.actions.take_app_back import tell_of_app
from people.models import SecondFactor, User

RECOVERY_CODES = 8
MOST_WRONG = 8
WITHIN = timedelta(minutes=15)


REST = timedelta(days=1)
"""No app can be set up for so long after a password was set by mail."""


class WrongPassword(Exception):
    """The password is not theirs, or there were too many wrong ones."""


class WrongCode(Exception):
    """The code is not the one that the app shows now, or was used before. Or there were too many wrong
    ones."""


def begin(user: User) -> SecondFactor:
    """A secret for the app; the same until it is confirmed."""
    factor, _ = SecondFactor.objects.get_or_create(user=user, defaults={"secret": pyotp.random_base32()})
    return factor


def address_of(factor: SecondFactor) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(factor.secret).provisioning_uri(name=factor.user.email, issuer_name="Kodeks")


def may_begin(user: User) -> bool:
    """Whether somebody has a password that was not set by mail within the last day."""
    lately = Entry.objects.filter(
        verb="new_password", actor=user.actor, refused=False, at__gt=timezone.now() - REST
    )
    return user.has_usable_password() and not lately.exists()


def prove(user: User, password: str) -> None:
    """Takes the password before an app is set up, and makes a secret that nobody has seen. A link from a mail
    is not enough for what is to be more than the mail. Raises WrongPassword."""
    with transaction.atomic():
        row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if _wrong_tries(user) < MOST_WRONG and may_begin(row) and row.check_password(password):
            SecondFactor.objects.filter(user=user, confirmed=None).delete()
            return
        _refuse(user)
    raise WrongPassword


def confirm(user: User, code: str) -> list[str]:
    """Confirms the app, and gives the recovery codes, shown once. Raises WrongCode."""
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update(no_key=True).get(user=user)
        _check_tries(user)
        step = _step(factor, code) if factor.confirmed is None else None
        if step is not None:
            codes = ["-".join((secrets.token_hex(3), secrets.token_hex(3))) for _ in range(RECOVERY_CODES)]
            factor.confirmed, factor.last_step = timezone.now(), step
            factor.recovery = [_hash(code) for code in codes]
            factor.save(update_fields=["confirmed", "last_step", "recovery"])
            audit.record("set_up_second_factor", user, user)
            tell_of_app(user)
            return codes
        _refuse(user)
    raise WrongCode


def show(user: User, code: str) -> None:
    """Takes a code of the app, or a recovery code, each once. Raises WrongCode."""
    with transaction.atomic():
        factor = (
            SecondFactor.objects.select_for_update(no_key=True)
            .filter(user=user, confirmed__isnull=False)
            .first()
        )
        _check_tries(user)
        if factor is not None:
            step = _step(factor, code)
            recovery = _hash(_as_given(code))
            if step is not None or recovery in factor.recovery:
                factor.last_step = step or factor.last_step
                if step is None:
                    factor.recovery = [one for one in factor.recovery if one != recovery]
                factor.save(update_fields=["last_step", "recovery"])
                audit.record("second_factor", user, user, recovery=step is None)
                return
        _refuse(user)
    raise WrongCode


def has_factor(user: User) -> bool:
    return SecondFactor.objects.filter(user=user, confirmed__isnull=False).exists()


def _step(factor: SecondFactor, code: str) -> int | None:
    """The time step of a code that is valid now and was not used before; None else."""
    code = code.replace(" ", "")
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        return None
    app = pyotp.TOTP(factor.secret)
    now = int(timezone.now().timestamp()) // app.interval
    for step in (now, now - 1, now + 1):
        if step > factor.last_step and secrets.compare_digest(app.generate_otp(step), code):
            return step
    return None


def _as_given(code: str) -> str:
    """A recovery code as it was shown, whatever capitals, dashes and blanks were typed."""
    letters = "".join(one for one in code.lower() if one.isalnum())
    return f"{letters[:6]}-{letters[6:]}"


def _hash(code: str) -> str:
    return hashlib.sha256(f"kodeks-recovery:{code}".encode()).hexdigest()


def _check_tries(user: User) -> None:
    """Checked with the row locked, so that codes sent at one moment are counted one by one."""
    if _wrong_tries(user) >= MOST_WRONG:
        raise WrongCode


def _wrong_tries(user: User) -> int:
    return Entry.objects.filter(
        verb="second_factor", actor=user.actor, refused=True, at__gt=timezone.now() - WITHIN
    ).count()


def _refuse(user: User) -> None:
    audit.refused("second_factor", user, user)
