"""Take suggestions of returned Word files into the draft, keep the draft's text instead, and undo either."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.access.rights import Text
from documents.actions import decide_sections
from documents.actions.errors import ActionError
from documents.actions.find_translation_source import PART
from documents.actions.locking import hold_draft
from documents.actions.save_section import save_section
from documents.editions.text_storage import EMPTY
from documents.models import Section, Suggestion
from documents.text.types import Json
from documents.word.lists.counting import count_on
from documents.word.review.apply import BlockChanged, Decided, SectionDraft, result_of
from documents.word.review.cards import SECTION_KINDS, Card, Kind
from documents.word.review.changes import Change
from documents.word.review.lines import with_words
from documents.word.review.normalise import body_of, whole_blocks, whole_heading
from people.access import require
from people.models import User
from people.roles import Verb

State = Suggestion.State
LAST = (Kind.SECTION_ADDED, Kind.SECTION_REMOVED, Kind.SECTION_MOVED)
"""Whole sections are decided after their words, in this order."""


@dataclass
class Outcome:
    """What became of a decision about several: how many were decided, and why the others were not.
    ``batch`` undoes it."""

    batch: uuid.UUID = field(default_factory=uuid.uuid4)
    done: list[int] = field(default_factory=list)
    left: list[tuple[Suggestion, str]] = field(default_factory=list)


def accept(by: User, suggestions: Iterable[Suggestion], on: Collection[int] | None = None) -> Outcome:
    """Puts suggestions into the draft, each only where it still has the exported text. ``on``: of one
    suggestion, the numbers of the changes within it that are taken. What does not fit stays open."""
    outcome = Outcome()
    for rows in _by_section(suggestions, _order):
        _in_section(by, rows, outcome, lambda rows: _accept(by, rows, on, outcome))
    return outcome


def refuse(by: User, suggestions: Iterable[Suggestion]) -> Outcome:
    """Keeps the draft's text."""
    outcome = Outcome()

    def keep(rows: Sequence[Suggestion]) -> None:
        for row in rows:
            _decide(by, row, State.REFUSED, outcome)

    for rows in _by_section(suggestions, _order):
        _in_section(by, rows, outcome, keep)
    return outcome


def undo(by: User, suggestions: Iterable[Suggestion]) -> Outcome:
    """Opens decided suggestions again; what was taken leaves the draft, where it is still there as it was
    taken."""
    outcome = Outcome()
    for rows in _by_section(suggestions, lambda row: (-_order(row)[0], -row.pk)):
        _in_section(
            by, rows, outcome, lambda rows: _undo(by, rows, outcome), of=(State.ACCEPTED, State.REFUSED)
        )
    return outcome


def write(by: User, suggestion: Suggestion, seen: Sequence[str], lines: Sequence[str] | None) -> Outcome:
    """Decides a suggestion whose block has changed with a text that a person wrote, a paragraph a line. It
    replaces the blocks that they saw (``seen``: their hashes). Without ``lines``, what the file has."""
    outcome = Outcome()

    def put(rows: Sequence[Suggestion]) -> None:
        row = rows[0]
        draft, sha256 = _draft_of(row)
        file = result_of(card_of(row))
        blocks = file if lines is None else _written(lines, draft.now_at(row.pk), file)
        try:
            replaced = draft.write(row.pk, seen, blocks)
        except BlockChanged:
            outcome.left.append((row, _("The draft has changed again. Check the texts again.")))
            return
        row.result, row.replaced = _body(row, blocks), _body(row, replaced)
        _decide(by, row, State.ACCEPTED, outcome, _save(by, row, draft.body, sha256))

    _in_section(by, [suggestion], outcome, put)
    return outcome


def _written(lines: Sequence[str], now: Sequence[Json], file: Sequence[Json]) -> tuple[Json, ...]:
    """Paragraphs of typed lines, with the marks and notes of those that they stand for."""
    like = [one for one in (now or file) if one["type"] == "paragraph"]
    pairs = [(like[n] if n < len(like) else None, line) for n, line in enumerate(lines)]
    return tuple(with_words(one, line) for one, line in pairs)


