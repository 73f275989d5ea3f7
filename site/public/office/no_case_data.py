"""Errors at the fields of a form that hold data of a real person (docs/case-data.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from public.checks.case_data import FREE, LOOKS_LIKE_IT, case_data, own_numbers


def refuse_case_data(form: Any) -> None:
    """Looks at its fields of free text and at its texts in each language, once they are clean."""
    own = own_numbers(form.cleaned_data)
    _refuse(form, FREE, own)
    file = form.cleaned_data.get("file")
    if file and "file" in form.changed_data and case_data(str(file.name))[0]:
        form.add_error("file", LOOKS_LIKE_IT)
    texts = getattr(form, "formsets", {}).get("texts")
    if texts is None:
        return
    texts.is_valid()
    for one in texts.forms:
        if one not in texts.deleted_forms:
            _refuse(one, [name for name in one.fields if name != "language"], own)


def _refuse(form: forms.BaseForm, names: Iterable[str], own: Iterable[str]) -> None:
    found = getattr(form, "cleaned_data", {})
    for name in names:
        if isinstance(text := found.get(name), str) and case_data(text, own)[0]:
            form.add_error(name, LOOKS_LIKE_IT)
