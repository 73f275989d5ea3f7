"""The sections that were removed from a draft: what the log of changes has of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from documents.models import Edition, Section, SectionChange
from documents.text import inline_text
from documents.text.types import Json
from people.models import User

COLUMNS = ("label", "source_hash")


@dataclass(frozen=True)
class RemovedSection:
    """A section as it was when it was removed. ``before`` are the sections that were before it, the nearest
    first; ``alone``: its subsections stayed."""

    uid: str
    removal: str
    texts: dict[str, Json]
    level: int
    kind: str
    before: tuple[str, ...]
    alone: bool
    columns: dict[str, Any]
    at: datetime
    actor: uuid.UUID | None
    has_place: bool

    def heading(self, language: str) -> str:
        """The heading in one language, with its number."""
        body = self.texts.get(language) or next(iter(self.texts.values()), None) or {"heading": []}
        label = self.columns.get(f"label_{language}") or ""
        return f"{label} {inline_text(body['heading'])}".strip() or "–"


@dataclass(frozen=True)
class Removal:
    """Sections that were removed together, the first one with its subsections; ``by`` is a name."""

    sections: tuple[RemovedSection, ...]
    by: str

    @property
    def first(self) -> RemovedSection:
        return self.sections[0]


def place_at(edition: Edition, uid: str, before: Sequence[str], removal: str, *, alone: bool) -> Json:
    """What the log of changes says of the place of a section that is about to go."""
    languages = edition.instrument.languages
    columns = [f"{name}_{language}" for name in COLUMNS for language in languages]
    row = Section.objects.filter(edition=edition, uid=uid).values(
        "level", "kind", "origins", "topics", *columns
    )[0]
    stored = {name: row[name] for name in ("origins", "topics", *columns)}
    return {
        "removal": removal,
        "place": {"level": row["level"], "kind": row["kind"], "before": list(before), "alone": alone},
        "columns": stored,
    }


def removed_sections(edition: Edition) -> list[RemovedSection]:
    """The sections that are no longer in the draft, in the order of their removal."""
    present = set(Section.objects.filter(edition=edition).values_list("uid", flat=True))
    changes = SectionChange.objects.filter(edition=edition, verb=SectionChange.Verb.REMOVE).order_by("pk")
    last: dict[uuid.UUID, SectionChange] = {}
    for change in changes.exclude(uid__in=present):
        last.pop(change.uid, None)
        last[change.uid] = change
    return [_removed(change) for change in last.values()]


def count_removed(edition: Edition) -> int:
    """How many acts of removal can be taken back."""
    return len({one.removal for one in removed_sections(edition)})


def removals(edition: Edition) -> list[Removal]:
    """What was removed together, the newest first."""
    groups: dict[str, list[RemovedSection]] = {}
    for one in removed_sections(edition):
        groups.setdefault(one.removal, []).append(one)
    actors = {one.actor for group in groups.values() for one in group if one.actor}
    names: dict[uuid.UUID | None, str] = dict(
        User.objects.filter(actor__in=actors).values_list("actor", "name")
    )
    return [Removal(tuple(group), names.get(group[0].actor, "")) for group in reversed(groups.values())]


def _removed(change: SectionChange) -> RemovedSection:
    after = change.after or {}
    place = after.get("place") or {}
    return RemovedSection(
        uid=str(change.uid),
        removal=after.get("removal") or f"change-{change.pk}",
        texts={language: body for language, body in (change.before or {}).items() if body},
        level=place.get("level", 1),
        kind=place.get("kind", "section"),
        before=tuple(place.get("before", ())),
        alone=place.get("alone", False),
        columns=after.get("columns", {}),
        at=change.at,
        actor=change.actor,
        has_place=bool(place),
    )
