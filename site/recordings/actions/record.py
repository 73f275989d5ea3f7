"""Upload a recording, publish it after listening, take it down.

All raise Http404 where the person may not."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.http import Http404
from django.utils import timezone
from wagtail.models import Page

import audit
from people.models import User
from public.models import CampaignPage, Hotline
from recordings.clean import Clean
from recordings.models import Recording
from recordings.rights import may_record, may_see
from recordings.targets import Target, find, of_recording


class TextChanged(Exception):
    """The text is another one than the one that was read."""


class AnotherWaits(Exception):
    """Somebody has uploaded a recording of this text, which waits for a person to listen to it."""


class OwnRecording(Exception):
    """Another person than who uploaded it listens to it and publishes it."""


class DecidedAlready(Exception):
    """Somebody else published it or took it down meanwhile."""


def upload_recording(
    by: User | None, target: Target, sound: Clean, *, read: str, by_machine: bool = False
) -> Recording:
    """Stores a recording; the public hears it once somebody published it. ``read``: the hash of the text that
    the person saw. ``by`` None: the demonstration's loader. Raises TextChanged and AnotherWaits."""
    if by is not None and not may_record(by, target.country_id):
        raise Http404
    with transaction.atomic():
        _lock(target.owner)
        now = find(*target.key)
        if now is None or now.script.sha256 != read:
            raise TextChanged
        if Recording.objects.waiting().filter(**now.fields).exists():
            raise AnotherWaits
        name = secrets.token_hex(8)
        recording = Recording(
            **now.fields,
            country_id=now.country_id,
            text=now.script.text,
            text_sha256=read,
            sha256=hashlib.sha256(sound.data).hexdigest(),
            seconds=round(sound.seconds),
            size=len(sound.data),
            by_machine=by_machine,
            by=by,
            sound=ContentFile(sound.data, name=f"{name}.{sound.ending}"),
        )
        recording.save()
        audit.record("upload_recording", recording, by, **facts_of(recording))
    return recording


def publish_recording(by: User | None, recording: Recording) -> None:
    """Lets the public hear it; the one that it replaces ends. Raises TextChanged, OwnRecording and
    DecidedAlready."""
    with transaction.atomic():
        row = _locked(by, recording)
        if row.published or row.ended:
            raise DecidedAlready
        if by is not None and row.by_id == by.pk:
            raise OwnRecording
        target = of_recording(row)
        if target is None or not target.is_read_by(row):
            raise TextChanged
        row.published = timezone.now()
        replaced = Recording.objects.published().filter(**target.fields).first()
        if replaced is not None:
            replaced.ended = row.published
            replaced.save(update_fields=["ended"])
        row.save(update_fields=["published"])
        facts = facts_of(row) | ({"replaced": replaced.pk} if replaced else {})
        audit.record("publish_recording", row, by, **facts)


def take_down_recording(by: User, recording: Recording) -> None:
    """Ends it: one that waits is discarded. The operator may, too. Raises DecidedAlready."""
    with transaction.atomic():
        row = _locked(by, recording, may=may_see)
        if row.ended:
            raise DecidedAlready
        row.ended = timezone.now()
        row.save(update_fields=["ended"])
        audit.record("take_down_recording", row, by, **facts_of(row))


def restore_recording(by: User, recording: Recording) -> None:
    """Undoes taking down. Raises TextChanged, and DecidedAlready where another one stands in its place."""
    with transaction.atomic():
        row = _locked(by, recording)
        target = of_recording(row)
        if target is None or not target.is_read_by(row):
            raise TextChanged
        same = Recording.objects.filter(ended=None, published__isnull=row.published is None)
        if row.ended is None or same.filter(**target.fields).exists():
            raise DecidedAlready
        row.ended = None
        row.save(update_fields=["ended"])
        audit.record("restore_recording", row, by, **facts_of(row))


def _locked(by: User | None, recording: Recording, may: Any = may_record) -> Recording:
    """The row, and before it what it reads: so that two people do it one after the other."""
    owner = recording.page or recording.hotline
    if owner is None or (by is not None and not may(by, owner.country_id)):
        raise Http404
    _lock(owner)
    return Recording.objects.select_for_update(of=("self",)).get(pk=recording.pk)


def _lock(owner: CampaignPage | Hotline) -> None:
    table: type[models.Model] = Page if isinstance(owner, CampaignPage) else Hotline
    table._default_manager.select_for_update(no_key=True).get(pk=owner.pk)


def facts_of(recording: Recording) -> dict[str, Any]:
    """What the trail keeps: hashes and places, no text."""
    return {
        "page": recording.page_id,
        "number": recording.hotline_id,
        "block": recording.block,
        "language": recording.language,
        "sha256": recording.sha256,
        "text_sha256": recording.text_sha256,
        "seconds": recording.seconds,
        "by_machine": recording.by_machine,
    }
