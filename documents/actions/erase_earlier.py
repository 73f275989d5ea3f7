"""Erase the words of a section's earlier versions, after case data was removed from a draft's text.

Who changed the section and when stays, and the trail has the hash of each erased text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.locking import hold_draft
from documents.editions.text_storage import check_language
from documents.models import Edition, Section, SectionChange
from documents.models.sections import ERASED
from documents.text import text_hash
from documents.text.types import Json
from people.access import has_role
from people.models import User
from people.roles import Role


def erase_earlier(by: User, edition: Edition, uid: str, language: str) -> int:
    """Erases every text of the section in that language but the present one; gives how many changes lost
    words. Raises Http404 for who is no operator, Locked for no draft, and ActionError for a text that was
    submitted once: what was submitted stays."""
    if not has_role(by, Role.OPERATOR):
        raise Http404
    check_language(language)
    with transaction.atomic():
        locked = hold_draft(edition)
        if locked.manifests.exists():
            raise ActionError(_("This text was submitted for review. What was submitted stays."))
        rows = Section.objects.filter(edition=locked, uid=uid)
        now = rows.values_list(f"text_hash_{language}", flat=True).first()
        changes = list(SectionChange.objects.filter(edition=locked, uid=uid).order_by("pk"))
        erased: dict[str, list[str]] = {}
        for change in changes:
            hashes = list(_erase(change, language, lambda text: text_hash(text) not in ("", now)))
            if hashes:
                erased[str(change.pk)] = hashes
        # Before the rows: the database changes none of which the trail does not tell.
        if erased:
            audit.record(
                "erase_earlier", locked, by, uid=str(UUID(uid)), language=language, texts_sha256=erased
            )
        for change in changes:
            if str(change.pk) in erased:
                SectionChange.objects.filter(pk=change.pk).update(before=change.before, after=change.after)
    return len(erased)


def _erase(change: SectionChange, language: str, goes: Callable[[Json], bool]) -> Iterator[str]:
    """Puts ERASED in the place of the change's texts in that language; gives their hashes."""
    if change.verb == SectionChange.Verb.REMOVE:
        texts: Json = change.before or {}
        text = texts.get(language)
        if text and text != ERASED and goes(text):
            change.before = {**texts, language: ERASED}
            yield text_hash(text)
    elif change.language == language:
        for name in ("before", "after"):
            text = getattr(change, name)
            if text and text != ERASED and goes(text):
                setattr(change, name, ERASED)
                yield text_hash(text)
