"""One's own means of signing in: apps, passkeys, recovery codes, the password, sessions."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

import audit
from people.actions.access_changes import record_change
from people.actions.take_app_back import tell_of_app
from people.browsers import browser_name
from people.forms import note_first_code
from people.models import User
from people.onward import onward, safe_path
from people.second_factor import fingerprints, has_factor, may_set_up, needs_factor

ONWARD = "after_second_factor"


class Overview(mfa.IndexView):
    """What is set up, and what can be. Keeps the page that somebody wanted for when it is set up."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        if wanted := onward(self.request):
            self.request.session[ONWARD] = wanted
        return super().get_context_data(**kwargs) | {
            "closed": not may_set_up(self.request),
            "needed": needs_factor(user) and not has_factor(user),
            "wanted": onward(self.request),
        }


class _SettingUp:
    """Only who has more than a mailbox sets a factor up; the coordinators learn of it."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_set_up(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        user: Any = self.request.user
        factor = (
            Authenticator.objects.filter(user=user)
            .exclude(type=Authenticator.Type.RECOVERY_CODES)
            .latest("pk")
        )
        note_first_code(factor, form)
        record_authentication(self.request, user, "mfa", id=factor.pk, type=factor.type)
        record_change(user, "set_up_second_factor", kind=factor.type, keys=fingerprints(user))
        tell_of_app(user)
        return answer


class SetUpApp(_SettingUp, totp.ActivateTOTPView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"key": " ".join(wrap(context["form"].secret, 4))}


class AddPasskey(_SettingUp, webauthn.AddWebAuthnView):
    pass


class _Removing:
    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        user = _person(self.request)
        record_change(user, "remove_second_factor", keys=fingerprints(user))
        messages.success(self.request, _("Removed."))
        return answer


class RemoveApp(_Removing, totp.DeactivateTOTPView):
    pass


class RemovePasskey(_Removing, webauthn.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        from people.adapters import FactorAdapter

        if not FactorAdapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, FactorAdapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(reverse("mfa_index"))
        return super().form_valid(form)


class RenamePasskey(webauthn.EditWebAuthnView):
    success_url = reverse_lazy("mfa_index")


class NewRecoveryCodes(recovery.GenerateRecoveryCodesView):
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        user = _person(self.request)
        record_change(user, "new_recovery_codes", keys=fingerprints(user))
        return answer


class RecoveryCodes(recovery.ViewRecoveryCodesView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = safe_path(self.request.session.pop(ONWARD, ""))
        return super().get_context_data(**kwargs) | {"next": wanted}


class ChangePassword(account.PasswordChangeView):
    success_url = reverse_lazy("people:account")

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        record_change(_person(self.request), "change_password")
        messages.success(self.request, _("Your password was changed."))
        return answer


@method_decorator(reauthentication_required(allow_get=True), name="dispatch")
class Sessions(sessions.ListUserSessionsView):
    """Ending others asks for the password or the second factor, if it was given long ago."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        newest_first = sorted(context["sessions"], key=lambda one: one.created_at, reverse=True)
        rows = [{"session": one, "browser": browser_name(one.user_agent)} for one in newest_first]
        return context | {"rows": sorted(rows, key=lambda row: not row["session"].is_current())}

    def form_valid(self, form: Any) -> HttpResponse:
        if chosen := self.request.POST.get("session", ""):
            return self._end_one(chosen)
        answer: HttpResponse = super().form_valid(form)
        audit.record("end_sessions", _person(self.request), _person(self.request))
        messages.success(self.request, _("Your other sessions were ended."))
        return answer

    def _end_one(self, chosen: str) -> HttpResponse:
        own = UserSession.objects.filter(user=_person(self.request))
        session = own.filter(pk=chosen).first() if chosen.isdecimal() else None
        if session is not None and not session.is_current():
            session.end()
            audit.record("end_session", _person(self.request), _person(self.request))
        messages.success(self.request, _("The session was ended."))
        return HttpResponseRedirect(self.get_success_url())


def _person(request: HttpRequest) -> User:
    person: Any = request.user
    return person  # type: ignore[no-any-return]
