from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from documents.reading import marks
        from search import marking
        from search.outbox import receivers  # noqa: F401  (they register themselves)
        from search.pages import navigation

        navigation.register()
        marks.register(marking.spans)
