"""What the background worker does for search: keep the index in step, and build it where there is none."""

from __future__ import annotations

import logging
import threading
import time

from django.db import connection

from search.engines.base import EngineError, IndexMissing
from search.engines.fallback import backends
from search.factory import engine
from search.outbox.full_rebuild import AlreadyBuilding, rebuild
from search.outbox.indexer import drain, require_index

log = logging.getLogger("kodeks.search")

_COMPLAIN_EVERY = 60.0
_REST = 3.0
_CHECK_EVERY = 20.0
"""Seconds between two checks that there is an index, though nothing waits to be written."""


class Follower:
    """The job of the worker. While an engine is down the rows wait, and the index catches up."""

    def __init__(self, check_every: float = _CHECK_EVERY) -> None:
        self._complained = 0.0
        self._rest_until = 0.0
        self._checked = False
        self._check_every = check_every
        self._check_at = 0.0
        self._building: threading.Thread | None = None

    def __call__(self) -> int:
        """Drain the outbox; answer how many rows were done."""
        if time.monotonic() < self._rest_until:
            return 0
        try:
            if not self._checked:
                self._check_once()
            elif time.monotonic() >= self._check_at:
                self._check_again()
            return drain()
        except IndexMissing as error:
            self._build(str(error))
        except EngineError as error:
            self._rest_until = time.monotonic() + _REST
            if time.monotonic() - self._complained > _COMPLAIN_EVERY or not self._complained:
                self._complained = time.monotonic()
                log.warning("search waits for its engine: %s", error)
        return 0

    def _check_once(self) -> None:
        """Once, at the start: an index that another analysis wrote is rebuilt."""
        health = engine().health()
        self._checked = health.ok or health.stale
        if health.stale:
            self._build(health.message)

    def _check_again(self) -> None:
        """Checks that the index is not deleted or damaged. Raises IndexMissing."""
        self._check_at = time.monotonic() + self._check_every
        for part in backends(engine()):
            # Files that this process has mapped read as they were, also when they are damaged.
            part.reopen()
            require_index(part)

    def _build(self, why: str) -> None:
        """In a thread of its own, so that mails don't wait for it; the old index serves until then."""
        if self._building is not None and self._building.is_alive():
            return
        log.warning("building the search index: %s", why)
        self._building = threading.Thread(target=_build, name="search-index", daemon=True)
        self._building.start()


def _build() -> None:
    try:
        log.warning("the search index is built: %s texts", rebuild())
    except AlreadyBuilding:
        pass
    except Exception:
        log.exception("the search index could not be built")
    finally:
        connection.close()


keep_in_step = Follower()
"""The job of the worker."""
