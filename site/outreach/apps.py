from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    name = "outreach"
    verbose_name = _("Results")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from outreach.pages.views import may_see
        from theme import nav

        nav.register("results", _("Results"), "outreach:results", 47, visible=may_see)
