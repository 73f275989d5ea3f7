from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "public"
    verbose_name = _("Public site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from public import (
            campaign_panel,
            files,  # noqa: F401  (its receiver connects itself)
        )
        from theme import home_panels, nav

        home_panels.register("campaigns", 26, campaign_panel.panel)
        home_panels.register("unchecked", 27, campaign_panel.unchecked_numbers)
        public = nav.Place.PUBLIC
        nav.register("public-help", _("Numbers to call"), "public:help", 10, place=public)
        nav.register(
            "public-privacy", _("Privacy: we store nothing about you"), "public:privacy", 30, place=public
        )
