"""The comment matrix as a table in a Word file."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt, RGBColor

from documents.text import plain_text
from workflows.pages.matrix.rows import Row
from workflows.pages.matrix.spreadsheet import BAR, COLUMNS, titles, values

ON_PAPER = (1.0, 2.7, 2.3, 3.2, 2.9, 2.9, 4.0, 2.7, 2.2, 2.8)
"""How wide the columns are, in cm: they fill A4 across."""
STACKED = {"section": ("language",), "quote": ("around", "quote_state")}
"""What is under another value, as there is no room for a column of its own."""
LEFT_OUT = frozenset({"comment_id", "version", *sum(STACKED.values(), ())})
LETTER, MARGINS, WIDEST = 0.19, 0.45, 4.6
"""In cm: the width of most letters in nine points, the free space in a cell, the section's widest column."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def widths(rows: Sequence[Row]) -> tuple[float, ...]:
    """The widths of the columns in cm; the section's fits its longest word."""
    longest = max((len(word) for row in rows for word in re.split(r"[\s-]+", row.section)), default=0)
    found = list(ON_PAPER)
    more = min(max(longest * LETTER + MARGINS, found[3]), WIDEST) - found[3]
    found[3], found[6], found[7] = found[3] + more, found[6] - more * 2 / 3, found[7] - more / 3
    return tuple(round(one, 2) for one in found)


def as_docx(rows: Sequence[Row], title: str, remark: str) -> bytes:
    """The matrix as a table on A4 across, its first row repeated on every page."""
    document = Document()
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(1.5)
    document.styles["Normal"].font.size = Pt(9)
    document.core_properties.title, document.core_properties.author = title[:250], "Kodeks"
    document.styles["Heading 1"].font.color.rgb = RGBColor.from_string(BAR)
    document.add_heading(title, 1)
    document.add_paragraph(remark)
    shown = [place for place, name in enumerate(COLUMNS) if name not in LEFT_OUT]
    table = document.add_table(rows=1, cols=len(shown), style="Table Grid")
    table.autofit = False
    head = titles()
    # A row that is added takes its widths from the columns. Asked for its cells, a column goes through the
    # whole table.
    for column, cell, place, wide in zip(
        table.columns, table.rows[0].cells, shown, widths(rows), strict=True
    ):
        column.width = cell.width = Cm(wide)
        cell.text = ""
        run = cell.paragraphs[0].add_run(head[place])
        run.bold, run.font.color.rgb = True, RGBColor.from_string("FFFFFF")
        shade = cell._tc.get_or_add_tcPr()
        shade.append(shade.makeelement(f"{W}shd", {f"{W}val": "clear", f"{W}fill": BAR}))
    mark = table.rows[0]._tr.get_or_add_trPr()
    mark.append(mark.makeelement(f"{W}tblHeader"))
    others = {COLUMNS.index(name): [COLUMNS.index(one) for one in extras] for name, extras in STACKED.items()}
    for row in rows:
        cells = table.add_row().cells
        known = values(row)
        for cell, place in zip(cells, shown, strict=True):
            cell.text = plain_text(str(known[place]))
            for extra in others.get(place, ()):
                if known[extra]:
                    cell.add_paragraph().add_run(plain_text(str(known[extra]))).italic = True
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
