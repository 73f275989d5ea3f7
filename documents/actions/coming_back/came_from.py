"""From the text in which language a Word file was taken that comes back."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from django.utils.translation import gettext as _

from documents.actions.errors import ActionError
from documents.models import Edition
from documents.text_history import text_starting
from theme.locales import native_name

LOOKED_AT = 40
"""How many sections are asked."""


def require_language(edition: Edition, language: str, states: Mapping[str, str]) -> None:
    """``states``: by uid, the start of the hash of the text that was sent out, as the file's bookmarks name it. Raises
    ActionError where they are those of another language."""

    def known(language: str) -> bool:
        found = (text_starting(edition, uid, language, start) for uid, start in states.items() if start)
        return any(body is not None for body in islice(found, LOOKED_AT))

    if known(language):
        return
    for other in edition.instrument.languages:
        if other != language and known(other):
            raise ActionError(
                _(
                    "This file was taken from the text in %(language)s. Choose that language. Nothing was stored."
                )
                % {"language": native_name(other)}
            )
