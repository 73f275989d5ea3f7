"""First-use hints: one sentence on a main page, with the part of the guide that says more.

A hint goes away for good when a person closes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import User


@dataclass(frozen=True)
class Hint:
    """``guide`` and ``part``: the guide and the number of its heading."""

    text: str | Promise
    guide: str
    part: int


HINTS = {
    "desk:home": Hint(_("Your sections and what is out of date in them are listed here."), "drafters", 1),
    "desk:draft": Hint(_("Choose a section to write or translate it."), "drafters", 2),
    "desk:section": Hint(_("Your text counts once you choose Save."), "drafters", 2),
    "review:list": Hint(_("Open a review to read what has changed and to answer."), "reviewers", 2),
    "review:room": Hint(
        _("Read the changed sections first. Your answer is for the whole institution."), "reviewers", 3
    ),
    "coordinate:desk": Hint(
        _("Each review shows who has not answered and how many days are left."), "coordinators", 4
    ),
    "coordinate:review": Hint(_("The next step of this review stands at the top."), "coordinators", 4),
    "search:page": Hint(_("Type what you need to know, in any language of the region."), "practitioners", 1),
    "documents:edition": Hint(_("The coloured line says whether this text is in force."), "practitioners", 2),
    "people:directory": Hint(_("Choose a person to see their roles and to change them."), "operators", 1),
    "audit:trail": Hint(_("Choose a line to see its details."), "operators", 3),
    "wagtailadmin_home": Hint(_("Campaigns and numbers that need you are listed here."), "publishers", 1),
}


def hint_for(user: Any, view_name: str) -> Hint | None:
    """The hint of a page that the person has not closed yet."""
    hint = HINTS.get(view_name)
    if hint is None or not getattr(user, "is_authenticated", False) or is_dismissed(user, key_of(view_name)):
        return None
    return hint


def key_of(view_name: str) -> str:
    return f"hint:{view_name}"


def is_dismissed(user: Any, key: str) -> bool:
    return key in user.dismissed


def dismiss(user: User, key: str) -> None:
    if not is_dismissed(user, key):
        user.dismissed = [*user.dismissed, key]
        user.save(update_fields=["dismissed"])
