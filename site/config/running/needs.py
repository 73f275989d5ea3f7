"""What the site needs to work, and whether it is there: for ``/readyz``, ``/statusz``, the page *Health*,
``kodeks check`` and the measurements."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from audit.models import Entry
from audit.trail import digest
from config.running import lease
from search.engines.base import EngineError
from search.factory import engine
from search.outbox.indexer import require_index

PAUSE = 5.0
"""So many seconds an answer is given again: nobody makes the services busy by asking."""
PATIENCE = 3.0
"""After so many seconds without an answer a service is away."""
OLDEST_BACKUP = timedelta(days=7)


@dataclass(frozen=True)
class Need:
    """Something that the site needs. ``works`` may raise: then it is away. ``in_database``: it can't be asked
    while the database is away."""

    name: str
    works: Callable[[], bool]
    in_database: bool = True


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


def _trail() -> bool:
    """The last entry is there, and its hash is that of what it says."""
    last = head()
    return last is not None and digest(last) == last.sha256


def _backup() -> bool:
    at = last_backup()
    return at is not None and timezone.now() - at < OLDEST_BACKUP


def head() -> Entry | None:
    """The last entry of the audit trail."""
    return Entry.objects.order_by("-id").first()


def last_backup() -> datetime | None:
    return Entry.objects.filter(verb="record_backup").order_by("-id").values_list("at", flat=True).first()


DATABASE = "database"
TRAIL = Need("trail", _trail)
STORAGE = Need("storage", _storage, in_database=False)
NEEDS = (
    Need(DATABASE, _database),
    STORAGE,
    Need("search", _search, in_database=False),
    Need("worker", lease.is_held),
    TRAIL,
    Need("backup", _backup),
)

_asking = ThreadPoolExecutor(2, thread_name_prefix="needs")
_last: tuple[float, dict[str, bool]] | None = None


def look() -> dict[str, bool]:
    """Of each need whether it is there, not older than some seconds."""
    global _last
    if _last is None or time.monotonic() - _last[0] > PAUSE:
        _last = time.monotonic(), ask()
    return _last[1]


def ask() -> dict[str, bool]:
    """The same, asked now. Services that hang are waited for together, and not long."""
    asked = {need.name: _asking.submit(works, need) for need in NEEDS if not need.in_database}
    end, found = time.monotonic() + PATIENCE, dict[str, bool]()
    for need in NEEDS:
        if need.in_database:
            found[need.name] = found.get(DATABASE, True) and works(need)
        else:
            try:
                found[need.name] = asked[need.name].result(max(0.0, end - time.monotonic()))
            except TimeoutError:
                found[need.name] = False
    return found


def works(need: Need) -> bool:
    """Whether it is there now."""
    try:
        return need.works()
    except Exception:  # a service that is away says so in many ways
        return False
