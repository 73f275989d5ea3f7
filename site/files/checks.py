"""Errors at a field for a file of another kind than its name says."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.forms import ValidationError
from django.utils.translation import gettext as _

from files.kinds import Kind, kind_of
from files.pdf import is_active

WORD = frozenset({Kind.WORD, Kind.OFFICE, Kind.OLD_OFFICE})
"""An old or protected Word file is refused by its reader, which says what to do about it."""


def require_kind(file: Any, kinds: Collection[Kind], problem: str) -> Any:
    """The file, if its content is of one of these kinds. Raises ValidationError."""
    if kind_of(file) not in kinds:
        raise ValidationError(problem, code="kind")
    return file


def require_still_pdf(file: Any, problem: str) -> Any:
    """The file, if it is a PDF that does nothing by itself. Raises ValidationError."""
    require_kind(file, {Kind.PDF}, problem)
    active = is_active(file.read())
    file.seek(0)
    if active:
        raise ValidationError(
            _("This PDF file contains a script, a program or other files. Save it as PDF/A and try again."),
            code="active",
        )
    return file
