from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from documents import access, guards, notifications, signal_handlers  # noqa: F401
        from documents.pages.desk import home_panel as desk_panel
        from documents.pages.desk import navigation as desk
        from documents.pages.edition import last_read
        from documents.pages.library import home_panel as reading_panel
        from documents.pages.library import navigation as reading
        from documents.trail import checks, labels, refusals  # noqa: F401
        from documents.translation.scripts import to_cyrillic, to_latin
        from mail import validity
        from theme import home_panels, localized_names

        localized_names.register(to_latin, to_cyrillic)
        validity.register("edition", notifications.validity)
        desk.register()
        reading.register()
        home_panels.register("desk", 20, desk_panel.panel)
        home_panels.register("since", 35, last_read.panel)
        home_panels.register("reading", 40, reading_panel.panel)
