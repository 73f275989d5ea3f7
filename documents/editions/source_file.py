"""The Word file from which a text was imported, and the order of its sections there."""

from __future__ import annotations

from documents.models import BlobUse, Edition, SectionChange


def source_of(edition: Edition, language: str) -> BlobUse | None:
    """The Word file of the text's import."""
    return (
        BlobUse.objects.filter(edition=edition, language=language, drafters_only=True, blob__kind="source")
        .select_related("blob")
        .order_by("-pk")
        .first()
    )


def imported_uids(edition: Edition, language: str) -> list[str]:
    """The uids of the sections in the order of their import from Word, of the last import last. Those of the
    edition that this one continues where it has none of its own."""
    found: Edition | None = edition
    while found is not None:
        rows = SectionChange.objects.filter(
            edition=found, language=language, verb=SectionChange.Verb.IMPORT
        ).order_by("pk")
        uids = [str(uid) for uid in rows.values_list("uid", flat=True)]
        if uids:
            return uids
        found = found.supersedes
    return []
