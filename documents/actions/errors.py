"""What can go wrong, in words for the person who asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from proposals.errors import Refused


class ActionError(Refused):
    """An action is not possible. ``message`` is the reason in the reader's language, ``code`` its name in the
    audit trail. ``stored`` is for later readers (documents.stored_messages); ``problems`` are the single
    reasons."""

    code = "not_possible"

    def __init__(self, message: str, code: str = "", stored: str = "") -> None:
        super().__init__(message)
        self.code = code or self.code
        self.stored = stored or message


class Problem(str):
    """One thing that must be done first. ``field``: the id of the form's field, empty where it is about the
    form itself. ``code``: its name in the audit trail."""

    field: str
    code: str

    def __new__(cls, text: str, field: str = "", code: str = "not_ready") -> Problem:
        created = super().__new__(cls, text)
        created.field, created.code = field, code
        return created


class Locked(ActionError):
    "You can't edit the text now."

    code = "locked"

    def __init__(self) -> None:
        super().__init__(
            _(
                "This text was submitted for review or adopted, so you can't change it. Nothing "
                "was overwritten."
            )
        )


class NotReady(ActionError):
    """Something else must be done first. ``problems`` lists it; a Problem also names a field of the form or a
    code for the audit trail. Its own code holds theirs, with blanks between them."""

    code = "not_ready"

    def __init__(self, problems: Sequence[str]) -> None:
        codes = dict.fromkeys(getattr(problem, "code", self.code) for problem in problems)
        super().__init__(" ".join(problems), " ".join(codes))
        self.problems = list(problems)


class Conflict(ActionError):
    """Somebody else has changed the same text. ``mine``: the body that was to be saved; ``theirs``: the one
    that is there now, with its hash."""

    code = "changed_meanwhile"

    def __init__(
        self,
        mine: Any = None,
        theirs: Any = None,
        theirs_hash: str = "",
        by_name: str = "",
        at: datetime | None = None,
    ) -> None:
        super().__init__(
            _("Someone else has changed this text. Your text is not saved yet; both texts are shown.")
        )
        self.mine = mine
        self.theirs = theirs
        self.theirs_hash = theirs_hash
        self.changed_by_name = by_name
        self.changed_at = at
