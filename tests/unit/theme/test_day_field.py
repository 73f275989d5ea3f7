"""A date as people type it: the day first."""

from __future__ import annotations

from datetime import date

import pytest

from theme.day_field import parse_day


@pytest.mark.parametrize(
    "text", ["3.4.2026", "03.04.2026.", "3/4/2026", "3 4 2026", " 3. 4. 2026. ", "2026-04-03"]
)
def test_the_day_comes_first(text: str) -> None:
    assert parse_day(text) == date(2026, 4, 3)


@pytest.mark.parametrize(
    "text", ["", "31.2.2026", "3.4.26", "4/13/2026", "tomorrow", "2026-4-3", "3.4.2026 x"]
)
def test_what_is_no_date(text: str) -> None:
    assert parse_day(text) is None
