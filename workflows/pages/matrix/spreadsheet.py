"""The comment matrix as an Excel sheet, and the reading of a filled-in sheet.

What people typed stays text in the sheet, whatever it begins with: a cell that says ``=HYPERLINK(…)`` is
never a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from documents.actions.errors import ActionError
from documents.choices import CommentOutcome
from documents.text import plain_text
from documents.word import Refused
from documents.word.file.refusal import RefusalCode
from theme.locales import native_name
from workflows.pages.matrix.read_sheet import read_cells
from workflows.pages.matrix.rows import Row
from workflows.pages.review.threads import author_name

FORM = "kodeks-comments/1"
COLUMNS = (
    "number",
    "comment_id",
    "institution",
    "author",
    "section",
    "language",
    "quote",
    "around",
    "words_now",
    "suggestion",
    "comment",
    "replies",
    "outcome",
    "answer",
    "version",
)
WIDTHS = (6, 8, 24, 20, 28, 9, 40, 40, 20, 40, 50, 40, 18, 50, 8)
FILLED_IN = ("outcome", "answer")
FIRST_ROW = 3
MOST_BYTES = 24 * 1024 * 1024
LONGEST_CELL = 32_767
BAR = "0A3641"
"""The colour behind the words above the columns: that of the bar over every page."""


@dataclass(frozen=True)
class Filled:
    """What a filled-in row says; ``line`` is its number in the sheet."""

    line: int
    pk: int
    outcome: str
    answer: str
    version: str


def titles() -> tuple[str, ...]:
    """The words above the columns."""
    return (
        _("No."),
        _("Key"),
        _("Institution"),
        _("Author"),
        _("Section"),
        _("Language"),
        _("Words in the text"),
        _("Among the words around"),
        _("These words now"),
        _("Suggested words"),
        _("Comment"),
        _("Replies"),
        _("Outcome"),
        _("Answer"),
        _("Version"),
    )


def values(row: Row) -> tuple[str | int, ...]:
    """The cells of one comment."""
    replies = "\n".join(f"{author_name(r)}: {r.text}" for r in row.replies)
    return (
        row.number,
        row.pk,
        row.institution,
        row.author,
        row.section,
        native_name(row.comment.language),
        row.quote,
        row.around,
        row.words_now,
        row.suggestion,
        row.text,
        replies,
        row.outcome,
        row.answer,
        row.comment.version,
    )


def as_xlsx(rows: Sequence[Row], review_pk: int, title: str) -> bytes:
    """The sheet: outcome and answer are to be filled in, the rest is locked against slips (without a
    password)."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Comments")[:31]
    for place, name in enumerate((f"{FORM} {review_pk}", *COLUMNS[1:]), 1):
        _text(sheet.cell(1, place), name)
    sheet.row_dimensions[1].hidden = True
    for place, (name, width) in enumerate(zip(titles(), WIDTHS, strict=True), 1):
        cell = sheet.cell(2, place)
        _text(cell, name)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=BAR)
        sheet.column_dimensions[cell.column_letter].width = width
    for line, row in enumerate(rows, FIRST_ROW):
        for place, (name, value) in enumerate(zip(COLUMNS, values(row), strict=True), 1):
            cell = sheet.cell(line, place)
            if isinstance(value, int):
                cell.value = value
            else:
                _text(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if name in FILLED_IN:
                cell.protection = Protection(locked=False)
    for hidden in ("comment_id", "version"):
        sheet.column_dimensions[sheet.cell(2, COLUMNS.index(hidden) + 1).column_letter].hidden = True
    if rows:
        words = ",".join(str(label).replace(",", " ") for label in CommentOutcome.labels)
        choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        letter = sheet.cell(2, COLUMNS.index("outcome") + 1).column_letter
        choice.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + len(rows) - 1}")
        sheet.add_data_validation(choice)
    sheet.freeze_panes = "A3"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = sheet.protection.sort = False
    book.properties.title, book.properties.creator = title[:250], "Kodeks"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(cell: Any, value: str) -> None:
    """Keeps a value as text: openpyxl would make a formula of what begins with an equals sign, and so would
    whoever edits the cell without the quote prefix."""
    cell.value = plain_text(value)[:LONGEST_CELL]
    cell.data_type = "s"
    if cell.value[:1] in ("=", "+", "-", "@", "\t"):
        cell.quotePrefix = True


def read_xlsx(data: bytes, review_pk: int) -> list[Filled]:
    """The rows of a sheet in which an outcome or an answer stands. Raises ActionError, in words, for any
    other file and for the sheet of another review. Whether a row can be kept is not looked at here."""
    if len(data) > MOST_BYTES:
        raise ActionError(_("The file is too big for a comment table."))
    try:
        lines = read_cells(data)
    except Refused as refusal:
        if refusal.code == RefusalCode.BROKEN:
            raise ActionError(_("This file can't be read as an Excel sheet (.xlsx).")) from refusal
        raise ActionError(_("The file is too big for a comment table.")) from refusal
    place = _columns(lines[0] if lines else (), review_pk)
    words = _words_for_outcomes()
    found = []
    for line, cells in enumerate(lines[FIRST_ROW - 1 :], FIRST_ROW):
        given = {name: plain_text("".join(cells[at : at + 1])) for name, at in place.items()}
        if given["outcome"] or given["answer"]:
            key = given["comment_id"]
            pk = int(key) if key.isdecimal() and len(key) < 19 else 0
            outcome = words.get(given["outcome"].casefold(), given["outcome"])
            found.append(Filled(line, pk, outcome, given["answer"], given["version"]))
    return found


def _columns(head: Sequence[str], review_pk: int) -> dict[str, int]:
    """The places of the columns that are read. Raises ActionError for another table than that of the
    review."""
    form = head[0] if head else ""
    names = ("comment_id", "outcome", "answer", "version")
    if not form.startswith(FORM + " ") or not set(names) <= set(head):
        raise ActionError(
            _("This is not a comment table of Kodeks. Download it here, fill it in, and take that file.")
        )
    if form != f"{FORM} {review_pk}":
        raise ActionError(_("This comment table belongs to another review."))
    return {name: head.index(name) for name in names}


def _words_for_outcomes() -> dict[str, str]:
    """Every word for an outcome, in every language of the office: the sheet may come back from a colleague
    who reads another."""
    words = {value: value for value in CommentOutcome.values}
    for tag in settings.KODEKS_OFFICE_LANGUAGES:
        with translation.override(tag):
            words |= {str(outcome.label).casefold(): outcome.value for outcome in CommentOutcome}
    return words
