"""Former texts: the source that a translation was made from, the text that somebody opened."""

from __future__ import annotations

from django.db.models import QuerySet

from documents.editions.corrected import corrected_body
from documents.editions.language_versions import as_read, stored_versions
from documents.editions.text_storage import check_language
from documents.models import Corrigendum, Edition, SectionChange
from documents.models import Section as SectionRow
from documents.text import text_hash
from documents.text.inline_schema import SHA256
from documents.text.types import Json

LOOKED_AT = 200
"""How many changes of one section are looked through, newest first."""


def text_by_hash(edition: Edition, uid: str, language: str, sha256: str) -> Json | None:
    """The text of a section with that hash, from the rows of the instrument's editions or the log of changes.
    None where neither has it (any more)."""
    if not SHA256.match(sha256):
        return None
    check_language(language)
    same = SectionRow.objects.filter(edition__instrument=edition.instrument_id, uid=uid)
    for body in same.filter(**{f"text_hash_{language}": sha256}).values_list(f"body_{language}", flat=True)[
        :1
    ]:
        return body or None
    changes = SectionChange.objects.filter(
        edition__instrument=edition.instrument_id,
        uid=uid,
        language=language,
        verb__in=[SectionChange.Verb.SAVE, SectionChange.Verb.IMPORT],
    ).order_by("-id")
    for before, after in changes.values_list("before", "after")[:LOOKED_AT]:
        for body in (after, before):
            if isinstance(body, dict) and text_hash(body) == sha256:
                return body
    return None


def translation_then(edition: Edition, uid: str, language: str, sha256: str) -> Json | None:
    """A section's translation from the moment when its source ceased to have that hash, by the log of
    changes. None where it has not changed since."""
    source = edition.instrument.source_language
    changes = SectionChange.objects.filter(
        edition__instrument=edition.instrument_id, uid=uid, verb=SectionChange.Verb.SAVE
    )
    left = replaced_at(changes.filter(language=source), sha256) or 0
    since = changes.filter(language=check_language(language), edition=edition, id__gt=left).order_by("id")
    then = since.values_list("before", flat=True).first()
    return then if isinstance(then, dict) else None


def replaced_at(changes: QuerySet[SectionChange], sha256: str) -> int | None:
    """The number of the newest of these changes that replaced the text with that hash. None where none did,
    or where that is too long ago."""
    for number, before in changes.order_by("-id").values_list("id", "before")[:LOOKED_AT]:
        if isinstance(before, dict) and text_hash(before) == sha256:
            return number
    return None


def text_starting(edition: Edition, uid: str, language: str, start: str) -> Json | None:
    """The text of a section whose hash begins so. An own file names the text that it was written with in this
    way."""
    if not start:
        return None
    check_language(language)
    same = SectionRow.objects.filter(edition__instrument=edition.instrument_id, uid=uid)
    column = f"text_hash_{language}"
    body: Json | None = (
        same.filter(**{f"{column}__startswith": start}).values_list(f"body_{language}", flat=True).first()
    )
    if body:
        return body
    changes = SectionChange.objects.filter(
        edition__instrument=edition.instrument_id, uid=uid, language=language
    ).order_by("-id")
    for before, after in changes.values_list("before", "after")[:LOOKED_AT]:
        for found in (after, before):
            if isinstance(found, dict) and "blocks" in found and text_hash(found).startswith(start):
                return found
    return None


def in_force_text(edition: Edition, uid: str, language: str) -> Json | None:
    """The section's text as readers have it in the edition that this one continues, with its corrigenda. None
    where there is none."""
    if edition.supersedes_id is None:
        return None
    column = f"body_{check_language(language)}"
    row = SectionRow.objects.filter(edition=edition.supersedes_id, uid=uid).values("uid", column).first()
    if row is None or edition.supersedes is None:
        return None
    stored = stored_versions([edition.supersedes], [language], [uid])
    body: Json | None = as_read(row, language, stored.get((edition.supersedes.pk, language)))[column]
    if not body:
        return None
    corrigenda = Corrigendum.objects.recorded().filter(
        edition=edition.supersedes_id, uid=uid, language=language
    )
    return corrected_body(body, list(corrigenda))
