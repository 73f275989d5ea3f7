"""What becomes of translations when their original is set back to a text that it had before.

A translation remembers the original that it was made from, also where it was changed in part since and stayed
older: by that its page shows what changed in the original. But it says what that original said only as long
as nobody has changed it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from documents.models import Edition, SectionChange
from documents.models import Section as SectionRow
from documents.text import text_hash
from documents.text_history import LOOKED_AT

WRITTEN = (SectionChange.Verb.SAVE, SectionChange.Verb.IMPORT)


def forget_changed(edition: Edition, uid: str | UUID, now: str) -> None:
    """The original of a section has the hash ``now``. Translations that count as made from it, but were
    changed since it stopped being that text, count as older from now on, made from no text that is known; so
    do all where the log of this edition's changes does not say when it stopped. One query where there are
    none."""
    source = edition.instrument.source_language
    others = [language for language in edition.instrument.languages if language != source]
    rows = SectionRow.objects.filter(edition=edition, uid=uid)
    if not now or not others:
        return
    made = rows.order_by().values(*(f"source_hash_{language}" for language in others)).first() or {}
    back = {language for language in others if made.get(f"source_hash_{language}") == now}
    if not back:
        return
    changes = SectionChange.objects.filter(edition=edition, uid=uid, verb__in=WRITTEN)
    left = _left(changes.filter(language=source).order_by("-id").values_list("id", "before")[:LOOKED_AT], now)
    if left is not None:
        back &= set(changes.filter(language__in=back, id__gt=left).values_list("language", flat=True))
    if back:
        rows.update(**{f"source_hash_{language}": "" for language in back})


def _left(changes: Iterable[tuple[int, Any]], sha256: str) -> int | None:
    """The number of the newest change that put another text in the place of the one with that hash."""
    for number, before in changes:
        if isinstance(before, dict) and text_hash(before) == sha256:
            return number
    return None
