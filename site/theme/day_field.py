"""The field for a date: typed day first, in figures, whatever the browser's order is."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

SHOWN = "%d.%m.%Y"
EXAMPLE = _("Day, month and year, for example 31.12.2026.")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./\s-]\s*(\d{1,2})\s*[./\s-]\s*(\d{4})\.?")


def parse_day(text: str) -> date | None:
    """`31.12.2026`, `31/12/2026`, `31 12 2026` or `2026-12-31`; None for what is no date."""
    text = text.strip()
    found = _DAY_FIRST.fullmatch(text)
    try:
        if found is not None:
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


class DayField(forms.DateField):
    """A date as text. The hint says how to type it."""

    default_error_messages = {"invalid": _("Enter a real date, for example 31.12.2026.")}

    def __init__(self, *, help_text: Any = "", **options: Any) -> None:
        widget = forms.DateInput(
            format=SHOWN, attrs={"class": "day", "autocomplete": "off", "maxlength": "14", "size": "12"}
        )
        hint = format_lazy("{} {}", help_text, EXAMPLE) if help_text else EXAMPLE
        super().__init__(widget=widget, help_text=hint, **options)

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str):
            return super().to_python(value)
        if value in self.empty_values or not value.strip():
            return None
        day = parse_day(value)
        if day is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day
