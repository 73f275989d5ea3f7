from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from theme.localized_names import localized_name


def _signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _name(request: HttpRequest) -> str:
    return localized_name(getattr(request.user, "name", ""))


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from people import access_checks, role_checks  # noqa: F401  (the checks register themselves)
        from people.views.directory import looks_after_people, to_confirm
        from theme import home_panels, nav

        home_panels.register("people", 25, to_confirm)
        nav.register("people", _("People"), "people:directory", 70, looks_after_people, place=nav.Place.RUN)
        nav.register("account", _name, "people:account", 10, visible=_signed_in, place=nav.Place.ACCOUNT)
        nav.register(
            "sign_out",
            _("Sign out"),
            "account_logout",
            20,
            visible=_signed_in,
            place=nav.Place.ACCOUNT,
            post=True,
        )
        nav.register(
            "sign_in",
            _("Sign in"),
            "account_login",
            10,
            visible=lambda r: not _signed_in(r),
            place=nav.Place.ACCOUNT,
        )
