"""Refusals of a review, each in words that say what happened and what to do."""

from __future__ import annotations

from documents.actions.errors import ActionError


class Refused(ActionError):
    """Something that a review does not let happen; ``code`` is what the audit trail calls it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, code)
