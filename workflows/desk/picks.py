"""Whom a stage can ask, as the form that starts a review proposes it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from uuid import UUID

from people.models import Institution, User
from theme.names import spoken


@dataclass
class Pick:
    """An institution that can be asked in a stage, and its reviewers."""

    institution: Institution
    reviewers: list[User]
    chosen: bool = False
    person: int | None = None

    @property
    def name(self) -> str:
        return spoken(self.institution)

    def without(self, wrote: Set[UUID]) -> None:
        """Proposes nobody who ``wrote`` in the text: another reviewer of the institution, or any of them; where all of them
        wrote, the institution is not proposed."""
        free = [user.pk for user in self.reviewers if user.actor not in wrote]
        if not free:
            self.chosen, self.person = False, None
        elif self.person is not None and self.person not in free:
            self.person = free[0] if len(free) == 1 else None
