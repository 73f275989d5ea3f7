"""Hours as a reader sees them, and numbers that look wrong."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from directory.hours import Open, is_always, valid_hours, week
from public.dialling import doubt

MONDAY = date(2026, 11, 30)


def test_hours_are_told_by_days_that_are_alike() -> None:
    for text, tag, expected in (
        ("", "en", []),
        ("Mo-Fr 08:00-16:00", "en", [Open("Monday – Friday", "08:00–16:00")]),
        ("Mo-Fr 08:00-12:00,13:00-16:00; Sa 09:00-13:00", "sr-cyrl",
         [Open("понедељак – петак", "08:00–12:00, 13:00–16:00"), Open("субота", "09:00–13:00")]),
        ("Sa 22:00-02:00", "en", [Open("Saturday", "22:00–24:00"), Open("Sunday", "00:00–02:00")]),
    ):  # fmt: skip
        assert week(text, tag, MONDAY) == expected, text
        if text:
            valid_hours(text)
    assert is_always("24/7") and is_always("24 / 7") and not is_always("Mo 08:00-09:00")
    for wrong in ("always", "8-16 Uhr", "Mo 27:00-29:00"):
        with pytest.raises(ValidationError):
            valid_hours(wrong)


def test_a_number_that_the_list_does_not_know_is_doubted_alone() -> None:
    assert doubt("", "al") == ""
    assert "116006" in doubt("116006", "al")
    assert "0800" in doubt("0800", "mk") and doubt("+38922123456", "mk") == ""
    assert "x" in doubt("x", "xk")
