"""`manage.py search_status`: whether search works, and how far behind it is."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Min
from django.utils import timezone

from search.factory import analyser, engine
from search.models import OutboxRow
from search.outbox import denied_editions
from search.outbox.locks import BUILDER, is_locked

_LATE = 300
"""A change that has waited so many seconds is late: the worker does not run, or the disk is full."""


class Command(BaseCommand):
    help = "Tells whether search works and how far its index is behind. Fails where it is out of date."

    def handle(self, *args: Any, **options: Any) -> None:
        health = engine().health()
        rows = OutboxRow.objects.filter(drained=False)
        oldest = rows.aggregate(oldest=Min("at"))["oldest"]
        behind = (timezone.now() - oldest).total_seconds() if oldest else 0.0
        stuck = sorted(set(rows.filter(tries__gt=0).values_list("edition", flat=True)))
        denied = sorted(denied_editions())
        say = self.stdout.write
        say(f"engine         {health.engine}: {'answers' if health.ok else 'does not answer'}")
        say(f"texts          {health.documents:,}")
        say(f"dictionaries   {'compiled' if analyser().has_tables() else 'not compiled: run build_tables'}")
        say(f"index          {'out of date: run rebuild_index' if health.stale else 'up to date'}")
        say(f"being built    {'yes' if is_locked(BUILDER) else 'no'}")
        say(f"waiting        {rows.count():,} changes, the oldest for {behind:.0f} s")
        say(f"kept back      {', '.join(denied) or 'nothing'}")
        if stuck:
            say(f"can't be read  editions {', '.join(map(str, stuck))}: the log of the worker says why")
        if behind > _LATE:
            say("late           does the worker run, and is there room for the index? Its log says why")
        if health.message:
            say(f"message        {health.message}")
        if not health.ok or health.stale or stuck or behind > _LATE:
            raise CommandError("Search needs attention.")