def card_of(row: Suggestion) -> Card:
    """The card that a row keeps."""
    return Card(
        Kind(row.kind),
        str(row.uid),
        EMPTY | row.before,
        EMPTY | row.after,
        row.block_hash,
        row.position,
        row.target,
        tuple(Change.from_json(one) for one in row.changes),
        level=row.level,
    )


def blocks_of(row: Suggestion, body: Json | None) -> tuple[Json, ...]:
    """The whole blocks of a small body; of a heading the heading."""
    if body is None:
        return ()
    if row.kind == Suggestion.Kind.HEADING:
        return (whole_heading(body),)
    return tuple(whole_blocks(body, ooxml=True))


def now_at(suggestion: Suggestion) -> tuple[tuple[Json, ...], bool]:
    """The draft's text at the suggestion's block, and whether it is the exported one."""
    draft, _sha256 = _draft_of(suggestion)
    now = draft.now_at(suggestion.pk)
    try:
        draft.take(suggestion.pk)
    except BlockChanged:
        return now, False
    return now, True


def _by_section(
    suggestions: Iterable[Suggestion], order: Callable[[Suggestion], tuple[int, int]]
) -> list[list[Suggestion]]:
    """The words of each section together, and each whole section by itself."""
    rows = sorted(suggestions, key=order)
    groups: dict[tuple[int, uuid.UUID, int], list[Suggestion]] = {}
    for row in rows:
        alone = row.pk if row.kind in SECTION_KINDS else 0
        groups.setdefault((row.returned_id, row.uid, alone), []).append(row)
    return list(groups.values())


def _order(row: Suggestion) -> tuple[int, int]:
    """New sections in the file's order, then those that go, the last first, then those that move."""
    place = LAST.index(Kind(row.kind)) + 1 if row.kind in SECTION_KINDS else 0
    return place, -row.pk if row.kind == Suggestion.Kind.SECTION_REMOVED else row.pk


def _in_section(
    by: User,
    rows: Sequence[Suggestion],
    outcome: Outcome,
    decide: Callable[[Sequence[Suggestion]], None],
    of: Collection[str] = (State.OPEN,),
) -> None:
    """Decides rows of one section, locked, in one transaction. Those already decided, or impossible, are in
    ``outcome``."""
    first = rows[0]
    require(by, Verb.DRAFT, Text(first.edition, first.language, str(first.uid)))
    done, left = len(outcome.done), len(outcome.left)
    try:
        with transaction.atomic():
            hold_draft(first.edition, alone=False)
            locked = Suggestion.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
            locked = locked.select_related("returned__by", "edition__instrument")
            found = {row.pk: row for row in locked.filter(pk__in=[row.pk for row in rows])}
            ready = [found[row.pk] for row in rows if found[row.pk].state in of]
            for row in found.values():
                if row.state not in of:
                    reason = _("This has already been decided: %(state)s.") % {
                        "state": row.get_state_display()
                    }
                    outcome.left.append((row, reason))
            if ready:
                decide(ready)
    except ActionError as problem:
        del outcome.done[done:], outcome.left[left:]
        reason = problem.message or _("Someone changed the text at the same time. Check it again.")
        outcome.left += [(row, reason) for row in rows]


def _accept(by: User, rows: Sequence[Suggestion], on: Collection[int] | None, outcome: Outcome) -> None:
    first = rows[0]
    if first.kind in SECTION_KINDS:
        _decide(by, first, State.ACCEPTED, outcome, decide_sections.accept(by, first))
        return
    draft, sha256 = _draft_of(first)
    now, taken = draft.body, []
    for row in rows:
        try:
            result, replaced = draft.take(row.pk, on)
        except BlockChanged:
            outcome.left.append((row, _("The draft has changed since. Compare the three texts.")))
            continue
        row.result, row.replaced = _body(row, result), _body(row, replaced)
        taken.append(row)
    body: Any = draft.body if on is None else count_on(now, draft.body)  # type: ignore[arg-type]
    saved = _save(by, first, body, sha256) if taken else ""
    for row in taken:
        _decide(by, row, State.ACCEPTED, outcome, saved)


