"""So many requests a minute from one person, or on the public host from one network, which is kept only as a
hash."""

from __future__ import annotations

import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from ninja.throttling import BaseThrottle

from people.throttle import network_of

_MINUTE = 60


class PerMinute(BaseThrottle):
    """Counted in the cache of the settings: by process where that is memory, by site where it is shared."""

    def __init__(self, most: int) -> None:
        self.most = most

    def allow_request(self, request: HttpRequest) -> bool:
        minute = int(time.time()) // _MINUTE
        key = f"search-api:{minute}:{_who(request)}"
        cache.add(key, 0, timeout=2 * _MINUTE)
        try:
            return int(cache.incr(key)) <= self.most
        except ValueError:
            # Thrown out of a full cache between the two steps.
            return True

    def wait(self) -> float:
        return _MINUTE - time.time() % _MINUTE


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"u{request.user.pk}"
    return salted_hmac("kodeks.search.limit", network_of(request)).hexdigest()[:24]
