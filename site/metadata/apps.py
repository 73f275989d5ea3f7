from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetadataConfig(AppConfig):
    name = "metadata"
    verbose_name = _("Data for programs")

    def ready(self) -> None:
        from theme import nav

        nav.register(
            "public-data",
            _("For researchers and programs"),
            "metadata:data",
            45,
            place=nav.Place.PUBLIC,
        )
        nav.register("feed", _("What is new on this site"), "metadata:feed", 10, place=nav.Place.FEED)
