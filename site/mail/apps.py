from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "mail"
    verbose_name = "Mail"

    def ready(self) -> None:
        from theme import nav

        nav.register(
            "outbox",
            _("Outbox"),
            "mail:outbox",
            90,
            # Before the sign-in it would lead to the sign-in.
            lambda request: bool(settings.KODEKS_DEMO and request.user.is_authenticated),
            place=nav.Place.FOOT,
            icon="mail",
        )
