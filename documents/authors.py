"""Who wrote a text."""

from __future__ import annotations

from uuid import UUID

from documents.models import Edition, SectionChange


def authors(edition: Edition) -> set[UUID]:
    """The opaque ids of everybody who wrote in this edition. None of them may sign it off."""
    return {
        actor
        for actor in SectionChange.objects.filter(edition=edition).values_list("actor", flat=True).distinct()
        if actor
    }
