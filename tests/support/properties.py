"""How many examples a property is tried with: few in `make test`, all in `make test-long`."""

from __future__ import annotations

import os

from hypothesis import settings

LONG = bool(os.environ.get("KODEKS_LONG"))


def examples(count: int) -> int:
    """``count`` in a long run, a sixth of it else."""
    return count if LONG else max(10, count // 6)


settings.register_profile("kodeks", deadline=None, max_examples=examples(200))
settings.load_profile("kodeks")
