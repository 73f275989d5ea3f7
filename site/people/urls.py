"""Addresses of the people's room."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from people.views import account, directory, hints, invitation, mail_link, people, second_factor, sign_in

app_name = "people"
urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("password/", sign_in.PasswordForgotten.as_view(), name="password_forgotten"),
    path("password/sent/", sign_in.PasswordSent.as_view(), name="password_sent"),
    path("password/<uidb64>/<token>/", sign_in.PasswordNew.as_view(), name="password_new"),
    path("invitation/<str:token>/", invitation.accept_invitation, name="invitation"),
    path("mail-link/", mail_link.ask, name="mail_link"),
    path("mail-link/<str:token>/", mail_link.follow, name="mail_link_use"),
    path("mail-link/<str:token>/again/", mail_link.again, name="mail_link_again"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("account/", account.account, name="account"),
    path("account/password/", account.ChangePassword.as_view(), name="password_change"),
    path("hint/", hints.close_hint, name="close_hint"),
    path("people/", people.directory, name="directory"),
    path("people/person/<int:pk>/", people.person, name="person"),
    path("people/invite/", directory.invite_person, name="invite"),
    path("people/<int:pk>/confirm/", directory.confirm, name="confirm"),
    path("people/<int:pk>/end/", directory.end, name="end"),
    path("people/<int:pk>/app/", second_factor.take_back, name="take_app_back"),
    path("people/<int:pk>/hand-over/", directory.hand_over_work, name="hand_over"),
]
