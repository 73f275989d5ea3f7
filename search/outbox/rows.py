"""Writing and reading the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from search.models import OutboxRow


def enqueue(edition: int, uids: Iterable[object] | None = None, *, deny: bool = False) -> None:
    """Note that an edition has changed: these sections, or (None) all of it. Call it in the change's own
    transaction.

    With ``deny`` no query finds the edition any more, from the end of that transaction until the index has
    caught up.
    """
    if uids is None:
        OutboxRow.objects.create(edition=edition, deny=deny)
        return
    OutboxRow.objects.bulk_create(
        [OutboxRow(edition=edition, uid=UUID(str(uid)), deny=deny) for uid in uids], batch_size=500
    )


def denied_editions() -> frozenset[str]:
    """The editions that no query may find now, as the index names them: the deny list of ACCESS."""
    waiting = OutboxRow.objects.filter(deny=True, drained=False).order_by()
    return frozenset(str(edition) for edition in waiting.values_list("edition", flat=True).distinct())
