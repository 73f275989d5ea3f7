"""Bring approved editions into force on their day: for the worker."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from documents.actions.adopt_edition import bring_into_force, today_in
from documents.actions.locking import hold
from documents.choices import State
from documents.models import Edition


def enter_due(today: date | None = None) -> list[Edition]:
    """Brings every approved edition whose day has come in its country into force; gives them. ``today`` is
    for tests."""
    entered = []
    for candidate in Edition.objects.filter(state=State.APPROVED).order_by("valid_from"):
        with transaction.atomic():
            edition = hold(candidate)
            due = edition.valid_from is not None and edition.valid_from <= (today or today_in(edition))
            if edition.state == State.APPROVED and due:
                bring_into_force(edition, None)
                entered.append(edition)
    return entered
