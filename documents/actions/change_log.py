"""The log of changes to sections. Whatever writes an original passes here.

An original may be reset to the text that a translation was made from. The translation may then be up to date
again. It is so only if nobody has changed it since.
"""

from __future__ import annotations

from uuid import UUID

from documents.editions.text_history import replaced_at
from documents.models import Edition, SectionChange
from documents.models import Section as SectionRow
from documents.text import text_hash

WRITTEN = (SectionChange.Verb.SAVE, SectionChange.Verb.IMPORT)


def log_change(
    edition: Edition,
    uid: str | UUID,
    verb: SectionChange.Verb,
    by: object,
    language: str = "",
    before: object = None,
    after: object = None,
) -> None:
    """A line in the log of changes."""
    if verb == SectionChange.Verb.SAVE and language == edition.instrument.source_language:
        _forget_changed(edition, uid, text_hash(after if isinstance(after, dict) else None))
    SectionChange.objects.create(
        edition=edition,
        uid=uid,
        verb=verb,
        actor=getattr(by, "actor", None),
        language=language,
        before=before,
        after=after,
    )


def _forget_changed(edition: Edition, uid: str | UUID, now: str) -> None:
    """Marks translations as older that count as made from the text with the hash ``now``. They have changed
    since the original was that text. Also where they may have: the log does not say when."""
    source = edition.instrument.source_language
    others = [language for language in edition.instrument.languages if language != source]
    rows = SectionRow.objects.filter(edition=edition, uid=uid)
    if not now or not others:
        return
    source_hashes = rows.order_by().values(*(f"source_hash_{language}" for language in others)).first() or {}
    back = {language for language in others if source_hashes.get(f"source_hash_{language}") == now}
    if not back:
        return
    changes = SectionChange.objects.filter(edition=edition, uid=uid, verb__in=WRITTEN)
    left = replaced_at(changes.filter(language=source), now)
    if left is not None:
        back &= set(changes.filter(language__in=back, id__gt=left).values_list("language", flat=True))
    if back:
        rows.update(**{f"source_hash_{language}": "" for language in back})
