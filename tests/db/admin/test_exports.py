"""No cell of any .csv or .xlsx is a formula, whoever wrote it; also of what Wagtail's admin exports."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.urls import get_resolver
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from tests.support.documents.exports.every_export import addresses
from theme.spreadsheet import FORMULA, cells

SIGNS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1")


class Written:
    """Says what an editor typed."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


class Report(SpreadsheetExportMixin):
    list_export = ("text", "thing", "many", "number")

    def get_heading(self, queryset: Any, field: str) -> str:
        return field


class Row:
    def __init__(self, text: str) -> None:
        self.text, self.thing, self.many, self.number = text, Written(text), [text, "x"], -5


def exported() -> list[list[Any]]:
    report, rows = Report(), [Row(sign) for sign in SIGNS]
    text = b"".join(report.write_csv_response(rows).streaming_content).decode()
    found: list[list[Any]] = list(csv.reader(io.StringIO(text, newline="")))
    book = io.BytesIO(b"".join(report.write_xlsx_response(rows).streaming_content))
    return found + [list(line) for line in load_workbook(book).active.iter_rows(values_only=True)]


def test_wagtails_exports_have_no_formula() -> None:
    lines = exported()
    assert len(lines) == 2 * (len(SIGNS) + 1)
    for line in lines:
        for cell in line[:3]:
            assert not str(cell).startswith(FORMULA), line
    assert lines[1][3] == "-5" and lines[-1][3] == -5, "a number stays one"
    assert all(cell.startswith("'") for cell in cells(*SIGNS))


def test_every_view_that_exports_is_known() -> None:
    """Wagtail's own by the mixin above; ours by the test of each (documents/exports/test_every_export.py)."""
    names = {
        name
        for host in ("config.urls_office", "config.urls_public")
        for route, name in addresses(get_resolver(host))
        if name and route.rstrip("$").endswith((".csv", ".xlsx"))
    }
    assert names == {"audit:csv", "coordinate:csv", "outreach:csv", "review:matrix_xlsx"}
