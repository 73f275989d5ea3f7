"""Import a returned Word file: its differences become suggestions, its comments comments.

The file is put aside and read by a background task, in a confined process and outside of any transaction.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

import audit
from documents.access.rights import Text
from documents.actions import FILE_QUEUE
from documents.actions.errors import ActionError, Locked
from documents.actions.import_word import FileRefused
from documents.actions.locking import hold_draft
from documents.actions.manage_uploads import drop_file
from documents.actions.returned_comments import keep_comments, parse_date
from documents.actions.sent_text import require_language, text_that_went_out, went_out
from documents.choices import State as EditionState
from documents.editions import blobs
from documents.editions.source_file import source_of
from documents.editions.text_storage import EMPTY, check_language, load_tree
from documents.models import Blob, Edition, ReturnedFile, Suggestion
from documents.passing import Passing, is_passing
from documents.stored_messages import in_message_ids
from documents.text import SectionTree
from documents.word import Limits, Refused
from documents.word.review.apply import Decided, SectionDraft
from documents.word.review.cards import Card, Kind
from documents.word.review.read import ReturnedText, returned_file, states_of_file
from people.access import require
from people.models import User
from people.roles import Verb

log = logging.getLogger("kodeks.uploads")
State = ReturnedFile.State


def receive_returned_file(by: User, edition: Edition, language: str, file: File[bytes]) -> ReturnedFile:
    """Puts a file aside and has it read; one that was imported before waits for :func:`import_again`. Raises
    Locked, and ActionError where the same file waits to be decided about."""
    check_language(language)
    require(by, Verb.DRAFT, Text(edition, language))
    if edition.state != EditionState.DRAFT:
        raise Locked
    if language not in edition.instrument.languages:
        raise ActionError(_("The document does not have this language version."))
    sha256 = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    same = imported_before(edition, language, sha256)
    waits = same.filter(suggestions__state=Suggestion.State.OPEN) | same.filter(
        state__in=(State.WAITING, State.READING)
    )
    if waits.exists():
        raise ActionError(
            _("This file is already imported and its suggestions are still open. It was not imported again."),
            "brought_back",
        )
    again = same.filter(state=State.READY).exists()
    returned = ReturnedFile(
        edition=edition,
        language=language,
        name=Path(str(file.name or "")).name[:200],
        sha256=sha256,
        by=by,
        state=State.ASKS if again else State.WAITING,
    )
    returned.file.save("returned.docx", file, save=False)
    with transaction.atomic():
        returned.save()
        if not again:
            read_returned_file.enqueue(returned.pk)
    return returned


def imported_before(edition: Edition, language: str, sha256: str) -> QuerySet[ReturnedFile]:
    """The same file, as it was imported before; the newest first."""
    return ReturnedFile.objects.filter(edition=edition, language=language, sha256=sha256)


def import_again(by: User, returned: ReturnedFile) -> bool:
    """Has a file read that was imported before; False where that runs already."""
    require(by, Verb.DRAFT, Text(returned.edition, returned.language))
    if returned.edition.state != EditionState.DRAFT:
        raise Locked
    asks = ReturnedFile.objects.filter(pk=returned.pk, state=State.ASKS)
    with transaction.atomic():
        moved = asks.update(state=State.WAITING, changed=timezone.now())
        if moved:
            read_returned_file.enqueue(returned.pk)
    return bool(moved)


def discard_returned(by: User, returned: ReturnedFile) -> None:
    """Throws a file away that waits for its person's confirmation."""
    require(by, Verb.DRAFT, Text(returned.edition, returned.language))
    if returned.state == State.ASKS:
        drop_file(returned)
        ReturnedFile.objects.filter(pk=returned.pk, state=State.ASKS).delete()


@task(queue_name=FILE_QUEUE)
def read_returned_file(pk: int) -> None:
    """Reads a file that waits. What can't be read is refused, in words that each reader sees in
    their own language."""
    returned = ReturnedFile.objects.filter(pk=pk).select_related("edition__instrument", "by").first()
    waiting = ReturnedFile.objects.filter(pk=pk, state=State.WAITING)
    if returned is None or not waiting.update(state=State.READING, changed=timezone.now()):
        return
    with in_message_ids():
        values: dict[str, Any] = {}
        try:
            with returned.file.open("rb") as stream:
                import_returned_file(returned, stream.read())
        except ActionError as problem:
            values = {"state": State.REFUSED, "problem": problem.stored}
        except Exception as problem:
            if is_passing(problem):
                raise Passing from problem
            words = _("This file could not be processed. The operator can see the reason.")
            values = {"state": State.REFUSED, "problem": words}
            log.exception("returned file %s", pk)
    if values:
        ReturnedFile.objects.filter(pk=pk).update(changed=timezone.now(), **values)
    drop_file(returned)


