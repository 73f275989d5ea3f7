from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Audit trail")

    def ready(self) -> None:
        from audit import gone, guards, visibility  # noqa: F401  (they register themselves)
        from audit.views import may_read_trail
        from people.models import Institution, Invitation, Membership
        from theme import nav

        nav.register("audit", _("Audit trail"), "audit:trail", 75, may_read_trail, place=nav.Place.RUN)
        visibility.of_country(Institution, "country")
        visibility.of_country(Invitation, "institution__country")
        visibility.of_country(Membership, "institution__country")
