from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    name = "outreach"
    verbose_name = _("Results")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from audit import visibility
        from outreach import trail_labels  # noqa: F401
        from outreach.models import Sheet
        from outreach.pages.views import may_see
        from theme import nav

        visibility.of_country(Sheet, "country")
        nav.register("results", _("Results"), "outreach:results", 47, visible=may_see)
