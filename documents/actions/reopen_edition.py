"""Reopen a text that is in review: it is a draft again, and the sign-offs given no longer count."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.choices import State
from documents.models import Edition, LanguageVersion
from documents.signals import edition_moved
from documents.text import plain_text
from people.access import require
from people.models import User
from people.roles import Verb


@record_refusals("reopen")
def reopen_edition(by: User, edition: Edition, reason: str) -> None:
    """The workflows hear of it by ``edition_moved`` and void what was given. Raises ActionError without a
    reason, or where the edition is not in review."""
    require(by, Verb.REOPEN, edition)
    reason = plain_text(reason)
    if not reason.strip():
        raise ActionError(
            _("Enter the reason for reopening the text. Everyone whose sign-off is cancelled will read it.")
        )
    with transaction.atomic():
        locked = hold(edition)
        if locked.state != State.IN_REVIEW:
            raise ActionError(_("Only a text in review can be reopened."))
        # Before the state: the database lets a text out of its review by this entry alone (documents.guards).
        audit.record("reopen", locked, by, reason=reason)
        Edition.objects.filter(pk=locked.pk).update(state=State.DRAFT, sha256="", submitted=None)
        LanguageVersion.objects.filter(edition=locked).update(sha256="")
        locked.refresh_from_db()
        locked.reopen_reason = reason
        edition_moved.send(sender=Edition, edition=locked, before=State.IN_REVIEW)
