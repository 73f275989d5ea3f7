"""Errors at a field for a PDF that does something by itself, or of which nobody can know."""

from __future__ import annotations

from typing import Any

from django.forms import ValidationError
from django.utils.translation import gettext as _

from documents.signatures.files import look_at_file
from documents.signatures.still import Look
from documents.word.file.confined import serving_request
from files.checks import require_kind
from files.kinds import Kind


def require_still_pdf(file: Any, problem: str) -> Any:
    """The file, if it is a PDF that does nothing by itself. Raises ValidationError."""
    require_kind(file, {Kind.PDF}, problem)
    with serving_request(False):  # ten seconds at most, and the form says at once what is wrong
        found = look_at_file(file.read())
    file.seek(0)
    if found == Look.ACTIVE:
        raise ValidationError(
            _(
                "This PDF file contains a script, a program or other files. "
                "Ask its issuer for a file without them. Saving it again destroys an electronic signature."
            ),
            code="active",
        )
    if found == Look.UNREADABLE:
        raise ValidationError(
            _(
                "This PDF file can't be checked: it is damaged, too large or has a password. "
                "Ask its issuer for a file without a password. "
                "Saving it again destroys an electronic signature."
            ),
            code="unreadable",
        )
    return file
