"""The form of a translation: each text of the source beside the field for it."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import strip_tags
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks import RichTextBlock

from documents.comparison.context import Context
from documents.comparison.inline_diff import diff_strings
from documents.text import inline_text
from public.translation.parts import Part, Text
from public.translation.states import Comparison, Origin, State
from theme.locales import direction, html_lang


@dataclass(frozen=True)
class Word:
    text: str
    kind: str


@dataclass(frozen=True)
class Field:
    """A text of the source beside its translation. ``words``: what changed in the source since;
    ``theirs``: what somebody else saved meanwhile, where that differs."""

    source: Text
    bound: Any
    words: list[Word]
    theirs: str = ""

    @property
    def is_rich(self) -> bool:
        return isinstance(self.source.block, RichTextBlock)


@dataclass(frozen=True)
class Row:
    part: Part
    state: State
    fields: list[Field]
    is_machine: bool
    asks: bool
    """Whether it can be marked: out of date, or not translated."""

    @property
    def anchor(self) -> str:
        return f"part-{self.part.key}"


class SideBySideForm(forms.Form):
    """A field for each text of the source, named by its part and path."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    source = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, found: list[Comparison], tag: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"lang": html_lang(tag), "dir": direction(tag)}
        for one in found:
            own = one.own.filled if one.own else {}
            for text in one.source.texts:
                if text.text.strip():
                    mine = own.get(text.path, "")
                    shown = "" if one.row is None and mine == text.text else mine
                    self.fields[name_of(one.source, text)] = _field(text, shown, attrs)

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for name, value in self.cleaned_data.items():
            key, colon, path = name.partition(":")
            if colon:
                found[key][path] = value.source if hasattr(value, "source") else str(value or "")
        return found


def name_of(part: Part, text: Text) -> str:
    return f"{part.key}:{text.path}"


def _field(text: Text, shown: str, attrs: Mapping[str, str]) -> forms.Field:
    if isinstance(text.block, RichTextBlock):
        field: forms.Field = copy.deepcopy(text.block.field)
        field.required, field.initial = False, shown
    else:
        widget = AdminAutoHeightTextInput(attrs=attrs)
        limit = getattr(text.block.field, "max_length", None)
        field = forms.CharField(max_length=limit, required=False, initial=shown, widget=widget, strip=False)
    field.label = text.label
    return field


def row_of(
    one: Comparison, form: SideBySideForm, typed: Mapping[str, Mapping[str, str]], machine: set[str] | None
) -> Row:
    own, mine = one.own.filled if one.own else {}, typed.get(one.source.key, {})
    before = one.row.source_texts if one.row and one.state == State.STALE else None
    fields = []
    for text in one.source.texts:
        if not text.text.strip():
            continue
        now = own.get(text.path, "")
        fields.append(
            Field(
                text,
                form[name_of(one.source, text)],
                _words(before.get(text.path, ""), text) if before is not None else [],
                now if text.path in mine and mine[text.path] != now else "",
            )
        )
    is_machine = (
        one.source.key in machine
        if machine is not None
        else bool(one.row and one.row.origin == Origin.MACHINE)
    )
    return Row(one.source, one.state, fields, is_machine, one.state in (State.MISSING, State.STALE))


def _words(before: str, text: Text) -> list[Word]:
    """What changed in the source; empty where nothing did."""
    old, new = strip_tags(before), strip_tags(text.text)
    if old == new:
        return []
    return [Word(inline_text(op.new or op.old), op.op) for op in diff_strings(old, new, Context())]
