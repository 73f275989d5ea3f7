"""Whether roles, invitations and apps are those of which the audit trail tells. What an older Kodeks gave it told no hash of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from audit.models import Entry
from audit.verify import check, last_told, other_moment
from people.models import Invitation, Membership, SecondFactor
from people.trail.told import factor_hash, invitation_hash, membership_hash


@check
def memberships() -> Iterator[str]:
    """Every role is held by whom, where and how long the trail tells; none is gone or was added."""
    made = ("join", "take_over", "add_operator")
    last = last_told(*made, "confirm_role", "refuse_role", "end_membership")
    yield from _as_told("membership", Membership.objects.order_by("pk"), made, last, membership_hash)


@check
def invitations() -> Iterator[str]:
    """Every invitation leads into the role that the trail tells, and was taken up once, where it says so."""
    rows = Invitation.objects.order_by("pk")
    yield from _as_told("invitation", rows, ("invite",), last_told("invite"), invitation_hash)
    joined = {
        entry.detail["invitation"]: entry
        for entry in last_told("join").values()
        if "invitation" in entry.detail
    }
    first = min((pk for pk in joined if isinstance(pk, int)), default=None)
    for invitation in rows:
        entry = joined.get(invitation.pk)
        if entry is not None and other_moment(entry, invitation.accepted):
            yield f"invitation:{invitation.pk}: it was not accepted when the trail tells"
        elif (
            entry is None and first is not None and invitation.pk > first and invitation.accepted is not None
        ):
            yield f"invitation:{invitation.pk}: it was accepted, and the trail does not say so"


def _as_told(
    kind: str,
    rows: Iterable[Any],
    made: tuple[str, ...],
    last: dict[str, Entry],
    hash_of: Callable[[Any], str],
) -> Iterator[str]:
    """``made`` are the verbs that make a row: from the first of which the trail has the hash, it knows every row."""
    key = f"{kind}_sha256"
    hashed = [name.partition(":")[2] for name, entry in last_told(*made).items() if key in entry.detail]
    first = min((int(pk) for pk in hashed if pk.isdecimal()), default=None)
    for row in rows:
        name = f"{kind}:{row.pk}"
        entry = last.pop(name, None)
        if entry is None:
            if first is not None and row.pk > first:
                yield f"{name}: the trail does not know it"
        elif entry.detail.get(key, now := hash_of(row)) != now:
            yield f"{name}: it is not as the trail tells"
    for name in sorted(last):
        yield f"{name}: the trail tells of it, and it is gone"


@check
def apps() -> Iterator[str]:
    """Every app that gives codes was set up by the person themselves, as the trail tells; none is gone unless it was taken back,
    or was put in the place of another."""
    set_up, taken_back = "set_up_second_factor", "take_back_second_factor"
    last = {name: entry for name, entry in last_told(set_up, taken_back).items() if entry.verb == set_up}
    for factor in SecondFactor.objects.exclude(confirmed=None).order_by("pk"):
        name = f"user:{factor.user_id}"
        entry = last.pop(name, None)
        if entry is None:
            yield f"{name}: an app was set up for this person, and the trail does not say so"
        elif entry.detail.get("factor_sha256", now := factor_hash(factor)) != now:
            yield f"{name}: the app of this person is not the one that they set up"
    for name in sorted(last):
        yield f"{name}: the app that this person set up is gone"