def import_returned_file(returned: ReturnedFile, data: bytes) -> None:
    """Keeps what a file suggests and says; the draft's text is not changed. Raises FileRefused, Locked,
    ActionError."""
    edition, language = returned.edition, returned.language
    require(returned.by, Verb.DRAFT, Text(edition, language))
    draft = load_tree(edition, language)
    read, certain = _read(edition, language, draft, data)
    cards = [card for card in read.review.cards if card.kind != Kind.SECTION_REMOVED or card.uid in certain]
    with transaction.atomic():
        draft_edition = hold_draft(edition)
        now = load_tree(draft_edition, language)
        rows = [row_of(returned, card) for card in cards]
        for row, state in zip(rows, _states(now, cards, read), strict=True):
            row.state = state
        rows = Suggestion.objects.bulk_create(rows, batch_size=200)
        comments = keep_comments(returned, read, now)
        for sha256, picture in read.pictures.items():
            blob = blobs.put(picture.data, Blob.Kind.IMAGE, picture.content_type)
            blobs.link(draft_edition, blob, sha256[:12], language, drafters_only=True)
        counts = {
            "suggestions": sum(row.state == Suggestion.State.OPEN for row in rows),
            "untracked": sum(not row.tracked for row in rows),
            "comments": len(comments),
        }
        returned.counts = counts | ({"frame": True} if read.frame_differs else {})
        returned.blocks, returned.outline = read.review.blocks, read.review.outline
        returned.state, returned.changed = State.READY, timezone.now()
        returned.save(update_fields=["counts", "blocks", "outline", "state", "changed"])
        audit.record(
            "bring_back",
            draft_edition,
            returned.by,
            language=language,
            sha256=returned.sha256,
            returned=returned.pk,
            **counts,
        )


def _read(edition: Edition, language: str, draft: SectionTree, data: bytes) -> tuple[ReturnedText, set[str]]:
    """The file's changes to the exported text, and which sections surely were in it."""
    limits = replace(Limits(), file_bytes=settings.KODEKS_UPLOAD_LIMIT)
    source = source_of(edition, language)
    try:
        states = states_of_file(data, limits)
        require_language(edition, language, states)
        sent = text_that_went_out(edition, language, draft, states)
        read = returned_file(data, sent, limits, source=blobs.read(source.blob) if source else None)
    except Refused as refusal:
        raise FileRefused(refusal) from refusal
    if not read.known:
        raise ActionError(_("The file contains no section of this draft. Nothing was saved."))
    return read, went_out(edition, language, draft, states)


def _states(draft: SectionTree, cards: Sequence[Card], read: ReturnedText) -> list[str]:
    """What the draft says already waits for nobody."""
    present: set[int] = set()
    by_section: dict[str, list[Decided]] = {}
    for number, card in enumerate(cards):
        by_section.setdefault(card.uid, []).append(Decided(number, card))
    for uid, found in by_section.items():
        section = draft.by_uid.get(uid)
        if section is not None:
            blocks = read.review.blocks.get(uid, [])
            present |= SectionDraft(section.text.body or EMPTY, blocks, found).present()
    State = Suggestion.State
    return [State.PRESENT if n in present else State.OPEN for n in range(len(cards))]


def row_of(returned: ReturnedFile, card: Card) -> Suggestion:
    """A card as a row that is not stored yet."""
    return Suggestion(
        edition=returned.edition,
        returned=returned,
        uid=card.uid,
        language=returned.language,
        kind=card.kind.value,
        block_hash=card.block_hash,
        position=card.position,
        target=card.target,
        level=card.level,
        before=card.before,
        after=card.after,
        changes=[change.as_json() for change in card.changes],
        tracked=card.tracked,
        author_name=card.author[:240],
        written=parse_date(card.date),
    )
