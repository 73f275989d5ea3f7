"""Mark what is no longer true: its page, its numbers or its template changed. The worker looks when the audit
trail has moved, so that no way of changing a number is missed."""

from __future__ import annotations

import time

from django.db.models import Max, Q
from django.utils import timezone

from audit.models import Entry
from materials.current import Today
from materials.models import Material
from materials.sheet import inputs_of

SEEN = ("hotline:", "campaignpage:", "homepage:", "country:", "picture:")
LOOK_ANYWAY_AFTER = 600.0


class _Looked:
    """What this process saw last; the first look after a start is a whole one."""

    entry = -1
    at = float("-inf")


def mark_if_changed() -> int:
    kinds = Q()
    for prefix in SEEN:
        kinds |= Q(thing__startswith=prefix)
    newest = Entry.objects.filter(kinds).aggregate(newest=Max("id"))["newest"] or 0
    if newest == _Looked.entry and time.monotonic() - _Looked.at < LOOK_ANYWAY_AFTER:
        return 0
    marked = mark_stale()
    _Looked.entry, _Looked.at = newest, time.monotonic()
    return marked


def mark_stale() -> int:
    """How many changed their mark. What is true again loses it."""
    rows = list(
        Material.objects.made().only(
            "campaign", "language", "country", "size", "inputs", "logos", "stale_since"
        )
    )
    today, changed = Today({row.campaign for row in rows}), []
    for row in rows:
        shown = today.sheet(row.campaign, row.language, row.country_id, row.logos)
        true = shown is not None and inputs_of(shown, row.size) == row.inputs
        if true == (row.stale_since is not None):
            row.stale_since = None if true else timezone.now()
            changed.append(row)
    Material.objects.bulk_update(changed, ["stale_since"], batch_size=500)
    return len(changed)
