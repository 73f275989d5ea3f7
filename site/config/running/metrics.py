"""Measurements for Prometheus, on an inner address that no reader reaches (docs/logs-and-metrics.md).

gunicorn listens there too (deploy/gunicorn.py); the socket that a request came by decides, and no header. No
label has a name, an id, a path or a word.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from config.running import health, lease, needs

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Kodeks(Collector):
    """What the page *Health* shows, as numbers."""

    def collect(self) -> Iterator[Gauge]:
        found = needs.look()
        up = Gauge("kodeks_up", "Whether something that the site needs is there.", labels=["need"])
        for name, there in found.items():
            up.add_metric([name], float(there))
        yield up
        if found[needs.DATABASE]:
            yield from _counted()


def _counted() -> Iterator[Gauge]:
    waits = Gauge("kodeks_waiting", "How many wait to be done.", labels=["queue"])
    ages = Gauge("kodeks_waiting_oldest_seconds", "How long the oldest has waited.", labels=["queue"])
    for queue, (number, since) in health.waiting().items():
        waits.add_metric([queue], number)
        ages.add_metric([queue], _age(since))
    yield waits
    yield ages
    yield Gauge("kodeks_workers", "Background workers that run.", value=len(lease.living()))
    yield Gauge("kodeks_failed_tasks", "Background tasks that failed in 7 days.", value=health.failed_tasks())
    yield Gauge("kodeks_disk_free_ratio", "Free part of the disk.", value=health.disk_free())
    last = needs.head()
    if last is not None:
        yield Gauge("kodeks_trail_entries", "Number of the last entry of the audit trail.", value=last.pk)
        yield Gauge("kodeks_trail_head_age_seconds", "Age of the last entry.", value=_age(last.at))
    if (backup := needs.last_backup()) is not None:
        yield Gauge("kodeks_backup_age_seconds", "Age of the last backup.", value=_age(backup))


def _age(since: Any) -> float:
    return max(0.0, (timezone.now() - since).total_seconds()) if since else 0.0


def page() -> bytes:
    """All measurements of all processes of this site."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
    if settings.KODEKS_HOST != "public":  # the office tells of all that both hosts need
        registry.register(Kodeks())
    try:
        return generate_latest(registry)
    finally:
        close_old_connections()


def with_metrics(application: Application) -> Application:
    """The application that answers on the inner address with the measurements, and elsewhere as it is."""
    port = settings.KODEKS_METRICS_ADDRESS.rpartition(":")[2]
    if not port:
        return application
    if settings.KODEKS_HOST == "public":
        port = str(int(port) + 1)  # as deploy/gunicorn.py has it

    def is_inner(environ: dict[str, Any]) -> bool:
        """By the socket that took the connection: gunicorn may read SERVER_PORT from a header."""
        taken = environ.get("gunicorn.socket")
        name = taken.getsockname() if taken else ""
        return bool(name) and port == (name if isinstance(name, str) else str(name[1]))

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not is_inner(environ):
            return application(environ, start_response)
        if environ["PATH_INFO"] != "/metrics" or environ["REQUEST_METHOD"] != "GET":
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"There is only GET /metrics.\n"]
        try:
            text = page()
        except DatabaseError:
            start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
            return [b"The database does not answer.\n"]
        start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
        return [text]

    return answer
