"""Whether addresses, roles, invitations, apps, countries and institutions are those of which the audit trail tells. What an older
Kodeks gave it told no hash of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from audit.models import Entry
from audit.verify import check, last_told, other_moment, told
from people.models import Country, Institution, Invitation, Membership, SecondFactor, User
from people.trail.audit_payloads import (
    country_hash,
    factor_hash,
    institution_hash,
    invitation_hash,
    membership_hash,
    other_address,
)


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
    invited = last_told("invite")
    for invitation in rows:
        entry = invited.get(f"invitation:{invitation.pk}")
        if entry is not None and other_address(entry.detail, invitation.email):
            yield f"invitation:{invitation.pk}: it is for another address than the trail tells"
    gone = _taken_out()
    last = {name: entry for name, entry in invited.items() if name not in gone}
    yield from _as_told("invitation", rows, ("invite",), last, invitation_hash)
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


def _taken_out() -> set[str]:
    """The invitations that went with the name and address of somebody who has left."""
    found: set[Any] = set()
    of_actor = {entry.actor: entry.detail.get("invitation") for entry in told("join")}
    actors = {f"user:{pk}": actor for pk, actor in User.objects.values_list("pk", "actor")}
    for entry in told("make_nameless"):
        # An older Kodeks named none; one of them at least brought the person here.
        found |= set(entry.detail.get("invitations", [of_actor.get(actors.get(entry.thing))]))
    return {f"invitation:{pk}" for pk in found}


@check
def addresses() -> Iterator[str]:
    """Everybody has the address with which they joined: a link in a mail to it signs them in. Whose name was taken out has
    none, and does not sign in."""
    people: dict[Any, User] = {user.actor: user for user in User.objects.order_by("pk")}
    by_name = {f"user:{user.pk}": user for user in people.values()}
    of_membership = dict(Membership.objects.values_list("pk", "user__actor"))
    last: dict[Any, Entry] = {}
    for entry in told("join", "add_operator", "make_nameless"):
        if entry.verb == "make_nameless":
            user = by_name.get(entry.thing)
        elif entry.verb == "join":
            user = people.get(entry.actor)
        else:
            number = entry.thing.partition(":")[2]
            user = people.get(of_membership.get(int(number))) if number.isdecimal() else None
        if user is not None:
            last[user.actor] = entry
    for actor, entry in last.items():
        user = people[actor]
        if other_address(entry.detail, user.email):
            yield f"user:{user.pk}: this person has another address than the trail tells"
        if entry.verb == "make_nameless" and user.is_active:
            yield f"user:{user.pk}: the name of this person was taken out, and they may sign in"


@check
def countries() -> Iterator[str]:
    """Every country and institution is as it was saved last, where the trail tells of it."""
    yield from _as_saved("country", Country.objects.order_by("pk"), country_hash)
    yield from _as_saved("institution", Institution.objects.order_by("pk"), institution_hash)


def _as_saved(kind: str, rows: Iterable[Any], hash_of: Callable[[Any], str]) -> Iterator[str]:
    saved = last_told(f"save_{kind}")
    for row in rows:
        entry = saved.get(f"{kind}:{row.pk}")
        if entry is not None and entry.detail.get("saved_sha256", now := hash_of(row)) != now:
            yield f"{kind}:{row.pk}: it is not as it was saved"


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
