"""Add and change a record. What readers see changes once a second person has confirmed it; names and
coordinates of towns at once."""

from __future__ import annotations

import hashlib
import json
from typing import Any, TypeVar

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import audit
from directory.access import may_change, may_decide, who_may_confirm
from directory.models import Record, Service, Town
from directory.models.records import Values
from people.models import User
from proposals.actions.propose import propose
from proposals.errors import Refused, Stale, Waits
from proposals.kinds import Kind, register
from proposals.models import Proposal
from public.dialling import same_number
from public.publishing import may_publish

R = TypeVar("R", bound=Record)


class NumbersDiffer(Refused):
    """The digits that are shown are not those that are dialled."""

    says = _("The number to dial must have the same digits as the number shown.")
    code = "numbers_differ"


def version_of(record: Record) -> str:
    """Names the record as it stands, for the form that changes it."""
    return _hash(record, record.values())


def enter_record(record: R) -> R:
    """Saves a record that counts at once: the demonstration's, and those of tests."""
    with transaction.atomic():
        record.save()
        audit.record("enter_record", record, None, **_details(record, record.values()))
    return record


def add_record(by: User, record: Record) -> Proposal | None:
    """Adds a record; it is shown once somebody else has confirmed it. A town is there at once."""
    if not may_publish(by, record.country_id):
        raise Http404
    with transaction.atomic():
        wanted = record.values()
        record.is_shown = record.is_shown and isinstance(record, Town)
        record.save()
        audit.record("add_record", record, by, **_details(record, wanted))
        return None if isinstance(record, Town) else _propose(by, record, wanted)


def change_record(by: User, record: Record, seen: str = "") -> Proposal | None:
    """Proposes what differs from the stored record. ``seen``: the version that the change was made from.
    None where nothing waits. Raises Http404, Waits, Stale and NumbersDiffer."""
    with transaction.atomic():
        stored = type(record).of(record.pk)
        if not may_change(by, stored):
            raise Http404
        if Proposal.objects.about(stored).waiting().exists():
            raise Waits
        if seen and seen != version_of(stored):
            raise Stale
        before, wanted = stored.values(), record.values()
        if before == wanted:
            return None
        if isinstance(record, Town):
            _apply(stored, wanted)
            audit.record("change_record", stored, by, **_details(stored, wanted, before))
            return None
        return _propose(by, stored, wanted, before)


@register
class RecordProposal(Kind):
    """A new or changed record, as somebody wants it. Only who may read all of it decides."""

    name = "record"
    proposes, confirms, refuses = "change_record", "confirm_record", "refuse_record"
    forgets = True

    def thing(self, proposal: Proposal) -> Record:
        return model_of(proposal).objects.get(pk=proposal.key)  # type: ignore[attr-defined,no-any-return]

    def hold(self, proposal: Proposal) -> Record:
        return model_of(proposal).of(int(proposal.key))

    def may_propose(self, by: User, thing: Record) -> bool:
        return may_publish(by, thing.country_id)

    def may_decide(self, by: User, proposal: Proposal) -> bool:
        return may_decide(by, self.thing(proposal), as_wanted(proposal))

    def candidates(self, proposal: Proposal) -> QuerySet[User]:
        return who_may_confirm(self.thing(proposal))

    def apply(self, by: User, proposal: Proposal, thing: Record, given: Any) -> dict[str, Any]:
        _require_same(thing, proposal.values)
        before = thing.values()
        _apply(thing, proposal.values)
        if isinstance(thing, Service):
            _mark_confirmed(thing, by)
        return _details(thing, proposal.values, before)

    def refused(self, by: User, proposal: Proposal, thing: Record) -> dict[str, Any]:
        return _details(thing, proposal.values)


def as_wanted(proposal: Proposal) -> Record:
    """The record as the proposal would make it, unsaved."""
    record: Record = model_of(proposal).objects.get(pk=proposal.key)  # type: ignore[attr-defined]
    if proposal.values:
        record.take(proposal.values)
    return record


def model_of(proposal: Proposal) -> type[Record]:
    model: type[Record] = apps.get_model("directory", proposal.thing.partition(":")[0])
    return model


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


def _propose(by: User, record: Record, wanted: Values, before: Values | None = None) -> Proposal:
    _require_same(record, wanted)
    return propose(by, RecordProposal, record, wanted, **_details(record, wanted, before))


def _apply(record: Record, values: Values) -> None:
    record.take(values)
    record.save()


def _require_same(record: Record, values: Values) -> None:
    """A number that differs can still be hidden."""
    shown = values.get("number") and values["is_shown"]
    if shown and not same_number(values["number"], values["tel"], record.country_id):
        raise NumbersDiffer


def _details(record: Record, values: Values, before: Values | None = None) -> dict[str, Any]:
    """The trail names what changed, and holds hashes alone: it has other readers than the record."""
    names = sorted(name for name in values if before is None or values[name] != before[name])
    detail = {
        "country": record.country_id,
        "is_shown": values["is_shown"],
        "fields": names,
        "values_sha256": _hash(record, values),
    }
    if record.SEALED:
        sealed = type(record)(seal=record.seal)
        sealed.take(values | dict.fromkeys(record.MANY, ()) | {"texts": []})
        detail["sealed_sha256"] = sealed_hash(sealed)
        detail["readers_sha256"] = readers_hash(record, values)
    return detail


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
