"""What a thread and the table of comments say of words that were put in and edited since, and of words that
stand several times."""

from __future__ import annotations

import io

import pytest
from docx import Document

from documents.comments.actions import section_text
from documents.models import Comment
from tests.support.reviews import Cast, client_of
from tests.support.workflows.like_words import LINES, accept, suggest
from tests.support.workflows.like_words import consulted as consulted
from tests.support.workflows.matrix import sheet
from workflows.actions.write_comment import write_comment
from workflows.models import Review
from workflows.pages.matrix.rows import rows_of
from workflows.pages.matrix.spreadsheet import COLUMNS

SINCE = "the text was changed there since"
ASTRAY = "Which of them are meant is not sure"
STEPS = ("Јави се во Центарот.", "Запиши го часот.", "Јави се во Центарот.", "Чекај одговор.")


def thread(cast: Cast, review: Review, comment: Comment) -> str:
    address = f"/en/review/{review.pk}/?text=mk&view=comments"
    page = client_of(cast.coordinator).get(address).content.decode()
    return page.partition(f'id="k{comment.pk}"')[2].partition("</section>")[0]


def on(cast: Cast, review: Review, quote: str, nth: int) -> Comment:
    """A comment on the words where they stand the ``nth`` time."""
    text, at = section_text(cast.edition, cast.uids[0], "mk") or "", -1
    for _n in range(nth):
        at = text.index(quote, at + 1)
    return write_comment(
        cast.goran, review, cast.uids[0], "mk", "Зошто?", quote=quote,
        prefix=text[max(0, at - 60) : at], suffix=text[at + len(quote) : at + len(quote) + 60],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("Рок за одговор: 3 часа.", False),
        ("Рок за одговор: 3 часа, по писмено барање.", False),
        ("Рок за одговор: 5 часа.", True),
        ("Рок за одговор нема.", True),
    ],
)
def test_words_that_were_put_in_and_replaced_since_say_so(
    cast: Cast, consulted: Review, line: str, changed: bool
) -> None:
    cast.change(0, LINES[0], LINES[1].replace("2 часа", "еден ден"))
    comment = suggest(cast, consulted, cast.goran, "3 часа", 0)
    accept(cast, comment)
    assert SINCE not in thread(cast, consulted, comment)
    cast.change(0, line, LINES[1].replace("2 часа", "еден ден"))
    said = thread(cast, consulted, comment)
    assert "Put into the text by Elena" in said and (SINCE in said) is changed
    (row,) = rows_of(consulted.edition)
    assert row.words_now.startswith("the suggested words were put into the text")
    assert (SINCE in row.words_now) is changed
    table = client_of(cast.coordinator).get(f"/en/review/{consulted.pk}/comments/").content.decode()
    assert (SINCE in table) is changed


def test_a_place_that_is_not_sure_is_said_and_not_marked(cast: Cast, consulted: Review) -> None:
    cast.change(0, *STEPS)
    first, second = on(cast, consulted, STEPS[0], 1), on(cast, consulted, STEPS[0], 2)
    for one in (first, second):
        said = thread(cast, consulted, one)
        assert "data-quote=" in said and ASTRAY not in said
    # Both have other words around by now.
    cast.change(0, "Ново.", STEPS[0], "Провери.", STEPS[0], "Друго.")
    for one in (first, second):
        said = thread(cast, consulted, one)
        assert "data-quote=" not in said and ASTRAY in said
    assert "like words stand there too" in "".join(row.words_now for row in rows_of(consulted.edition))
    # What stands there once is marked, whatever is around it.
    only = on(cast, consulted, "Провери.", 1)
    cast.change(0, STEPS[0], "Ново.", "Провери.", STEPS[0])
    said = thread(cast, consulted, only)
    assert "data-quote=" in said and ASTRAY not in said


def test_the_tables_show_the_words_around_two_like_steps(cast: Cast, consulted: Review) -> None:
    cast.change(0, *STEPS)
    on(cast, consulted, STEPS[0], 1)
    on(cast, consulted, STEPS[0], 2)
    on(cast, consulted, STEPS[1], 1)
    client, address = client_of(cast.coordinator), f"/en/review/{consulted.pk}/comments"
    rows = list(sheet(client.get(f"{address}.xlsx").content).iter_rows(min_row=2, values_only=True))
    place = COLUMNS.index("around")
    first, second = ("… Идентификација [Јави", f"{STEPS[0]} {STEPS[1]} [Јави")
    cells = [str(row[place] or "") for row in rows]
    assert cells[0] == "Among the words around"
    assert first in cells[1] and second in cells[2] and cells[3] == ""
    table = Document(io.BytesIO(client.get(f"{address}.docx").content)).tables[0]
    quotes = [row.cells[4].text for row in table.rows]
    assert first in quotes[1] and f"[{STEPS[0]}] {STEPS[3]}" in quotes[2] and quotes[3] == STEPS[1]
    page = client.get(f"{address}/").content.decode()
    assert first in page and second in page
