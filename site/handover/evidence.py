"""The audit trail of the origin: its entries about the country whole, all others as links of the chain."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from audit.models import Entry, Reason
from audit.trail import FIRST, digest
from audit.visibility import of_countries

Line = dict[str, Any]


def lines(country: str) -> Iterator[Line]:
    """Every entry in order. Of an entry about somebody else only its hash and the one before."""
    own = set(Entry.objects.filter(of_countries([country])).values_list("pk", flat=True))
    reasons = dict(Reason.objects.filter(entry__in=own).values_list("entry", "text"))
    for entry in Entry.objects.order_by("id").iterator():
        line: Line = {"id": entry.pk, "previous": entry.previous, "sha256": entry.sha256}
        if entry.pk in own:
            line |= {
                "at": entry.at.isoformat(),
                "actor": str(entry.actor) if entry.actor else None,
                "verb": entry.verb,
                "thing": entry.thing,
                "detail": entry.detail,
                "refused": entry.refused,
            }
            if reasons.get(entry.pk):
                line["reason"] = reasons[entry.pk]
        yield line


def read(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def problems(found: Iterable[Line], head: str) -> Iterator[str]:
    """What does not hold of a chain that ends with ``head`` ("NUMBER:SHA256"), a line each."""
    before, entries = FIRST, 0
    for line in found:
        entries += 1
        if line["previous"] != before:
            yield f"trail, entry {line['id']}: an entry before it was removed, added or changed"
        if "verb" in line and digest(_entry(line)) != line["sha256"]:
            yield f"trail, entry {line['id']}: it was changed"
        before = line["sha256"]
    if f"{entries}:{before}" != head:
        yield "trail: its last entry is not the one that bag-info.txt names"


def _entry(line: Line) -> Entry:
    return Entry(
        at=datetime.fromisoformat(line["at"]),
        actor=UUID(line["actor"]) if line["actor"] else None,
        verb=line["verb"],
        thing=line["thing"],
        detail=line["detail"],
        refused=line["refused"],
        previous=line["previous"],
    )
