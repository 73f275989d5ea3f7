"""Writing and checking the trail."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import rfc8785
from django.db import connection, models, transaction
from django.utils import timezone

from audit.models import Entry, FurtherRefusals, Reason

FIRST = "0" * 64
LOCK = 7_310_411  # any number: the name of the advisory lock that puts the writers of the trail in a row


def thing_name(thing: models.Model | str) -> str:
    """How the trail names an object: "edition:12"."""
    if isinstance(thing, str):
        return thing
    return f"{thing._meta.model_name}:{thing.pk}"


def hold() -> None:
    """Locks the trail until the end of the transaction. :func:`record` does so itself; ask for it alone
    where a row is changed first that others change after recording (:mod:`documents.actions.locking`).
    Raises RuntimeError outside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("The audit trail is held in the transaction of what is recorded.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def record(
    verb: str,
    thing: models.Model | str,
    actor: Any = None,
    *,
    refused: bool = False,
    reason: str = "",
    **detail: Any,
) -> Entry:
    """Writes that ``actor`` (a person or None for Kodeks itself) did ``verb`` to ``thing``.

    ``detail`` holds plain JSON values; never the text of a document, never a name, and nothing that somebody
    typed. A ``reason`` is stored outside the trail, which has its hash (:mod:`audit.notes`). Must be in the
    transaction of what it records: outside of one it raises RuntimeError.
    """
    hold()
    last = Entry.objects.order_by("-id").values_list("sha256", flat=True).first() or FIRST
    if reason:
        detail["reason_sha256"] = hashlib.sha256(reason.encode()).hexdigest()
    entry = Entry(
        at=timezone.now(),
        actor=getattr(actor, "actor", None),
        verb=verb,
        thing=thing_name(thing),
        detail=detail,
        refused=refused,
        previous=last,
    )
    entry.sha256 = digest(entry)
    entry.save(force_insert=True)
    if reason:
        Reason.objects.create(entry=entry, text=reason)
    return entry


def refused(verb: str, thing: models.Model | str, actor: Any = None, **detail: Any) -> None:
    """Writes that something was refused, in a transaction of its own."""
    with transaction.atomic():
        record(verb, thing, actor, refused=True, **detail)


def record_hourly(
    verb: str, thing: models.Model | str, actor: Any, *, refused: bool = False, **detail: Any
) -> None:
    """As :func:`record`, for what a person does again and again: one entry an hour with these details."""
    known = Entry.objects.filter(
        verb=verb,
        at__gt=timezone.now() - timedelta(hours=1),
        actor=getattr(actor, "actor", None),
        thing=thing_name(thing),
        refused=refused,
        detail=detail,
    )
    if not known.exists():
        record(verb, thing, actor, refused=refused, **detail)


MOST_AN_HOUR = 30
"""So many different refused pages of one person within an hour are named in the trail."""


def record_refused_page(path: str, actor: Any, **detail: Any) -> None:
    """Writes that a page was refused to a person: the same one once an hour, and no more than so many."""
    lately = Entry.objects.filter(
        verb="open", actor=actor.actor, refused=True, at__gt=timezone.now() - timedelta(hours=1)
    )
    if lately.count() < MOST_AN_HOUR:
        record_hourly("open", f"path:{path[:100]}", actor, refused=True, **detail)
        return
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    row, _created = FurtherRefusals.objects.get_or_create(actor=actor.actor, hour=hour)
    FurtherRefusals.objects.filter(pk=row.pk).update(count=models.F("count") + 1)


def digest(entry: Entry) -> str:
    """The hash of an entry over RFC 8785 JSON of all its fields and the hash before it."""
    return hashlib.sha256(
        rfc8785.dumps(
            {
                "at": entry.at.isoformat(),
                "actor": str(entry.actor) if entry.actor else None,
                "verb": entry.verb,
                "thing": entry.thing,
                "detail": entry.detail,
                "refused": entry.refused,
                "previous": entry.previous,
            }
        )
    ).hexdigest()
