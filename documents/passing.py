"""What goes wrong for a time only: the database or the storage is away. A task is then done again."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError


class Passing(Exception):
    """A task could not be done now. The worker does it again later (config.running.left_tasks)."""


def is_passing(problem: BaseException) -> bool:
    """Whether the same may succeed later, without anybody changing anything."""
    if isinstance(problem, FileNotFoundError):
        return False
    of_storage = any(kind.__module__.startswith("botocore") for kind in type(problem).__mro__)
    return of_storage or isinstance(problem, OSError | OperationalError | InterfaceError)
