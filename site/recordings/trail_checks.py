"""Checks of ``verify_audit``: what the public hears and sees has the bytes that the audit trail tells of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from audit.verify import check, entries, last_entries
from recordings.actions.record import facts_of
from recordings.guards import DECIDING
from recordings.models import Medium, Recording


@check(
    recordings_recording="page_id hotline_id block language text_sha256 sha256 seconds by_machine sound ended"
)
def recordings() -> Iterator[str]:
    """A published recording reads the text and has the sound with which it was published."""
    decided = last_entries(*DECIDING)
    replaced = {entry.detail.get("replaced") for entry in entries("publish_recording")}
    for recording in Recording.objects.order_by("pk"):
        name = f"recording:{recording.pk}"
        entry = decided.get(name)
        if recording.published is None:
            if entry is not None and entry.verb == "publish_recording":
                yield f"{name}: the trail publishes it, and it is not"
            continue
        if entry is None:
            yield f"{name}: the trail does not publish it"
            continue
        facts = facts_of(recording)
        if any(entry.detail.get(key, value) != value for key, value in facts.items()):
            yield f"{name}: the trail publishes another one"
        if entry.verb == "take_down_recording" and recording.ended is None:
            yield f"{name}: the trail took it down"
        if entry.verb != "take_down_recording" and recording.ended and recording.pk not in replaced:
            yield f"{name}: the trail does not end it"
        if recording.ended is None:
            yield from _file_problems(name, recording.sound, recording.sha256)


@check(recordings_medium="sha256 file country_id")
def media() -> Iterator[str]:
    stored = last_entries("add_medium", "change_medium", "clean_medium")
    for medium in Medium.objects.order_by("pk"):
        name = f"medium:{medium.pk}"
        entry = stored.get(name)
        if entry is None:
            continue  # of the demonstration, or taken in from another site
        if entry.detail.get("sha256", "") != medium.sha256:
            yield f"{name}: the trail tells of another file"
        if entry.detail.get("country") != medium.country_id:
            yield f"{name}: the trail tells of another country"
        if medium.sha256:
            yield from _file_problems(name, medium.file, medium.sha256)


def _file_problems(name: str, file: Any, sha256: str) -> Iterator[str]:
    try:
        with file.open("rb") as stream:
            now = hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        yield f"{name}: the file is not there"
        return
    if now != sha256:
        yield f"{name}: the file is not the one that was recorded"
