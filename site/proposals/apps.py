from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mail import validity
        from proposals import checks, guards  # noqa: F401
        from proposals.actions.decide import mail_validity
        from proposals.pages.panel import panel
        from theme import home_panels

        validity.register("proposal", mail_validity)
        home_panels.register("proposals", 13, panel)