def _undo(by: User, rows: Sequence[Suggestion], outcome: Outcome) -> None:
    first = rows[0]
    taken = [row for row in rows if row.state == State.ACCEPTED]
    undone = [row for row in rows if row.state == State.REFUSED]
    if taken and first.kind in SECTION_KINDS:
        decide_sections.undo(by, first)
        undone += taken
    elif taken:
        undone += _undo_taken(by, taken, outcome)
    for row in undone:
        _reopen(by, row, outcome)


def _undo_taken(by: User, taken: Sequence[Suggestion], outcome: Outcome) -> list[Suggestion]:
    draft, sha256 = _draft_of(taken[0])
    undone = []
    for row in taken:
        if row.result is None:
            outcome.left.append((row, _("An older version of Kodeks imported this. You can't undo it here.")))
            continue
        try:
            draft.undo(row.pk, blocks_of(row, row.replaced))
        except BlockChanged:
            reason = _("The text has changed since. Earlier texts are in the version history of the section.")
            outcome.left.append((row, reason))
            continue
        undone.append(row)
    if undone:
        back = [block for row in undone for block in (row.replaced or EMPTY)["blocks"]]
        _save(by, taken[0], draft.body, sha256, EMPTY | {"blocks": back})
    return undone


def _save(by: User, row: Suggestion, body: Json, sha256: str, earlier: Json | None = None) -> str:
    uid = str(row.uid)
    return save_section(by, row.edition, uid, row.language, body, sha256, earlier, seen=PART)


def _body(row: Suggestion, blocks: Sequence[Json]) -> Json:
    if row.kind == Suggestion.Kind.HEADING:
        return body_of([], blocks[0]["content"] if blocks else [])
    return body_of(blocks)


def _draft_of(row: Suggestion) -> tuple[SectionDraft, str]:
    """The section among the cards of the file about it, and the hash of its text."""
    found = (
        Section.objects.filter(edition=row.edition_id, uid=row.uid)
        .values_list(f"body_{row.language}", f"text_hash_{row.language}")
        .first()
    )
    if found is None:
        raise ActionError(_("The section is no longer in the draft. The suggestion stays open here."))
    rows = Suggestion.objects.filter(returned=row.returned_id, uid=row.uid).exclude(kind__in=SECTION_KINDS)
    cards = []
    for one in rows.exclude(state=State.CLOSED).order_by("pk"):
        card, result = card_of(one), None
        if one.state == State.ACCEPTED and one.result is not None:
            result = blocks_of(one, one.result)
        elif one.state == State.PRESENT:
            result = result_of(card)
        cards.append(Decided(one.pk, card, result))
    return SectionDraft(found[0] or EMPTY, row.returned.blocks.get(str(row.uid), []), cards), found[1] or ""


def _decide(by: User, row: Suggestion, state: str, outcome: Outcome, saved: str = "") -> None:
    """Keeps what became of a suggestion. The trail has the author of the words and the hash of the resulting
    text (``saved``). By that hash the section history shows whose words each text added."""
    row.state, row.decided, row.decided_by, row.batch = state, timezone.now(), by, outcome.batch
    row.save(update_fields=["state", "decided", "decided_by", "batch", "result", "replaced"])
    audit.record(
        f"suggestion_{state}",
        row.edition,
        by,
        suggestion=row.pk,
        uid=str(row.uid),
        language=row.language,
        brought_by=str(row.returned.by.actor),
        sha256=saved,
    )
    outcome.done.append(row.pk)


def _reopen(by: User, row: Suggestion, outcome: Outcome) -> None:
    row.state, row.decided, row.decided_by, row.batch = State.OPEN, None, None, None
    row.result = row.replaced = None
    row.save(update_fields=["state", "decided", "decided_by", "batch", "result", "replaced"])
    audit.record(
        "suggestion_reopened", row.edition, by, suggestion=row.pk, uid=str(row.uid), language=row.language
    )
    outcome.done.append(row.pk)
