from collections.abc import Collection
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from audit import labels
        from documents.pages.desk import glossary_terms as desk_terms
        from documents.pages.edition import search_marks
        from mail import validity
        from search import glossary_store
        from search.models import Often
        from search.outbox import receivers  # noqa: F401  (they register themselves)
        from search.pages import navigation, reading_marks
        from search.saved import alerts

        # What somebody searches for is nobody else's business: the trail shows that there is such a search,
        # no more.
        labels.kind("savedsearch", _("Saved search"), lambda user, ids: {})
        labels.kind("synonymgroup", _("Group of synonyms"), glossary_groups)
        labels.values("often", lambda text: str(Often(text).label) if text in Often.values else "")
        validity.register("user", alerts.validity)
        navigation.register()
        post_migrate.connect(_glossary, sender=self, dispatch_uid="search.glossary")
        search_marks.register(reading_marks.spans)
        desk_terms.register(glossary_store.find_terms)


def glossary_groups(user: Any, ids: Collection[str]) -> dict[str, Any]:
    """Groups of synonyms in the trail: their keys, for everybody."""
    from audit.labels import Named
    from search.models import SynonymGroup

    found = SynonymGroup.objects.filter(pk__in=[one for one in ids if one.isdecimal()])
    return {str(group.pk): Named(group.key) for group in found}


def _glossary(using: str, **_: Any) -> None:
    """The terms and synonyms that ship with Kodeks are in every database; after an update, newer ones."""
    from django.db import connections

    from search.glossary_store import import_shipped_terms
    from search.models import GlossaryTerm, SynonymGroup
    from search.synonym_store import import_shipped_groups

    # Not where one has gone back to before there was a glossary.
    tables = connections[using].introspection.table_names()
    if GlossaryTerm._meta.db_table in tables:
        import_shipped_terms()
    if SynonymGroup._meta.db_table in tables:
        import_shipped_groups()
