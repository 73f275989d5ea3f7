from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "public"
    verbose_name = _("Public site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from public import files  # noqa: F401  (its receiver connects itself)
        from theme import nav

        public = nav.Place.PUBLIC
        nav.register("public-help", _("Numbers to call"), "public:help", 10, place=public)
        nav.register(
            "public-privacy", _("Privacy: we store nothing about you"), "public:privacy", 30, place=public
        )
