"""Whether everything that the site needs works, for a monitor: ``/statusz``.

A proxy asks ``/readyz`` instead: while the search or the storage is away, pages are served all the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse

from config import health, lease
from search.engines.base import EngineError
from search.factory import engine
from search.outbox.indexer import require_index

PAUSE = 5.0
"""So many seconds an answer is given again: nobody makes the services busy by asking."""


@dataclass(frozen=True)
class Need:
    """Something that the site needs. ``works`` may raise: then it is away."""

    name: str
    works: Callable[[], bool]


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _search() -> bool:
    try:
        require_index(engine())
    except EngineError:
        return False
    return True


def _storage() -> bool:
    default_storage.exists("readyz")
    return True


NEEDS = (
    Need("database", _database),
    Need("storage", _storage),
    Need("search", _search),
    Need("worker", lease.is_held),
    Need("trail", lambda: health.head() is not None),
    Need("backup", lambda: health.backup().state != health.State.BAD),
)

_last: tuple[float, int, str] | None = None


def statusz(request: HttpRequest) -> HttpResponse:
    """A line for each need, and 503 where one is away."""
    global _last
    if _last is None or time.monotonic() - _last[0] > PAUSE:
        found = {need.name: works(need) for need in NEEDS}
        lines = [f"{name}: {'ok' if there else 'away'}\n" for name, there in found.items()]
        _last = time.monotonic(), 200 if all(found.values()) else 503, "".join(lines)
    return HttpResponse(_last[2], status=_last[1], content_type="text/plain")


def works(need: Need) -> bool:
    """Whether it is there now."""
    try:
        return need.works()
    except Exception:  # a service that is away says so in many ways
        return False
