"""Why a proposal is not taken or not decided, in words for the person who asked."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something can't be done now. ``message`` is the reason in the reader's language, ``code`` its name in
    the trail. Apps have further ones; ``says`` is the reason of a class, ``problems`` are the single ones."""

    says: ClassVar[str | Promise] = ""
    code = "not_possible"

    def __init__(self, message: str = "") -> None:
        self.message = message or str(self.says)
        self.problems: list[str] = [self.message]
        super().__init__(self.message)


class Waits(Refused):
    """Another proposal about the same thing still waits for a second person."""

    says = _("This has already been proposed and is waiting for a second person.")
    code = "waits"


class Decided(Refused):
    """Somebody else confirmed or refused it meanwhile."""

    says = _("Somebody else has already decided this.")
    code = "decided"


class Stale(Refused):
    """Somebody changed the thing since: what is proposed is not what stands any more."""

    says = _("The text has changed since it was proposed. Propose it again.")
    code = "changed"


class Altered(Refused):
    """The trail does not tell of this proposal, or of another one."""

    says = _("The audit trail does not show this proposal. Reject it and ask for it to be proposed again.")
    code = "altered"
