"""Count requests of one person or network, for all processes together."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from limits.models import RequestCount
from people.throttle import network_of

log = logging.getLogger("kodeks.limits")

MINUTE = 60
COUNT = """
    INSERT INTO limits_requestcount (key, number, until) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET number = limits_requestcount.number + 1 RETURNING number
"""


def within_limit(request: HttpRequest, what: str, most: int, seconds: int = MINUTE) -> bool:
    """Count a request, and say whether it is one of the first ``most`` in this stretch of time.

    One statement, so that of many at once no more pass. A database that takes no writes costs a count, not
    the page.
    """
    stretch = int(time.time()) // seconds
    key = salted_hmac("limits.count", f"{what}:{stretch}:{_who(request)}", algorithm="sha256").hexdigest()
    until = datetime.fromtimestamp((stretch + 1) * seconds, UTC)
    try:
        if connection.in_atomic_block:
            with transaction.atomic():
                return _count(key, until) <= most
        return _count(key, until) <= most
    except DatabaseError as problem:
        log.warning("a request was not counted: %s", problem)
        return True


def forget_counts() -> int:
    """Removes what no limit counts any more."""
    return RequestCount.objects.filter(until__lt=timezone.now()).delete()[0]


def _count(key: str, until: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, until])
        return int(cursor.fetchone()[0])


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"u{request.user.pk}"
    return network_of(request)
