"""On which days of a country nobody works, and where deadlines end."""

from __future__ import annotations

from datetime import date

from workflows.procedures.deadlines import deadline, free, next_working


def test_holidays_and_free_days_are_counted() -> None:
    assert free(date(2026, 12, 8), "mk") and not free(date(2026, 12, 8), "rs")
    assert free(date(2026, 2, 17), "xk") and free(date(2026, 3, 1), "zz") and not free(date(2026, 3, 2), "zz")
    for country in ("al", "ba", "xk", "me", "mk", "rs"):
        assert free(date(2027, 1, 1), country)
    assert deadline(date(2026, 12, 1), 7, "mk") == date(2026, 12, 9)
    assert deadline(date(2026, 12, 1), 5, "rs") == date(2026, 12, 7)
    assert deadline(date(2026, 12, 4), 3, "mk", working=True) == date(2026, 12, 10)


def test_a_day_that_was_named_and_is_free_moves_to_the_next_working_one() -> None:
    assert next_working(date(2026, 12, 7), "mk") == date(2026, 12, 7)
    assert next_working(date(2026, 12, 8), "mk") == date(2026, 12, 9)  # a holiday there
    assert next_working(date(2026, 12, 5), "rs") == date(2026, 12, 7)  # a Saturday
