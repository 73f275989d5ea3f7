"""Who may do what with recordings, audio and video: the rules of :mod:`public.publishing`."""

from __future__ import annotations

from typing import Any

from people.access import has_role
from people.roles import Role
from public.publishing import may_publish


def may_record(user: Any, country: str | None) -> bool:
    return may_publish(user, country)


def may_see(user: Any, country: str | None) -> bool:
    """The operator too: what does harm is taken off the site at once."""
    return may_publish(user, country) or has_role(user, Role.OPERATOR)
