"""Whom a stage can ask, as the form that starts a review proposes it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from people.models import Institution, User
from theme.localized_names import localized_name


@dataclass
class Pick:
    """An institution that can be asked in a stage, and its reviewers."""

    institution: Institution
    reviewers: list[User]
    chosen: bool = False
    person: int | None = None
    wrote: frozenset[int] = frozenset()
    """Which of the reviewers can't be asked, as they wrote in the text, by their numbers."""
    why: str = ""
    """Why the institution, or who was asked there before, is not proposed, in words."""

    @property
    def name(self) -> str:
        return localized_name(self.institution)

    def without(self, authors: Set[UUID]) -> None:
        """Proposes nobody who wrote in the text, as its ``authors`` did: another reviewer of the institution,
        or any of them; where all of them wrote, the institution is not proposed."""
        asked, was_chosen = self.person, self.chosen
        self.mark(authors)
        free = [user.pk for user in self.reviewers if user.pk not in self.wrote]
        if not free:
            self.chosen, self.person = False, None
        elif self.person is not None and self.person not in free:
            self.person = free[0] if len(free) == 1 else None
            former = next((user for user in self.reviewers if user.pk == asked), None)
            if was_chosen and former is not None:
                said = _("%(name)s, who was asked before, wrote in this text and can't answer for it.")
                self.why = said % {"name": localized_name(former.name)}

    def mark(self, authors: Set[UUID]) -> None:
        """Says who of the reviewers is one of the ``authors`` of the text, and where all of them are."""
        self.wrote = frozenset(user.pk for user in self.reviewers if user.actor in authors)
        if len(self.wrote) == len(self.reviewers):
            self.why = _("Every reviewer of this institution wrote in this text, so it can't answer for it.")
