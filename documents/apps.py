from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from documents import access, guards  # noqa: F401  (they register themselves)
        from documents.desk import navigation as desk
        from documents.reading import navigation as reading

        desk.register()
        reading.register()
