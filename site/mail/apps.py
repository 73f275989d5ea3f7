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
            lambda request: bool(settings.KODEKS_DEMO),
            place=nav.Place.FOOT,
            icon="mail",
        )
