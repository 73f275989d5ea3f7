"""Save one section in one language: one UPDATE, with the version that was opened as its condition."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

import audit
from documents.access.rights import Text
from documents.actions.change_log import log_change
from documents.actions.errors import ActionError, Conflict
from documents.actions.find_translation_source import NOTHING, Seen, source_of
from documents.actions.first_numbers import lacks_number, number_as_original
from documents.actions.locking import hold_writable
from documents.choices import Translation
from documents.editions import blobs
from documents.editions.text_storage import EMPTY, check_language, hash_is, text_columns, translation_state
from documents.models import Edition, SectionChange
from documents.models import Section as SectionRow
from documents.models.sections import is_erased
from documents.signals import texts_changed
from documents.text import InvalidText, body_text, normalise_body, text_hash
from documents.text.extraction import picture_uses
from documents.text.ooxml import drop_stale_ooxml
from documents.text.types import Body
from documents.text.whitespace import same_but_for_end_blanks, without_empty_lines
from documents.word.lists.counting import count_on
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
    from_editor: bool = False,
) -> str:
    """Stores ``body`` and gives the text's hash. Raises Conflict where the text no longer has
    ``expected_hash``, and Locked where the edition is no draft. Raises ActionError where the body does not
    fit the schema, or stands in the place of an erased text.

    ``seen`` says how much of a translation somebody compared with its original; without it, it counts as
    older. ``earlier`` is a former text from the same Word file: its blocks, put back, keep Word's XML.
    ``from_editor``: from the editor, which leaves the labels of list items to be counted.
    """
    check_language(language)
    require(by, Verb.DRAFT, Text(edition, language, str(uid)))
    new = _normalised(body)
    new = without_empty_lines(new) if from_editor else new
    numbers = lacks_number(edition, uid, language, first=not from_editor)
    with transaction.atomic():
        # Alone where all sections get their numbers: who saves another one holds that and may wait for this.
        locked = hold_writable(edition, language, alone=numbers)
        if numbers:
            number_as_original(locked, language, body_text(new, heading=True))
        rows = SectionRow.objects.filter(edition=locked, uid=uid)
        row = _locked_row(rows, language, edition.instrument.source_language)
        if row is None:
            raise Conflict(mine=new, theirs=None)
        if from_editor and row.body:
            # By the text that is there now, whichever was opened: what is sent once more is the same then.
            new = count_on(row.body, new)
        new = drop_stale_ooxml(new, row.body or EMPTY, earlier or EMPTY)
        if row.body and same_but_for_end_blanks(row.body, new):
            new = row.body  # nobody would see a change, and no translation is older for it
        new_hash, made_from = text_hash(new), None
        if language != edition.instrument.source_language:
            before, now = row.made_from or "", row.source_hash
            made_from = source_of(
                locked, str(uid), language, seen, old=row.body, new=new, before=before, now=now
            )
        if new_hash == row.hash and (made_from in (None, row.made_from) or expected_hash != row.hash):
            return new_hash
        written = 0
        if expected_hash == row.hash:
            columns = text_columns(language, new, source_hash=made_from)
            written = rows.filter(hash_is(language, row.hash)).update(**columns)
        if not written:
            raise _conflict(locked, uid, language, new)
        blobs.open_to_readers(locked, set(picture_uses(new)))
        log_change(locked, uid, SectionChange.Verb.SAVE, by, language, before=row.body, after=new)
        audit.record_hourly("save_section", locked, by, uid=str(uid), language=language)
        texts_changed.send(sender=Edition, edition=locked, uids=[str(uid)])
    return new_hash


def _normalised(body: object) -> Body:
    try:
        new = normalise_body(body)
    except InvalidText as problem:
        raise ActionError(
            _("The text could not be read at %(place)s, so it was not saved.") % {"place": problem.path}
        ) from problem
    if is_erased(new):
        raise ActionError(_("An operator erased this version. It can't be restored."))
    return new


class _Row(NamedTuple):
    body: Body | None
    hash: str
    made_from: str | None
    source_hash: str


def _locked_row(rows: QuerySet[SectionRow], language: str, source: str) -> _Row | None:
    """A section as it is now, locked. Who saves the original at the same time waits, and then finds the
    changed translation (documents.actions.change_log)."""
    names = [f"body_{language}", f"text_hash_{language}", f"source_hash_{language}", f"text_hash_{source}"]
    # In no order, which would join the edition's row and lock that too, so that two savers wait for each
    # other. By name, not by values_list(): in the source's language one column is asked for twice.
    found = rows.select_for_update(no_key=True).order_by().values(*names).first()
    if found is None:
        return None
    body, sha256, made_from, source_hash = (found[name] for name in names)
    return _Row(body, sha256 or "", made_from, source_hash or "")


def counts_as_older(edition: Edition, uid: str, language: str) -> bool:
    """Whether the translation of a section, as stored, is older than its original."""
    source = edition.instrument.source_language
    if language == source:
        return False
    names = f"text_hash_{check_language(language)}", f"source_hash_{language}", f"text_hash_{source}"
    row = SectionRow.objects.filter(edition=edition, uid=uid).values_list(*names).first()
    return row is not None and translation_state(language, source, *row) == Translation.STALE


def mark_translated(by: User, edition: Edition, uid: str, language: str, source_hash: str) -> None:
    """Says that a translation is right for the source text of that hash. Raises Conflict where the source is
    another one."""
    check_language(language)
    require(by, Verb.DRAFT, Text(edition, language, str(uid)))
    source = edition.instrument.source_language
    if not source_hash.isalnum():
        raise Conflict()
    with transaction.atomic():
        locked = hold_writable(edition, language, alone=False)
        rows = SectionRow.objects.filter(edition=locked, uid=uid, **{f"text_hash_{source}": source_hash})
        if not rows.update(**{f"source_hash_{language}": source_hash}):
            raise Conflict()
        audit.record("mark_translated", locked, by, uid=str(uid), language=language)
        texts_changed.send(sender=Edition, edition=locked, uids=[str(uid)])


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
    """The message where a text had signs that reorder letters (documents.text.turns_letters)."""
    return _("Invisible characters that change the order of letters were removed. Check the words.")
