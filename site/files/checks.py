"""Errors at a field for a file of another kind than its name says."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.forms import ValidationError

from files.kinds import Kind, kind_of

WORD = frozenset({Kind.WORD, Kind.OFFICE, Kind.OLD_OFFICE})
"""An old or protected Word file is refused by its reader, which says what to do about it."""


def require_kind(file: Any, kinds: Collection[Kind], problem: str) -> Any:
    """The file, if its content is of one of these kinds. Raises ValidationError."""
    if kind_of(file) not in kinds:
        raise ValidationError(problem, code="kind")
    return file
