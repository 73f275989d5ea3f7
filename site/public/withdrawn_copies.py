"""What is withdrawn from the public is served from no saved copy either."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.dispatch import receiver

from documents.choices import State
from documents.models import Edition
from documents.signals import edition_moved


@receiver(edition_moved, sender=Edition, dispatch_uid="public.withdrawn_copies")
def forget_copies(edition: Edition, **kwargs: Any) -> None:
    """Copies of the library go when an edition is withdrawn; they are made anew as pages are asked for."""
    if edition.state == State.WITHDRAWN:
        transaction.on_commit(_clear)


def _clear() -> None:
    for name in ("documents", "pages"):
        caches[name].clear()
