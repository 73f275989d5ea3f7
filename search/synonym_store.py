"""Groups of synonyms in the database: imported from the file that ships with Kodeks, then edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.db.models import Count, Max

from search.factory import analyser
from search.glossary.entries import Entry, Glossary
from search.glossary.synonyms import COLUMNS, entry_of, read_rows
from search.models import SynonymGroup

_instead: ContextVar[Glossary | None] = ContextVar("synonyms_instead", default=None)
_seen: ContextVar[list[Glossary] | None] = ContextVar("synonyms_seen", default=None)


def import_shipped_groups() -> tuple[int, int]:
    """Add new groups of the file, and update those that nobody has edited. Gives both counts."""
    known = {group.key: group for group in SynonymGroup.objects.all()}
    new, other = [], []
    for row in read_rows():
        values = {column: row[column] or "" for column in COLUMNS}
        group = known.get(row["key"])
        if group is None:
            new.append(SynonymGroup(key=row["key"], **values))
        elif not group.edited and any(getattr(group, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(group, name, value)
            other.append(group)
    SynonymGroup.objects.bulk_create(new)
    for group in other:
        group.save()
    return len(new), len(other)


def entries_of(groups: Iterable[SynonymGroup]) -> Sequence[Entry]:
    """The groups as plain values."""
    return [entry_of(group.key, {name: getattr(group, name) for name in COLUMNS}) for group in groups]


def current_synonyms() -> Glossary:
    """The groups that are used, as tokens; one query, and read again when one was changed."""
    instead, seen = _instead.get(), _seen.get()
    if instead is not None:
        return instead
    if seen:
        return seen[0]
    state = SynonymGroup.objects.aggregate(number=Count("pk"), last=Max("changed"))
    found = _synonyms(f"{state['number']} {state['last']}")
    if seen is not None:
        seen.append(found)
    return found


@contextmanager
def synonyms_once() -> Iterator[None]:
    """Asks the database once for the groups, while one search is made."""
    before = _seen.set([])
    try:
        yield
    finally:
        _seen.reset(before)


@lru_cache(maxsize=1)
def _synonyms(state: str) -> Glossary:
    return Glossary(entries_of(SynonymGroup.objects.filter(shown=True)), analyser())


@contextmanager
def synonyms_with(group: SynonymGroup) -> Iterator[None]:
    """Searches inside it as if this group were saved."""
    others = SynonymGroup.objects.filter(shown=True).exclude(pk=group.pk)
    groups = [*others, *([group] if group.shown else [])]
    before = _instead.set(Glossary(entries_of(groups), analyser()))
    try:
        yield
    finally:
        _instead.reset(before)
