"""What is withdrawn from the public, or closed to it, is served from no saved copy either."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.dispatch import receiver

from documents.choices import State
from documents.models import Edition, Instrument
from documents.signals import access_changed, edition_moved


@receiver(edition_moved, sender=Edition, dispatch_uid="public.withdrawn_copies")
def forget_copies(edition: Edition, **kwargs: Any) -> None:
    """Copies of the library go when an edition is withdrawn; they are made anew as pages are asked for."""
    if edition.state == State.WITHDRAWN:
        transaction.on_commit(_clear)


@receiver(access_changed, sender=Instrument, dispatch_uid="public.closed_copies")
def forget_closed(tightened: bool, **kwargs: Any) -> None:
    """The same where a document is closed to some of its readers."""
    if tightened:
        transaction.on_commit(_clear)


def _clear() -> None:
    for name in ("documents", "pages"):
        caches[name].clear()
