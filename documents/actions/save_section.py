"""Save one section in one language: one UPDATE, with the version that was opened as its condition."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents import blobs
from documents.access import Text
from documents.actions.errors import ActionError, Conflict
from documents.actions.find_translation_source import NOTHING, Seen, source_of
from documents.actions.first_numbers import lacks_number, take_over_numbers
from documents.actions.locking import hold_writable, log_change
from documents.choices import Translation
from documents.models import Edition, SectionChange
from documents.models import Section as SectionRow
from documents.signals import texts_changed
from documents.text import InvalidText, body_text, normalise_body, text_hash
from documents.text.extraction import picture_uses
from documents.text.ooxml import drop_stale_ooxml
from documents.text.types import Body
from documents.text.whitespace import same_but_for_end_blanks, without_empty_lines
from documents.text_storage import EMPTY, check_language, hash_is, text_columns, translation_state
from documents.word.list_counting import count_on
from people.access import require
from people.models import User
from people.roles import Verb


def save_section(
    by: User,
    edition: Edition,
    uid: str,
    language: str,
    body: object,
    expected_hash: str,
    earlier: Any = None,
    seen: Seen = NOTHING,
    by_hand: bool = False,
) -> str:
    """Keeps ``body`` and gives the text's hash as it is now.

    ``expected_hash`` is the hash of the text that was opened. Raises Conflict, with both texts, where the
    text is another one by now; Locked where the edition is no draft; ActionError where the body does not fit
    the schema. ``seen`` says how much of a translation somebody held against its original, and against which
    text of it; by that it counts as up to date or older. Who does not say it has held nothing against it.
    ``earlier`` is a former text of the section that was read from the same Word file: its blocks, put back,
    are still the blocks that Word's XML was kept for. ``by_hand``: it was written in the editor, where the
    items of lists keep the labels that they had; they are counted anew. Whoever made the text otherwise has
    counted them.
    """
    check_language(language)
    require(by, Verb.DRAFT, Text(edition, language, str(uid)))
    try:
        new = normalise_body(body)
    except InvalidText as problem:
        raise ActionError(
            _("The text could not be read at %(place)s, so it was not saved.") % {"place": problem.path}
        ) from problem
    if by_hand:
        new = without_empty_lines(new)
    source = edition.instrument.source_language
    numbers = lacks_number(edition, uid, language, first=not by_hand)
    with transaction.atomic():
        # Alone where all sections get their numbers: who saves another one holds that and may wait for this.
        held = hold_writable(edition, language, alone=numbers)
        if numbers:
            take_over_numbers(held, language, body_text(new, heading=True))
        rows = SectionRow.objects.filter(edition=held, uid=uid)
        # Held: who saves the original meanwhile waits, and then knows that the translation was changed
        # (original_back). In no order, which would join the edition's row and hold that too, so that two
        # savers wait for each other. By name, not by values_list(): of the source language one column is
        # asked for twice, and comes once.
        found = (
            rows.select_for_update(no_key=True)
            .order_by()
            .values(
                f"body_{language}", f"text_hash_{language}", f"source_hash_{language}", f"text_hash_{source}"
            )
            .first()
        )
        if found is None:
            raise Conflict(mine=new, theirs=None)
        old, old_hash = found[f"body_{language}"], found[f"text_hash_{language}"] or ""
        old_source, source_now = found[f"source_hash_{language}"], found[f"text_hash_{source}"]
        if by_hand and old:
            # By the text that is there now, whichever was opened: the same text that is sent once more is the
            # same then.
            new = count_on(old, new)
        new = drop_stale_ooxml(new, old or EMPTY, earlier or EMPTY)
        if old and same_but_for_end_blanks(old, new):
            new = old  # nobody would see a change, and no translation is older for it
        new_hash = text_hash(new)
        made_from = None
        if language != source:
            made_from = source_of(
                held,
                str(uid),
                language,
                seen,
                old=old,
                new=new,
                before=old_source or "",
                now=source_now or "",
            )
        if new_hash == old_hash and (made_from in (None, old_source) or expected_hash != old_hash):
            return new_hash
        written = 0
        if expected_hash == old_hash:
            columns = text_columns(language, new, source_hash=made_from)
            written = rows.filter(hash_is(language, old_hash)).update(**columns)
        if not written:
            raise _conflict(held, uid, language, new)
        blobs.open_to_readers(held, set(picture_uses(new)))
        log_change(held, uid, SectionChange.Verb.SAVE, by, language, before=old, after=new)
        texts_changed.send(sender=Edition, edition=held, uids=[str(uid)])
    return new_hash


def counts_as_older(edition: Edition, uid: str, language: str) -> bool:
    """Whether the translation of a section, as it is kept now, is older than its original."""
    source = edition.instrument.source_language
    if language == source:
        return False
    names = f"text_hash_{check_language(language)}", f"source_hash_{language}", f"text_hash_{source}"
    row = SectionRow.objects.filter(edition=edition, uid=uid).values_list(*names).first()
    return row is not None and translation_state(language, source, *row) == Translation.STALE


def mark_translated(by: User, edition: Edition, uid: str, language: str, source_hash: str) -> None:
    """Says that a translation is right for the source text of that hash, without a change to it.

    Raises Conflict where the source is another one by now.
    """
    check_language(language)
    require(by, Verb.DRAFT, Text(edition, language, str(uid)))
    source = edition.instrument.source_language
    if not source_hash.isalnum():
        raise Conflict()
    with transaction.atomic():
        held = hold_writable(edition, language, alone=False)
        rows = SectionRow.objects.filter(edition=held, uid=uid, **{f"text_hash_{source}": source_hash})
        if not rows.update(**{f"source_hash_{language}": source_hash}):
            raise Conflict()
        audit.record("mark_translated", held, by, uid=str(uid), language=language)
        texts_changed.send(sender=Edition, edition=held, uids=[str(uid)])


def _conflict(edition: Edition, uid: str, language: str, mine: Body) -> Conflict:
    theirs, theirs_hash = (
        SectionRow.objects.filter(edition=edition, uid=uid)
        .values_list(f"body_{language}", f"text_hash_{language}")
        .get()
    )
    last = SectionChange.objects.filter(edition=edition, uid=uid, language=language).order_by("-id").first()
    who = User.objects.filter(actor=last.actor).first() if last and last.actor else None
    return Conflict(
        mine, theirs or EMPTY, theirs_hash or "", who.name if who else "", last.at if last else None
    )


def reordering_message() -> str:
    """What is said where a text held signs that turn its letters, which nothing keeps
    (documents.text.turns_letters)."""
    return _(
        "Invisible signs that show letters in another order than they are typed in were taken out. Please "
        "check the words."
    )
