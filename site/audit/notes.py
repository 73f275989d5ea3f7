"""Reasons that people gave, and names of documents: shown only to those who may see the document."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from audit import labels
from audit.models import Entry, Reason
from audit.verify import check

OF_OLD = ("reason", "because")
"""The details in which entries of an older Kodeks have the words."""
NAMING = ("address", "classification")
"""The details in which entries name a document, or say how closed it is: for who may see it."""
WITHHELD = "…"

_TELLING = OF_OLD + NAMING


def sha256_of(words: str) -> str:
    """The hash of a reason, as the trail holds it."""
    return hashlib.sha256(words.encode()).hexdigest()


def shown(user: Any, entries: Iterable[Entry]) -> dict[int, dict[str, Any]]:
    """The details of each entry as ``user`` may read them. Reason, address and classification are there
    only where they may see the object."""
    entries = list(entries)
    texts = dict(Reason.objects.filter(entry__in=[one.pk for one in entries]).values_list("entry", "text"))
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.pk in texts or any(key in _object(entry.detail) for key in _TELLING):
            kind, _colon, number = entry.thing.partition(":")
            wanted[kind].add(number)
    readable = {kind: labels.seen(kind, user, numbers) for kind, numbers in wanted.items()}
    found: dict[int, dict[str, Any]] = {}
    for entry in entries:
        kind, _colon, number = entry.thing.partition(":")
        detail = dict(_object(entry.detail))
        if number in readable.get(kind, ()):
            if texts.get(entry.pk):
                detail["reason"] = texts[entry.pk]
        else:
            detail |= {key: WITHHELD for key in _TELLING if key in detail}
        found[entry.pk] = detail
    return found


def closed(user: Any, entries: Iterable[Entry]) -> set[str]:
    """Entries whose object is the address of a document that ``user`` may not see."""
    paths = {one.thing.partition(":")[2] for one in entries if one.thing.startswith("path:")}
    return {f"path:{path}" for path in labels.closed_addresses(user, paths)}


def _object(detail: Any) -> Mapping[str, Any]:
    return detail if isinstance(detail, dict) else {}


@check(audit_reason="text", added="audit_reason")
def reasons_match() -> Iterator[str]:
    """A removed reason is none of these: its row is deleted, or empty."""
    for reason in Reason.objects.exclude(text="").select_related("entry").order_by("pk").iterator():
        if _object(reason.entry.detail).get("reason_sha256") != sha256_of(reason.text):
            yield f"entry {reason.entry_id}: its reason is not the one that the trail tells"
