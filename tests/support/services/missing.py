"""What to say, and do, when a service can't be had on this machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

import pytest

T = TypeVar("T")


class Missing(RuntimeError):
    """A service can't be started here. `what` is missing, and `how` is a way to get it."""

    def __init__(self, what: str, how: str) -> None:
        super().__init__(f"{what} is missing. {how}")
        self.what = what
        self.how = how


def in_ci() -> bool:
    """Whether a missing service is an error (CI=true) and not a reason to skip."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def provide(start: Callable[[], T]) -> T:
    """The service; or, where it is missing, a skip that says how to get it; with CI=true a failure."""
    try:
        return start()
    except Missing as reason:
        if in_ci():
            pytest.fail(str(reason), pytrace=False)
        pytest.skip(str(reason))
