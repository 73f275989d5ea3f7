"""Addresses of the people's room. Those of allauth have its names, and none for what nobody needs here: to
sign up, to change the address."""

from typing import Any

from allauth.account import views as account_views
from allauth.mfa.webauthn import views as webauthn
from django.db import transaction
from django.urls import include, path, re_path
from django.views.generic import View

from people.views import (
    access,
    account,
    directory,
    hints,
    invitation,
    mail_link,
    people,
    sign_in,
    take_app_back,
)

app_name = "people"


def _whole(view: type[View]) -> Any:
    """A page whose act and trail entry hold together or not at all."""
    return transaction.atomic(view.as_view())


second_factor = [
    path("", access.Overview.as_view(), name="mfa_index"),
    path("app/", _whole(access.SetUpApp), name="mfa_activate_totp"),
    path("app/remove/", _whole(access.RemoveApp), name="mfa_deactivate_totp"),
    path("passkey/", _whole(access.AddPasskey), name="mfa_add_webauthn"),
    path("passkey/<int:pk>/", _whole(access.RenamePasskey), name="mfa_edit_webauthn"),
    path("passkey/<int:pk>/remove/", _whole(access.RemovePasskey), name="mfa_remove_webauthn"),
    path("recovery-codes/", _whole(access.RecoveryCodes), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", _whole(access.NewRecoveryCodes), name="mfa_generate_recovery_codes"),
]
signing_in = [
    path("sign-in/", _whole(sign_in.SignIn), name="account_login"),
    path("sign-in/code/", _whole(account_views.RequestLoginCodeView), name="account_request_login_code"),
    path(
        "sign-in/code/confirm/", _whole(account_views.ConfirmLoginCodeView), name="account_confirm_login_code"
    ),
    path("sign-in/passkey/", _whole(webauthn.LoginWebAuthnView), name="mfa_login_webauthn"),
    path("sign-in/second-factor/", _whole(sign_in.SecondFactor), name="mfa_authenticate"),
    path("sign-in/closed/", account_views.account_inactive, name="account_inactive"),
    path("sign-out/", _whole(sign_in.SignOut), name="account_logout"),
    path("password/", _whole(account_views.PasswordResetView), name="account_reset_password"),
    path("password/sent/", account_views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        _whole(sign_in.PasswordNew),
        name="account_reset_password_from_key",
    ),
    path(
        "account/confirm/password/", _whole(account_views.ReauthenticateView), name="account_reauthenticate"
    ),
    path("account/confirm/code/", _whole(sign_in.SecondFactorAgain), name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        _whole(webauthn.ReauthenticateWebAuthnView),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/password/", _whole(access.ChangePassword), name="account_change_password"),
    path("account/sessions/", _whole(access.Sessions), name="usersessions_list"),
    path("account/second-factor/", include(second_factor)),
]
urlpatterns = [
    path("invitation/<str:token>/", invitation.accept_invitation, name="invitation"),
    path("mail-link/<str:token>/", mail_link.follow, name="mail_link_use"),
    path("mail-link/<str:token>/again/", mail_link.again, name="mail_link_again"),
    path("account/", account.account, name="account"),
    path("hint/", hints.close_hint, name="close_hint"),
    path("people/", people.directory, name="directory"),
    path("people/person/<int:pk>/", people.person, name="person"),
    path("people/invite/", directory.invite_person, name="invite"),
    path("people/<int:pk>/confirm/", directory.confirm, name="confirm"),
    path("people/<int:pk>/end/", directory.end, name="end"),
    path("people/<int:pk>/app/", take_app_back.take_back, name="take_app_back"),
    path("people/<int:pk>/hand-over/", directory.hand_over_work, name="hand_over"),
]
