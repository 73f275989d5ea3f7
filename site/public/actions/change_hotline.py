"""Change a number to call. What a caller sees changes once a second person has confirmed it."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone

import audit
from people.models import User
from public.actions.second_person import ChangeWaits, Stale, decide
from public.dialling import same_number
from public.models.hotlines import Hotline, HotlineChange, HotlineText
from public.publishing import may_confirm_number, may_publish

SIMPLE = (
    "kind", "number", "tel", "abroad", "sms", "chat", "free", "anonymous", "languages", "source", "position",
    "is_shown",
)  # fmt: skip
WORDS = ("language", "name", "hours", "call")
Values = dict[str, Any]


class NumbersDiffer(Exception):
    """The digits that are shown are not those that are dialled."""


def values_of(hotline: Hotline) -> Values:
    """Everything about a number that a caller sees, as plain JSON."""
    texts = [{name: getattr(text, name) for name in WORDS} for text in hotline.texts.all()]
    return {name: getattr(hotline, name) for name in SIMPLE} | {"texts": texts}


def version_of(hotline: Hotline) -> str:
    """Names the number as it stands, for the form that changes it."""
    values = values_of(hotline) | {"checked": str(hotline.checked)}
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def enter_hotline(hotline: Hotline) -> Hotline:
    """Saves a number that counts at once: the demonstration's, and those of tests."""
    with transaction.atomic():
        hotline.save()
        told = {"country": hotline.country_id, "checked": str(hotline.checked)}
        audit.record("enter_hotline", hotline, None, **hotline_payload(values_of(hotline)), **told)
    return hotline


def add_hotline(by: User, hotline: Hotline) -> HotlineChange | None:
    """Adds a number; it is shown once somebody else has confirmed it."""
    if not may_publish(by, hotline.country_id):
        raise Http404
    _require_past(hotline.checked)
    with transaction.atomic():
        wanted = values_of(hotline)
        hotline.is_shown = False
        hotline.save()
        return _propose(by, hotline, {}, wanted)


def change_hotline(by: User, hotline: Hotline, seen: str = "") -> HotlineChange | None:
    """Proposes what differs from the stored number. The date of the last check counts at once.
    ``seen``: the version that the change was made from. None where nothing waits. Raises Http404,
    ChangeWaits, Stale and NumbersDiffer."""
    if not may_publish(by, hotline.country_id):
        raise Http404
    with transaction.atomic():
        stored = _locked(hotline.pk)
        if hotline.changes.waiting().exists():
            raise ChangeWaits
        if seen and seen != version_of(stored):
            raise Stale
        if stored.checked != hotline.checked:
            _check(by, stored, hotline.checked)
        before, wanted = values_of(stored), values_of(hotline)
        return None if before == wanted else _propose(by, stored, before, wanted)


def confirm_change(by: User, change: HotlineChange) -> None:
    """The second person's word: the change is made. Raises Http404 where ``by`` may not, DecidedAlready,
    NumbersDiffer."""
    if not may_confirm_change(by, change):
        raise Http404
    with transaction.atomic():
        hotline = _locked(change.hotline_id)
        row = decide(by, change, confirmed=True)
        _require_same(row.values, hotline.country_id)
        before = values_of(hotline)
        for name in SIMPLE:
            setattr(hotline, name, row.values[name])
        hotline.texts = [HotlineText(**text) for text in row.values["texts"]]
        hotline.save()
        told = {"country": hotline.country_id, "before": hotline_payload(before)}
        audit.record("confirm_hotline", hotline, by, **hotline_payload(row.values), **told)


def refuse_change(by: User, change: HotlineChange) -> None:
    """Rejects the change; who proposed it takes it back so. Raises as :func:`confirm_change`."""
    if not may_confirm_number(by, change.hotline.country_id):
        raise Http404
    with transaction.atomic():
        hotline = _locked(change.hotline_id)
        row = decide(by, change, confirmed=False)
        audit.record("refuse_hotline", hotline, by, **hotline_payload(row.values))


def may_confirm_change(by: User, change: HotlineChange) -> bool:
    """Not who proposed it."""
    return by.pk != change.by_id and may_confirm_number(by, change.hotline.country_id)


def _propose(by: User, hotline: Hotline, before: Values, wanted: Values) -> HotlineChange:
    _require_same(wanted, hotline.country_id)
    change = HotlineChange.objects.create(hotline=hotline, by=by, values=wanted)
    told = {"before": hotline_payload(before)} if before else {"checked": str(hotline.checked)}
    audit.record(
        "change_hotline" if before else "add_hotline", hotline, by, **hotline_payload(wanted), **told
    )
    return change


def _require_same(values: Values, country: str) -> None:
    """A number that differs can still be hidden."""
    if values["is_shown"] and not same_number(values["number"], values["tel"], country):
        raise NumbersDiffer


def _require_past(day: date) -> None:
    if day > timezone.localdate():
        raise ValueError("the day of the last check is not over yet")


def _check(by: User, hotline: Hotline, day: date) -> None:
    _require_past(day)
    before, hotline.checked = hotline.checked, day
    hotline.save(update_fields=["checked"])
    audit.record("check_hotline", hotline, by, before=str(before), after=str(day))


def hotline_payload(values: Values) -> Values:
    """What the trail has of the values: numbers and switches, and of the words their hash."""
    words = json.dumps(values["texts"], ensure_ascii=False, sort_keys=True)
    shown = {name: values[name] for name in SIMPLE if name != "position"}
    return shown | {"texts_sha256": hashlib.sha256(words.encode()).hexdigest()}


def _locked(pk: int) -> Hotline:
    return Hotline.objects.select_for_update(no_key=True).get(pk=pk)
