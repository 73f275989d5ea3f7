"""How many examples a property is tried with: few in `make test`, all in `make test-long`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

LONG = bool(os.environ.get("KODEKS_LONG"))


def examples(count: int, least: int = 5) -> int:
    """``count`` in a long run, a sixth of it else, but ``least``."""
    return count if LONG else max(least, count // 6)


def load_profile() -> None:
    """Set what holds for every property. Drawing is slow on a busy machine, which says nothing of what is
    drawn."""
    settings.register_profile(
        "kodeks",
        deadline=None,
        max_examples=examples(200),
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("kodeks")
