"""End a session in which nothing happened for long. What the editor stores by itself counts as something."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

LONGEST = 3 * 3600
NOTED = 300
"""Seconds after which activity is noted anew: not every request writes to the database."""
SEEN = "seen"


@receiver(user_logged_in)
def begin(request: Any, **_signal: Any) -> None:
    if request is not None:
        request.session[SEEN] = int(time.time())


class IdleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.public and request.user.is_authenticated:
            now, seen = int(time.time()), request.session.get(SEEN, 0)
            if seen and now - seen > LONGEST:
                logout(request)
            elif now - seen > NOTED:
                request.session[SEEN] = now
        return self.get_response(request)
