"""Checks of ``verify_audit``: every role and invitation is one that an entry of the audit trail gave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from audit.guards import GRANTING
from audit.models import Entry
from audit.verify import check, last_entries
from people.models import Invitation, Membership
from people.roles import Role


@check(people_membership="user_id institution_id role confirmed ends")
def roles() -> Iterator[str]:
    """Every role has the person, kind and institution that the trail names. It counts only where it was
    confirmed, and it ended where the trail says so."""
    granted, confirmed = last_entries(*GRANTING), last_entries("confirm_role")
    ended = last_entries("end_membership", "refuse_role")
    for membership in Membership.objects.select_related("user", "institution").order_by("pk"):
        name = f"membership:{membership.pk}"
        entry = granted.get(name)
        if entry is None:
            place = membership.institution.key
            yield f"{name}: no entry of the trail grants this role ({membership.role}, {place})"
            continue
        if not _same(entry, membership) or _person(entry, membership) != str(membership.user.actor):
            yield f"{name}: the trail grants another role, or to somebody else"
        if entry.detail.get("waits") and membership.confirmed is not None and name not in confirmed:
            yield f"{name}: it counts, and the trail does not say that anybody confirmed it"
        end = ended.get(name)
        if end is None and membership.ends is not None:
            yield f"{name}: the trail does not say that it ended"
        elif end is not None and not _ended_then(end, membership.ends):
            yield f"{name}: the trail says that it ended"


@check(people_invitation="institution_id role")
def invitations() -> Iterator[str]:
    """Every invitation is into the role and institution that the trail names."""
    invited = last_entries("invite")
    for invitation in Invitation.objects.select_related("institution").order_by("pk"):
        entry = invited.get(f"invitation:{invitation.pk}")
        if entry is None:
            yield f"invitation:{invitation.pk}: no entry of the trail tells of it"
        elif not _same(entry, invitation):
            yield f"invitation:{invitation.pk}: the trail tells of another role or institution"


def _ended_then(entry: Entry, ends: date | None) -> bool:
    """Entries of an older Kodeks name no day, which was the day of the entry."""
    day = str(timezone.localdate(entry.at))
    return ends is not None and str(ends) == entry.detail.get("until", min(day, str(ends)))


def _same(entry: Entry, row: Membership | Invitation) -> bool:
    role = Role.OPERATOR if entry.verb == "add_operator" else row.role
    wanted = {"role": role, "institution": row.institution.key} | entry.detail
    return (wanted["role"], wanted["institution"]) == (row.role, row.institution.key)


def _person(entry: Entry, membership: Membership) -> str:
    """Whom the entry gives the role to. Entries of an older Kodeks do not always say so."""
    return str(entry.actor) if entry.verb == "join" else entry.detail.get("to", str(membership.user.actor))
