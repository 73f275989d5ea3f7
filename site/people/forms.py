"""Forms to sign in and to look after one's access: allauth's, in the words of Kodeks."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

import audit
from people import throttle
from people.actions.mail_link import may_come_by_mail
from people.adapters import TOO_MANY_CODES, WRONG_CODE
from people.models import User
from people.tokens import decrypt

LENGTH = _("At least 15 characters. Use a few words that you can remember.")
PERIOD = 30


def _reword(form: forms.Form, **labels: Any) -> None:
    """New labels, without the grey words in the field that only repeat them."""
    for name, label in labels.items():
        form.fields[name].label, form.fields[name].help_text = label, ""
        form.fields[name].widget.attrs.pop("placeholder", None)


def _new_password(form: forms.Form) -> None:
    _reword(form, password1=_("New password"), password2=_("Repeat the new password"))
    form.fields["password1"].help_text = LENGTH


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, login=_("E-mail address"), password=_("Password"))
        self.fields["login"].widget.attrs |= {"autocomplete": "username webauthn", "autofocus": True}

    def clean(self) -> dict[str, Any]:
        try:
            super().clean()
        except forms.ValidationError as wrong:
            self.add_error("password", wrong)
        return self.cleaned_data


class _AddressForm(forms.Form):
    """Says the same whether the address is known or not, and whether a mail may still be sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, email=_("E-mail address"))

    def may_be_sent(self, address: str) -> bool:
        return throttle.take_mail(address, throttle.network_of(context.request))


class RequestCodeForm(_AddressForm, account.RequestLoginCodeForm):
    _user: User | None

    def clean_email(self) -> str:
        address = str(super().clean_email())
        if not self.may_be_sent(address) or (self._user and not may_come_by_mail(self._user)):
            self._user = None
        return address


class ForgottenForm(_AddressForm, account.ResetPasswordForm):
    users: list[User]

    def clean_email(self) -> str:
        address = str(super().clean_email())
        if not self.may_be_sent(address):
            self.users = []
        return address


class ConfirmCodeForm(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, code=_("Code"))


class PasswordForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, password=_("Password"))
        self.fields["password"].widget.attrs["autofocus"] = True


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, oldpassword=_("Current password"))
        _new_password(self)

    def clean_oldpassword(self) -> str:
        password: str = self.cleaned_data["oldpassword"]
        if not account.get_adapter().reauthenticate(self.user, password):
            raise account.get_adapter().validation_error("incorrect_password")
        return password


class NewPasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_password(self)


class _FactorForm(forms.Form):
    """A code of the app, or a recovery code, each once, whatever process takes it. Wrong ones are counted."""

    user: User
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, code=_("Code"))
        self.fields["code"].help_text = _("Six digits from the app, or a recovery code.")
        self.fields["code"].widget.attrs["autofocus"] = True

    def clean_code(self) -> str:
        with transaction.atomic():
            network = throttle.network_of(context.request)
            takes = throttle.take_code(self.user, network)
            if takes:
                if self._takes(self.cleaned_data["code"]):
                    recovery = self.authenticator.type == Authenticator.Type.RECOVERY_CODES
                    audit.record("second_factor", self.user, self.user, recovery=recovery)
                    return str(self.cleaned_data["code"])
                throttle.wrong_code(self.user, network)
            audit.record_hourly("second_factor", self.user, self.user, refused=True)
        raise forms.ValidationError(WRONG_CODE if takes else TOO_MANY_CODES)

    def _takes(self, code: str) -> bool:
        if found := take_carried_over(self.user, code):
            self.authenticator = found
            return True
        try:
            super().clean_code()  # type: ignore[misc]
        except forms.ValidationError:
            return False
        factor = self.authenticator
        return factor.type != Authenticator.Type.TOTP or _take_step(factor, code)


def _take_step(factor: Authenticator, code: str) -> bool:
    """Notes the time step of a code. Whether it is a later one than that of the last."""
    factor = Authenticator.objects.select_for_update().get(pk=factor.pk)
    secret, now = decrypt(factor.data["secret"]), int(time.time()) // PERIOD
    typed = "".join(one for one in code if one.isdigit())
    span = range(-settings.MFA_TOTP_TOLERANCE, settings.MFA_TOTP_TOLERANCE + 1)
    steps = [now + one for one in span if format_hotp_value(hotp_value(secret, now + one)) == typed]
    step = max(steps, default=0)
    if step <= factor.data.get("last_step", 0):
        return False
    factor.data["last_step"] = step
    factor.save(update_fields=["data"])
    return True


def note_first_code(factor: Authenticator, form: forms.Form) -> None:
    """The code with which an app was set up signs nobody in."""
    if factor.type == Authenticator.Type.TOTP:
        _take_step(factor, form.cleaned_data["code"])


def take_carried_over(user: User, code: str) -> Authenticator | None:
    """Uses up a recovery code from before allauth, of which only the hash is known."""
    rows = Authenticator.objects.select_for_update().filter(
        user=user.pk, type=Authenticator.Type.RECOVERY_CODES
    )
    letters = "".join(one for one in code.lower() if one.isalnum())
    digest = hashlib.sha256(f"kodeks-recovery:{letters[:6]}-{letters[6:]}".encode()).hexdigest()
    for row in rows:
        if digest in row.data.get("hashes", []):
            row.data["hashes"].remove(digest)
            row.save(update_fields=["data"])
            row.user = user  # type: ignore[assignment]
            return row
    return None


class FactorForm(_FactorForm, AuthenticateForm):
    pass


class FactorAgainForm(_FactorForm, ReauthenticateForm):
    pass


class AppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, code=_("Code"))


class PasskeyForm(AddWebAuthnForm):
    """A passkey signs in alone: it asks for a finger, a face or a PIN itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, name=_("Name of the passkey"))
        self.fields["name"].help_text = _("So that you can tell it apart, for example: office laptop.")
        self.fields["name"].max_length = 60
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, name=_("Name of the passkey"))
