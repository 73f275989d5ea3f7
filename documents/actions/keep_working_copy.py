"""Keep what a person has typed and not saved, for that person alone; and who has a section open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.access.rights import Text
from documents.actions.errors import ActionError, Conflict
from documents.models import Edition, Presence, WorkingCopy
from documents.models.working_copies import PRESENT_FOR
from documents.text import InvalidText, canonical_json, normalise_body, text_hash
from people.access import require
from people.models import User
from people.roles import Verb

MOST_BYTES = 2_000_000
"""More than the longest section that anybody has written; a picture counts as its hash."""
DAYS = 30


def copies_of(user: User, edition: Edition, uid: str, language: str) -> QuerySet[WorkingCopy]:
    """The working copy of this person, and of nobody else."""
    return WorkingCopy.objects.filter(user=user, edition=edition, uid=uid, language=language)


def keep_working_copy(
    by: User,
    edition: Edition,
    uid: str,
    language: str,
    body: object,
    *,
    window: str,
    known: str,
    base_hash: str,
    source_hash: str = "",
) -> WorkingCopy | None:
    """Store the text as the copy of ``window``. It replaces one of its own, or of the window ``known`` from
    which it continues.

    A text that equals the one it was made from needs no copy: the old one is deleted. Raises ActionError
    for what is no text or too long, Conflict where another window stored one.
    """
    require(by, Verb.DRAFT, Text(edition, language, uid))
    text = _readable(body)
    with transaction.atomic():
        # The person's own row: a second window of the same person waits here.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        row = copies_of(by, edition, uid, language).first()
        if row and row.window not in (window, known):
            raise Conflict()
        if text_hash(text) == base_hash:
            discard_working_copy(by, edition, uid, language)
            return None
        row = row or WorkingCopy(user=by, edition=edition, uid=uid, language=language)
        row.body, row.base_hash, row.source_hash = text, base_hash, source_hash
        row.window, row.at = window, timezone.now()
        row.save()
    return row


def _readable(body: object) -> dict[str, Any]:
    try:
        text = normalise_body(body)
    except InvalidText as problem:
        raise ActionError(_("The text could not be read, so it was not saved.")) from problem
    if len(canonical_json(text)) > MOST_BYTES:
        raise ActionError(_("This section is too long for a working copy. Use Save."))
    return dict(text)


def discard_working_copy(by: User, edition: Edition, uid: str, language: str) -> bool:
    """Delete the person's working copy; whether there was one."""
    return bool(copies_of(by, edition, uid, language).delete()[0])


def forget_working_copies() -> int:
    """Delete working copies that nobody returned to, and who had a section open earlier."""
    now = timezone.now()
    Presence.objects.filter(at__lt=now - PRESENT_FOR).delete()
    return WorkingCopy.objects.filter(at__lt=now - timedelta(days=DAYS)).delete()[0]


def enter(by: User, edition: Edition, uid: str, language: str) -> None:
    """Note that the person has the section open now."""
    require(by, Verb.DRAFT, Text(edition, language, uid))
    Presence.objects.update_or_create(
        user=by, edition=edition, uid=uid, language=language, defaults={"at": timezone.now()}
    )


def leave(by: User, edition: Edition, uid: str, language: str) -> None:
    """Note that the person closed it."""
    Presence.objects.filter(user=by, edition=edition, uid=uid, language=language).delete()


def present(edition: Edition, but: User | None = None) -> QuerySet[Presence]:
    """Who has a section of the edition open now, without one person."""
    rows = Presence.objects.filter(edition=edition, at__gte=timezone.now() - PRESENT_FOR)
    return rows.exclude(user=but).select_related("user").order_by("user__name", "language")
