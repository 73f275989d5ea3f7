"""What every change that waits for a second person has in common."""

from __future__ import annotations

from typing import TypeVar

from django.utils import timezone

from people.models import User
from public.models.changes import Change

C = TypeVar("C", bound=Change)


class ChangeWaits(Exception):
    """Another change of the same thing still waits for a second person."""


class DecidedAlready(Exception):
    """Somebody else confirmed or refused it meanwhile."""


class Stale(Exception):
    """Somebody changed the thing since the form was opened."""


def decide(by: User, change: C, *, confirmed: bool) -> C:
    """The second person's word, once. Raises DecidedAlready."""
    row = type(change)._default_manager.select_for_update(of=("self",)).get(pk=change.pk)
    if row.decided is not None:
        raise DecidedAlready
    row.decided, row.decided_by, row.confirmed = timezone.now(), by, confirmed
    row.save(update_fields=["decided", "decided_by", "confirmed"])
    return row
