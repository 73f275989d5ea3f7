"""Checks of ``verify_audit``: nobody is a superuser; the trail knows every address and second factor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.utils import timezone

from audit.guards import GRANTING
from audit.verify import check, entries, last_entries
from people.actions.make_nameless import NOBODY
from people.models import MailLink, Membership, User
from people.second_factor import fingerprints

CHANGING = (
    "set_up_second_factor", "remove_second_factor", "new_recovery_codes", "take_back_second_factor",
)  # fmt: skip


@check(people_user="is_superuser")
def superusers() -> Iterator[str]:
    """A superuser of Wagtail asks no role."""
    for user in User.objects.filter(is_superuser=True).order_by("pk"):
        yield f"user:{user.pk}: it is a superuser, which Kodeks makes nobody"


@check(people_user="email address_salt")
def addresses() -> Iterator[str]:
    """Everybody has the address to which they were invited, or none since their name was removed."""
    known = {
        entry.thing: entry.detail["address_sha256"]
        for entry in entries(*GRANTING)
        if "address_sha256" in entry.detail
    }
    nameless = last_entries("make_nameless")
    changed: dict[str, None] = {}
    for membership in Membership.objects.select_related("user").order_by("user", "pk"):
        user, wanted = membership.user, known.get(f"membership:{membership.pk}")
        if f"user:{user.pk}" in nameless:
            differs = user.email != f"{user.actor}{NOBODY}"
        else:
            differs = wanted is not None and user.address_sha256 != wanted
        if differs:
            changed[f"user:{user.pk}: the trail tells of another address"] = None
    yield from changed


@check(mfa_authenticator="user_id data", added="mfa_authenticator", gone="mfa_authenticator")
def second_factors() -> Iterator[str]:
    """Every app, passkey and set of recovery codes is one of which the last change of the trail tells."""
    changed = last_entries(*CHANGING)
    active = Membership.objects.active().values("user")
    for user in User.objects.filter(is_active=True, pk__in=active).order_by("pk"):
        entry = changed.get(f"user:{user.pk}")
        if entry is not None and not set(entry.detail.get("keys", ())) <= set(fingerprints(user)):
            yield f"user:{user.pk}: a second factor that the trail tells of is gone"
    for user in User.objects.filter(pk__in=Authenticator.objects.values("user")).order_by("pk"):
        entry = changed.get(f"user:{user.pk}")
        if entry is None or entry.verb == "take_back_second_factor":
            yield f"user:{user.pk}: the trail tells of no second factor"
        elif "keys" in entry.detail and not set(fingerprints(user)) <= set(entry.detail["keys"]):
            yield f"user:{user.pk}: the trail tells of another second factor"


@check(people_maillink="user_id token_sha256")
def links() -> Iterator[str]:
    """Every link that still signs in was sent."""
    sent = {(entry.thing, entry.detail.get("link_sha256")) for entry in entries("mail_link")}
    for link in MailLink.objects.filter(used=None, expires__gt=timezone.now()).order_by("pk"):
        if (f"user:{link.user_id}", link.token_sha256) not in sent:
            yield f"maillink:{link.pk}: the trail does not say that it was sent"


@check(
    people_user="name",
    people_formername="user_id name until",
    added="people_formername",
    gone="people_formername",
)
def names() -> Iterator[str]:
    """Everybody has the name that the trail had last, and was called before what it had then."""
    known: dict[str, str] = {}
    former: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entry in entries(*GRANTING, "change_name"):
        if "name_sha256" not in entry.detail:
            continue
        person = str(entry.actor) if entry.verb in ("join", "change_name") else entry.detail["to"]
        known[person] = entry.detail["name_sha256"]
        if entry.verb == "change_name":
            former[person].add((entry.detail["former_sha256"], entry.detail["moment"]))
    nameless = last_entries("make_nameless")
    for user in User.objects.prefetch_related("former_names").order_by("pk"):
        if f"user:{user.pk}" in nameless:
            continue
        actor, rows = str(user.actor), user.former_names.all()
        earlier = {(user.name_sha256(one.name), one.until.isoformat()) for one in rows}
        if known.get(actor, user.name_sha256(user.name)) != user.name_sha256(user.name):
            yield f"user:{user.pk}: the trail tells of another name"
        if earlier != former[actor]:
            yield f"user:{user.pk}: the trail tells of other former names"
