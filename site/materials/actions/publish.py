"""Publish materials, take them off the site, and note that printed ones were collected."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from materials.actions.order import record
from materials.models import Material, MaterialQuerySet
from people.models import User


def publish(by: User, codes: Collection[str]) -> list[Material]:
    """Those that were not public yet and are true today. With the logo of a partner it takes another person
    than who ordered it."""
    own = Material.objects.filter(code__in=codes, by=by).exclude(logos=[]).values_list("code", flat=True)
    codes = {*codes} - {*own}
    return _set(by, "publish_materials", "published_at", codes, published_at=None, stale_since=None)


def withdraw(by: User, codes: Collection[str]) -> list[Material]:
    with transaction.atomic():
        rows = list(_locked(codes).exclude(published_at=None))
        Material.objects.filter(pk__in=[row.pk for row in rows]).update(published_at=None)
        record(by, "withdraw_materials", rows)
    return rows


def note_recalled(by: User, codes: Collection[str]) -> list[Material]:
    return _set(by, "recall_materials", "recalled_at", codes, recalled_at=None)


def undo_recalled(by: User, codes: Collection[str]) -> list[Material]:
    with transaction.atomic():
        rows = list(_locked(codes).exclude(recalled_at=None))
        Material.objects.filter(pk__in=[row.pk for row in rows]).update(recalled_at=None)
        record(by, "recall_materials", rows, undone=True)
    return rows


def _set(by: User, verb: str, name: str, codes: Collection[str], **only: None) -> list[Material]:
    with transaction.atomic():
        rows = list(_locked(codes).filter(**only))
        Material.objects.filter(pk__in=[row.pk for row in rows]).update(**{name: timezone.now()})
        record(by, verb, rows)
    return rows


def _locked(codes: Collection[str]) -> MaterialQuerySet:
    return Material.objects.made().filter(code__in=codes).select_for_update(no_key=True).order_by("pk")
