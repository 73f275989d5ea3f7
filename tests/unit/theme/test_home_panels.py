"""The order of panels and figures on the first page."""

from __future__ import annotations

from functools import partial

import pytest

from theme import home_panels
from theme.home_panels import Figure, Panel, Rank


def figure(number: int, rank: Rank, text: str) -> Figure:
    return Figure(number, text, "/", "clock", rank)


def test_what_is_late_stands_first_and_else_the_order_of_registration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(home_panels, "_makers", {})
    ranks = {"read": Rank.TO_READ, "due": Rank.DUE, "late": Rank.LATE, "also due": Rank.DUE}
    for place, (title, rank) in enumerate(ranks.items()):
        panel = Panel(title, rank=rank)
        home_panels.register(title, place, partial(lambda panel, request: panel, panel))
    home_panels.register("nobody's", 0, lambda request: None)
    found = home_panels.panels(None)  # type: ignore[arg-type]
    assert [panel.title for panel in found] == ["late", "due", "also due", "read"]


def test_three_figures_those_that_count_something_before_others() -> None:
    first = Panel("A", figures=[figure(0, Rank.LATE, "late"), figure(2, Rank.TO_DO, "to do")])
    second = Panel("B", figures=[figure(1, Rank.DUE, "due"), figure(0, Rank.TO_READ, "none")])
    assert [one.text for one in home_panels.figures([first, second])] == ["due", "to do", "late"]
