"""What makes the index out of date: each receiver writes its rows inside the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from documents.models import Contact, Edition, Instrument
from documents.signals import access_changed, edition_moved, texts_changed
from search.glossary_store import forget_learned, request_learning
from search.outbox.documents import index_keys
from search.outbox.indexer import enqueue

_UID = "search.outbox"


@receiver(texts_changed, dispatch_uid=f"{_UID}.texts")
def _texts(*, edition: Edition, uids: Iterable[object] | None, **_: Any) -> None:
    enqueue(edition.pk, uids)
    request_learning(edition)


@receiver(edition_moved, dispatch_uid=f"{_UID}.moved")
def _moved(*, edition: Edition, before: str, **_: Any) -> None:
    enqueue(edition.pk, deny=_opened_wider_before(edition, before))
    request_learning(edition)


@receiver(access_changed, dispatch_uid=f"{_UID}.access")
def _access(*, instrument: Instrument, tightened: bool, **_: Any) -> None:
    _note_all(instrument.pk, deny=tightened)
    if tightened:
        # What an open text taught must not outlive its being open.
        forget_learned()


@receiver(m2m_changed, sender=Instrument.shared_with.through, dispatch_uid=f"{_UID}.shared")
def _shared(*, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **_: Any) -> None:
    """With whom an instrument is shared. ``pre_clear`` because afterwards nobody knows what was there."""
    if action not in ("post_add", "pre_remove", "pre_clear"):
        return
    if not reverse:
        _note_all(instance.pk, deny=action != "post_add")
        return
    shared = Instrument.objects.filter(shared_with=instance) if action == "pre_clear" else Instrument.objects
    for instrument in shared.all() if pk_set is None else shared.filter(pk__in=pk_set):
        _note_all(instrument.pk, deny=action != "post_add")


@receiver(post_save, sender=Instrument, dispatch_uid=f"{_UID}.instrument")
def _instrument(*, instance: Instrument, created: bool, raw: bool = False, **_: Any) -> None:
    """Its kind, its topics, its address or its owner may have changed. Denied, because that may close it to
    some: a save does not say what it changed."""
    if not created and not raw:
        _note_all(instance.pk, deny=True)


@receiver(post_save, sender=Edition, dispatch_uid=f"{_UID}.edition")
def _edition(*, instance: Edition, raw: bool = False, **_: Any) -> None:
    if not raw:
        enqueue(instance.pk)


@receiver((post_save, post_delete), sender=Contact, dispatch_uid=f"{_UID}.contact")
def _contact(*, instance: Contact, raw: bool = False, **_: Any) -> None:
    if not raw:
        _note_all(instance.instrument_id, [instance.uid], deny=False)


@receiver(post_delete, sender=Edition, dispatch_uid=f"{_UID}.deleted")
def _deleted(*, instance: Edition, **_: Any) -> None:
    enqueue(instance.pk, deny=True)


def _note_all(instrument: int, uids: Iterable[object] | None = None, *, deny: bool) -> None:
    for pk in Edition.objects.filter(instrument=instrument).order_by("pk").values_list("pk", flat=True):
        enqueue(pk, uids, deny=deny)


def _opened_wider_before(edition: Edition, before: str) -> bool:
    """Whether the edition had a key before its move that it has no longer."""
    if not before:
        return False
    then = copy(edition)
    then.state = before
    return not index_keys(then) <= index_keys(edition)
