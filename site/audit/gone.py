"""Check of ``verify_audit``: what the trail names is there, unless the trail tells that it was removed."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from audit.models import Entry
from audit.verify import check

LASTING = {
    **dict.fromkeys(("people_user", "people_membership"), ""),
    **dict.fromkeys(("documents_instrument", "documents_edition", "documents_corrigendum"), ""),
    **dict.fromkeys(("workflows_review", "workflows_stage", "workflows_seat", "workflows_delegate"), ""),
    **dict.fromkeys(("directory_town", "directory_organisation", "directory_place", "directory_service"), ""),
    "documents_trustlist": "remove_trust_list",
    "public_hotline": "delete_hotline",
    "public_campaignpage": "delete_page",
    "recordings_medium": "delete_medium",
}
"""The tables whose rows stay, or go with an entry of this verb."""


@check(gone=" ".join((*LASTING, "wagtailcore_page")))  # which a campaign needs
def rows() -> Iterator[str]:
    models = {model._meta.db_table: model for model in apps.get_models()}
    for table, removing in LASTING.items():
        kind = models[table]._meta.model_name
        told = Entry.objects.filter(refused=False, thing__startswith=f"{kind}:")
        named, removed = (
            set(rows.values_list("thing", flat=True)) for rows in (told, told.filter(verb=removing))
        )
        there = {f"{kind}:{pk}" for pk in models[table]._base_manager.values_list("pk", flat=True)}
        for thing in sorted(named - removed - there):
            yield f"{thing}: the trail tells of it, and it is gone"
