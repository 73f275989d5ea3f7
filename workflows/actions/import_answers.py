"""Take the answers of a filled-in comment table: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.comments.decide import checked, decide
from documents.models import Comment
from people.access import require
from people.models import User
from people.roles import Verb
from workflows.actions.comments import tell_authors
from workflows.models import Review


@dataclass(frozen=True)
class Filled:
    """What a filled-in row says; ``line`` is its number in the sheet."""

    line: int
    pk: int
    outcome: str
    answer: str
    version: str


@dataclass(frozen=True)
class RefusedRow:
    """A row of the table that can't be stored, and why."""

    line: int
    why: str


class RowsRefused(ActionError):
    """Rows that can't be stored; nothing of the table was."""

    def __init__(self, rows: list[RefusedRow]) -> None:
        super().__init__(_("Nothing was imported. Correct these rows and import the file again:"), "rows")
        self.rows = rows


@record_refusals("take_answers")
def take_answers(by: User, review: Review, filled: Sequence[Filled]) -> int:
    """Keep every answer that differs; gives how many. Raises RowsRefused with every row that is wrong."""
    require(by, Verb.SUBMIT, review)
    with transaction.atomic():
        hold(review.edition, alone=False)
        known = {
            comment.pk: comment
            for comment in Comment.objects.select_for_update(of=("self",), no_key=True)
            .filter(edition=review.edition_id, parent=None)
            .select_related("edition__instrument", "author")
        }
        refused, changes, seen = [], [], set()
        for row in filled:
            comment = known.get(row.pk)
            try:
                if comment is None:
                    raise ActionError(_("This comment is not in this review."))
                if row.pk in seen:
                    raise ActionError(_("This comment is in the table twice."))
                seen.add(row.pk)
                answer = checked(row.outcome, row.answer)
                # The answer that stands says nothing anew, but to who opened the comment again after it.
                repeated = comment.reopened and row.version == comment.version
                if (row.outcome, answer) == (comment.outcome, comment.outcome_text) and not repeated:
                    continue
                if row.version != comment.version:
                    raise ActionError(_("This comment was answered after the table was downloaded."))
                changes.append((comment, row.outcome, answer))
            except ActionError as problem:
                refused.append(RefusedRow(row.line, problem.message))
        if refused:
            raise RowsRefused(refused)
        for comment, outcome, answer in changes:
            decide(by, comment, outcome, answer)
        tell_authors(by, review, [comment for comment, _outcome, _answer in changes])
        if changes:
            audit.record("take_answers", review, by, answers=len(changes))
    return len(changes)
