"""Add and change a record. What readers see changes once a second person has confirmed it; names and
coordinates of towns at once."""

from __future__ import annotations

import hashlib
import json
from typing import Any, TypeVar

from django.apps import apps
from django.db import transaction
from django.http import Http404
from django.utils import timezone

import audit
from directory.access import may_change, may_decide
from directory.models import Record, RecordChange, Service, Town
from directory.models.records import Values
from people.models import User
from public.actions.second_person import ChangeWaits, Stale, decide
from public.dialling import same_number
from public.publishing import may_confirm_number, may_publish

R = TypeVar("R", bound=Record)


class NumbersDiffer(Exception):
    """The digits that are shown are not those that are dialled."""


def version_of(record: Record) -> str:
    """Names the record as it stands, for the form that changes it."""
    return _hash(record, record.values())


def enter_record(record: R) -> R:
    """Saves a record that counts at once: the demonstration's, and those of tests."""
    with transaction.atomic():
        record.save()
        _record("enter_record", record, None, record.values())
    return record


def add_record(by: User, record: Record) -> RecordChange | None:
    """Adds a record; it is shown once somebody else has confirmed it. A town is there at once."""
    if not may_publish(by, record.country_id):
        raise Http404
    with transaction.atomic():
        wanted = record.values()
        if isinstance(record, Town):
            record.save()
            _record("add_record", record, by, wanted)
            return None
        record.is_shown = False
        record.save()
        return _propose("add_record", by, record, wanted)


def change_record(by: User, record: Record, seen: str = "") -> RecordChange | None:
    """Proposes what differs from the stored record. ``seen``: the version that the change was made from.
    None where nothing waits. Raises Http404, ChangeWaits, Stale and NumbersDiffer."""
    with transaction.atomic():
        stored = type(record).of(record.pk)
        if not may_change(by, stored):
            raise Http404
        if RecordChange.objects.of(stored).waiting().exists():
            raise ChangeWaits
        if seen and seen != version_of(stored):
            raise Stale
        before, wanted = stored.values(), record.values()
        if before == wanted:
            return None
        if isinstance(record, Town):
            _apply(stored, wanted)
            _record("change_record", stored, by, wanted, before)
            return None
        return _propose("change_record", by, stored, wanted, before)


def record_of(change: RecordChange) -> Record:
    """The stored record of a change."""
    return model_of(change).objects.get(pk=change.thing.partition(":")[2])  # type: ignore[attr-defined]


def as_wanted(change: RecordChange) -> Record:
    """The record as the change would make it, unsaved."""
    record = record_of(change)
    if change.values:
        record.take(change.values)
    return record


def model_of(change: RecordChange) -> type[Record]:
    model: type[Record] = apps.get_model("directory", change.thing.partition(":")[0])
    return model


def may_confirm_change(by: User, change: RecordChange) -> bool:
    """Not who proposed it, and only who may read all of it."""
    return by.pk != change.by_id and may_decide(by, record_of(change), as_wanted(change))


def may_see_change(by: User, change: RecordChange) -> bool:
    """Who proposed it typed it; others must be able to read all of it."""
    record = record_of(change)
    if by.pk == change.by_id:
        return may_confirm_number(by, record.country_id)
    return may_decide(by, record, as_wanted(change))


def confirm_change(by: User, change: RecordChange) -> None:
    """The second person's word: the change is made. Raises Http404 where ``by`` may not, DecidedAlready,
    NumbersDiffer."""
    if not may_confirm_change(by, change):
        raise Http404
    with transaction.atomic():
        record = model_of(change).of(record_of(change).pk)
        row = _decide(by, change, confirmed=True)
        _require_same(record, row.values)
        before = record.values()
        _apply(record, row.values)
        if isinstance(record, Service):
            _mark_confirmed(record, by)
        _record("confirm_record", record, by, row.values, before)


def refuse_change(by: User, change: RecordChange) -> None:
    """Rejects the change; who proposed it takes it back so. Raises Http404 and DecidedAlready."""
    if not may_see_change(by, change):
        raise Http404
    with transaction.atomic():
        record = model_of(change).of(record_of(change).pk)
        row = _decide(by, change, confirmed=False)
        _record("refuse_record", record, by, row.values)


def _decide(by: User, change: RecordChange, *, confirmed: bool) -> RecordChange:
    """As it was wanted; the row keeps nothing of it, as it may be confidential."""
    row = decide(by, change, confirmed=confirmed)
    RecordChange.objects.filter(pk=row.pk).update(values={})
    return row


def check_service(by: User, service: Service, seen: str) -> None:
    """Somebody has asked the organisation: all of it is still right. Counts at once. Raises Http404, and
    Stale where the record changed since it was read."""
    with transaction.atomic():
        stored = Service.of(service.pk)
        if not may_change(by, stored):
            raise Http404
        if seen != version_of(stored):
            raise Stale
        before = str(stored.confirmed)
        _mark_confirmed(stored, by)
        audit.record("check_record", stored, by, before=before, after=str(stored.confirmed))


def _mark_confirmed(service: Service, by: User) -> None:
    service.confirmed, service.confirmed_by, service.reminded = timezone.localdate(), by, None
    service.save(update_fields=["confirmed", "confirmed_by", "reminded"])


def _propose(
    verb: str, by: User, record: Record, wanted: Values, before: Values | None = None
) -> RecordChange:
    _require_same(record, wanted)
    change = RecordChange.objects.create(thing=record.thing, by=by, values=wanted)
    _record(verb, record, by, wanted, before)
    return change


def _apply(record: Record, values: Values) -> None:
    record.take(values)
    record.save()


def _require_same(record: Record, values: Values) -> None:
    """A number that differs can still be hidden."""
    shown = values.get("number") and values["is_shown"]
    if shown and not same_number(values["number"], values["tel"], record.country_id):
        raise NumbersDiffer


def _record(verb: str, record: Record, by: Any, values: Values, before: Values | None = None) -> None:
    """The trail names what changed, and holds hashes alone: it has other readers than the record."""
    names = sorted(name for name in values if before is None or values[name] != before[name])
    detail = {"is_shown": values["is_shown"], "fields": names, "values_sha256": _hash(record, values)}
    if record.SEALED:
        sealed = type(record)(seal=record.seal)
        sealed.take(values | dict.fromkeys(record.MANY, ()) | {"texts": []})
        detail["sealed_sha256"] = sealed_hash(sealed)
        detail["readers_sha256"] = readers_hash(record, values)
    audit.record(verb, record, by, country=record.country_id, **detail)


def sealed_hash(record: Record) -> str:
    """What the guard of the database computes of the columns that need a second person (directory.guards)."""
    parts = [record.seal]
    for name in record.SEALED:
        value = getattr(record, name)
        decimals = name in ("latitude", "longitude") and value is not None
        parts.append(f"{value:.6f}" if decimals else "" if value is None else str(value))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def readers_hash(record: Record, values: Values) -> str:
    """Of those who are named as readers."""
    return _hash(record, {name: values[name] for name in ("reader_institutions", "reader_people")})


def _hash(record: Record, values: Values) -> str:
    text = record.seal + json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
