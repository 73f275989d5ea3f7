"""The comment matrix as an Excel sheet, and a filled-in sheet read back. Typed text is never a formula."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from documents.actions.errors import ActionError
from documents.choices import CommentOutcome
from documents.text import plain_text
from documents.word import Refused
from documents.word.file.refusal import RefusalCode
from theme.locales import native_name
from theme.spreadsheet import FORMULA
from workflows.actions.import_answers import Filled
from workflows.pages.matrix.read_sheet import read_cells
from workflows.pages.matrix.rows import Row
from workflows.pages.review.threads import author_name

FORM = "kodeks-comments/1"
Value = str | int


@dataclass(frozen=True)
class Column:
    """A column of the table: its name in the file, width, title and the value of a row."""

    name: str
    width: int
    title: Promise | str
    value: Callable[[Row], Value]


def _replies(row: Row) -> str:
    return "\n".join(f"{author_name(one)}: {one.text}" for one in row.replies)


TABLE = (
    Column("number", 6, gettext_lazy("No."), lambda row: row.number),
    Column("comment_id", 8, gettext_lazy("Key"), lambda row: row.pk),
    Column("institution", 24, gettext_lazy("Institution"), lambda row: row.institution),
    Column("author", 20, gettext_lazy("Author"), lambda row: row.author),
    Column("section", 28, gettext_lazy("Section"), lambda row: row.section),
    Column("language", 9, gettext_lazy("Language"), lambda row: native_name(row.comment.language)),
    Column("quote", 40, gettext_lazy("Words in the text"), lambda row: row.quote),
    Column("around", 40, gettext_lazy("Context"), lambda row: row.around),
    Column("quote_state", 20, gettext_lazy("Current words"), lambda row: row.quote_state),
    Column("suggestion", 40, gettext_lazy("Suggested words"), lambda row: row.suggestion),
    Column("comment", 50, gettext_lazy("Comment"), lambda row: row.text),
    Column("replies", 40, gettext_lazy("Replies"), _replies),
    Column("outcome", 18, gettext_lazy("Outcome"), lambda row: row.outcome),
    Column("answer", 50, gettext_lazy("Answer"), lambda row: row.answer),
    Column("version", 8, gettext_lazy("Version"), lambda row: row.comment.version),
)
COLUMNS = tuple(column.name for column in TABLE)
FILLED_IN = ("outcome", "answer")
FIRST_ROW = 3
MOST_BYTES = 24 * 1024 * 1024
LONGEST_CELL = 32_767
BAR = "0A3641"
"""The colour behind the words above the columns: that of the bar over every page."""


def titles() -> tuple[str, ...]:
    """The words above the columns."""
    return tuple(str(column.title) for column in TABLE)


def values(row: Row) -> tuple[Value, ...]:
    """The cells of one comment."""
    return tuple(column.value(row) for column in TABLE)


def as_xlsx(rows: Sequence[Row], review_pk: int, title: str) -> bytes:
    """The sheet; outcome and answer are to be filled in, the rest is locked against slips."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Comments")[:31]
    for place, name in enumerate((f"{FORM} {review_pk}", *COLUMNS[1:]), 1):
        _text(sheet.cell(1, place), name)
    sheet.row_dimensions[1].hidden = True
    for place, column in enumerate(TABLE, 1):
        cell = sheet.cell(2, place)
        _text(cell, str(column.title))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=BAR)
        sheet.column_dimensions[cell.column_letter].width = column.width
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
        labels = ",".join(str(label).replace(",", " ") for label in CommentOutcome.labels)
        choice = DataValidation(type="list", formula1=f'"{labels}"', allow_blank=True)
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
    """Keep a value as text, with the quote prefix where a spreadsheet would see a formula."""
    cell.value = plain_text(value)[:LONGEST_CELL]
    cell.data_type = "s"
    if cell.value.startswith(FORMULA):
        cell.quotePrefix = True


def read_xlsx(data: bytes, review_pk: int) -> list[Filled]:
    """The rows with an outcome or answer. Raises ActionError for another file or another review's sheet."""
    if len(data) > MOST_BYTES:
        raise ActionError(_("The file is too large for a comment table."))
    try:
        lines = read_cells(data)
    except Refused as refusal:
        if refusal.code == RefusalCode.BROKEN:
            raise ActionError(_("We cannot read this file as an Excel sheet (.xlsx).")) from refusal
        raise ActionError(_("The file is too large for a comment table.")) from refusal
    place = _columns(lines[0] if lines else (), review_pk)
    outcomes = _outcomes_by_label()
    found = []
    for line, cells in enumerate(lines[FIRST_ROW - 1 :], FIRST_ROW):
        given = {name: plain_text("".join(cells[at : at + 1])) for name, at in place.items()}
        if given["outcome"] or given["answer"]:
            key = given["comment_id"]
            pk = int(key) if key.isdecimal() and len(key) < 19 else 0
            outcome = outcomes.get(given["outcome"].casefold(), given["outcome"])
            found.append(Filled(line, pk, outcome, given["answer"], given["version"]))
    return found


def _columns(head: Sequence[str], review_pk: int) -> dict[str, int]:
    """The places of the columns that are read. Raises ActionError for another table."""
    form = head[0] if head else ""
    names = ("comment_id", "outcome", "answer", "version")
    if not form.startswith(FORM + " ") or not set(names) <= set(head):
        raise ActionError(
            _("This is not a Kodeks comment table. Download the table here, fill it in and import it.")
        )
    if form != f"{FORM} {review_pk}":
        raise ActionError(_("This comment table belongs to another review."))
    return {name: head.index(name) for name in names}


def _outcomes_by_label() -> dict[str, str]:
    """Every word for an outcome, in every language of the office."""
    outcomes = {value: value for value in CommentOutcome.values}
    for tag in settings.KODEKS_OFFICE_LANGUAGES:
        with translation.override(tag):
            outcomes |= {str(outcome.label).casefold(): outcome.value for outcome in CommentOutcome}
    return outcomes
