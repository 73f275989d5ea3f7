"""Where cells stand, by the rules of HTML, whatever a table claims of itself."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from documents.text.table_grid import MOST_COLUMNS, lay_out


def row(*cells: dict[str, Any]) -> dict[str, Any]:
    return {"type": "row", "content": [{"type": "cell", "attrs": attrs, "content": []} for attrs in cells]}


def places(*rows: dict[str, Any]) -> list[tuple[int, int, int, int]]:
    return [(c.x, c.y, c.colspan, c.rowspan) for c in lay_out(rows).cells]


def test_a_cell_steps_aside_for_one_that_reaches_down() -> None:
    assert places(row({"rowspan": 2}, {}), row({}, {})) == [
        (0, 0, 1, 2),
        (1, 0, 1, 1),
        (1, 1, 1, 1),
        (2, 1, 1, 1),
    ]


def test_spans_beyond_the_table_are_cut() -> None:
    assert places(row({"rowspan": 1000, "colspan": 1000})) == [(0, 0, MOST_COLUMNS, 1)]


def test_the_head_is_whole_rows_and_never_all_of_them() -> None:
    head = {"header": True}
    assert lay_out([row(head, head), row({}, {})]).head == 1
    assert lay_out([row(head), row(head)]).head == 1
    assert lay_out([row(head, {}), row({}, {})]).head == 0
    assert lay_out([row({**head, "rowspan": 2}, head), row(head), row({}, {})]).head == 2
    assert lay_out([row({**head, "rowspan": 2}, head), row({}), row({}, {})]).head == 0


CELL = st.fixed_dictionaries(
    {}, optional={"rowspan": st.integers(1, 9), "colspan": st.integers(1, 90), "header": st.booleans()}
)


@given(st.lists(st.lists(CELL, max_size=6), min_size=1, max_size=6))
def test_no_two_cells_share_a_place_and_none_leaves_the_table(table: list[list[dict[str, Any]]]) -> None:
    grid = lay_out([row(*cells) for cells in table])
    taken: set[tuple[int, int]] = set()
    for cell in grid.cells:
        spots = {(cell.x + dx, cell.y + dy) for dx in range(cell.colspan) for dy in range(cell.rowspan)}
        assert not spots & taken
        taken |= spots
    assert all(x < grid.columns <= MOST_COLUMNS and y < grid.rows for x, y in taken)
    assert all(cell.y + cell.rowspan <= grid.head for cell in grid.cells if cell.y < grid.head)
