"""Give up a text that was not adopted; end one that was, by an act and without a successor."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.actions.adopt_edition import today_in
from documents.actions.errors import ActionError
from documents.actions.locking import hold
from documents.choices import State
from documents.models import Edition
from documents.signals import edition_moved
from documents.text import plain_text
from people.access import require
from people.models import User
from people.roles import Verb


def withdraw(by: User, edition: Edition, reason: str) -> None:
    """Gives up a draft, or a text in review or approved; those who worked on it still read it."""
    _end(by, edition, reason, State.WITHDRAWN, (State.DRAFT, State.IN_REVIEW, State.APPROVED), None)


def repeal(by: User, edition: Edition, reason: str, until: date) -> None:
    """A text in force is repealed; ``until`` is the first day on which it no longer holds."""
    check_repeal_day(edition, until)
    _end(by, edition, reason, State.REPEALED, (State.IN_FORCE,), until)


def check_repeal_day(edition: Edition, until: date) -> None:
    """Raises ActionError for a day to come, or before the text was in force."""
    first = edition.valid_from
    if until > today_in(edition) or (first is not None and until < first):
        raise ActionError(_("Enter a day since the text came into force, and not a day to come."), "day")


def _end(
    by: User, edition: Edition, reason: str, state: State, before: tuple[State, ...], until: date | None
) -> None:
    require(by, Verb.ADOPT, edition)
    reason = plain_text(reason)
    if not reason.strip():
        raise ActionError(_("Enter the reason. Everyone who worked on the text will read it."))
    with transaction.atomic():
        locked = hold(edition)
        if locked.state not in before:
            raise ActionError(_("You can't do this in the current state of the text."))
        was, locked.state = locked.state, state
        if until is not None:
            locked.valid_until = until
        more = {} if until is None else {"until": str(until)}
        # Before the state, as the database wants it (documents.guards).
        audit.record(str(state), locked, by, reason=reason, **more)
        locked.save(update_fields=["state", "valid_until"])
        locked.reopen_reason = reason
        edition_moved.send(sender=Edition, edition=locked, before=was)
