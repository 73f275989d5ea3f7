"""Sealed numbers, and the chart of the results."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import LazySettings

from outreach.chart import axis, draw
from outreach.models import week_of
from outreach.seal import Unreadable, seal, unseal


def test_a_sealed_number_says_nothing(settings: LazySettings) -> None:
    sealed = {number: seal(number) for number in (0, 1, 4, 5, 70_000)}
    assert {unseal(one) for one in sealed.values()} == set(sealed)
    assert seal(1) != seal(1) and len({len(one) for one in sealed.values()}) == 1
    with pytest.raises(Unreadable):
        unseal(sealed[1][:-1] + b"x")
    settings.SECRET_KEY = "another key"
    with pytest.raises(Unreadable):
        unseal(sealed[1])


def test_the_axis_has_round_numbers() -> None:
    for most, marks in ((0, [0, 5]), (5, [0, 5]), (7, [0, 2, 4, 6, 8]), (38, [0, 10, 20, 30, 40])):
        assert axis(most) == marks
    for most in (6, 99, 100, 101, 999, 12_345):
        assert most <= axis(most)[-1] <= 2 * most + 5 and len(axis(most)) <= 7


def test_the_chart_has_no_style_and_escapes() -> None:
    monday = date(2026, 11, 2)
    weeks = [(monday + timedelta(weeks=n), 5 * n, 6) for n in range(12)]
    svg = draw(weeks, 'A "title" <b>')
    assert "style" not in svg and "&lt;b&gt;" in svg
    assert svg.count("<rect") == 23, "nothing is drawn for nothing"
    assert "2.11." in svg
    assert week_of(date(2026, 11, 8)) == monday == week_of(monday)
