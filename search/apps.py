from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from documents.desk import terms as desk_terms
        from documents.reading import marks
        from search import marking, terms
        from search.outbox import receivers  # noqa: F401  (they register themselves)
        from search.pages import navigation

        navigation.register()
        post_migrate.connect(_glossary, sender=self, dispatch_uid="search.glossary")
        marks.register(marking.spans)
        desk_terms.register(terms.terms)


def _glossary(using: str, **_: Any) -> None:
    """The terms that ship with Kodeks stand in every database, and newer ones after an update."""
    from django.db import connections

    from search.glossary import take_in
    from search.models import GlossaryTerm

    # Not where one has gone back to before there was a glossary.
    if GlossaryTerm._meta.db_table in connections[using].introspection.table_names():
        take_in()
