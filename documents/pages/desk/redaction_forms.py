"""The forms that leave something out of a redacted edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from documents.actions.errors import ActionError
from documents.models import Ground
from documents.pages.desk.redaction_rows import part_name
from documents.text.extraction import shortened
from documents.text.redact import parts
from theme.locales import html_lang, native_name

FIELDS = {"quote": "words", "none_chosen": "what", "no_reason": "why"}
"""Beside which field a refusal is shown, by its code."""
NOT_FOUND = _("Enter the words as they stand in the text, from one paragraph.")


class WhyForm(forms.Form):
    """The reason for what is left out."""

    use_required_attribute = False

    ground = forms.ChoiceField(
        label=_("Legal ground"),
        choices=[("", _("Choose")), *Ground.choices],
        error_messages={"required": _("Choose the legal ground.")},
    )
    why = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example the article of the law. Everybody reads it."),
        error_messages={
            "required": _("Enter the reason. Everybody who reads the redacted edition reads it.")
        },
    )

    def refuse(self, problem: ActionError) -> None:
        """Shows at its field why the place could not be marked."""
        name = FIELDS.get(problem.code)
        self.add_error(name if name in self.fields else None, problem.message)


class WordsForm(WhyForm):
    """Words that are left out of the whole document."""

    language = forms.ChoiceField(label=_("Language"))
    words = forms.CharField(
        label=_("Words to leave out"),
        max_length=500,
        help_text=_("As they stand in the text. They are left out wherever they stand."),
        error_messages={"required": NOT_FOUND},
    )
    field_order = ("language", "words", "ground", "why")

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(one, native_name(one)) for one in languages]  # type: ignore[attr-defined]


class PartForm(WhyForm):
    """What is left out of one section."""

    class What(TextChoices):
        WORDS = "words", _("Words")
        BLOCKS = "blocks", _("These paragraphs")
        SECTION = "section", _("The whole section, with the sections in it")

    what = forms.ChoiceField(
        label=_("What is left out?"),
        choices=What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to leave out.")},
    )
    words = forms.CharField(
        label=_("The words, as they stand in the text"),
        max_length=500,
        error_messages={"required": NOT_FOUND},
    )
    block = forms.TypedMultipleChoiceField(
        label=_("Paragraphs"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what to leave out.")},
    )
    field_order = ("what", "words", "block", "ground", "why")

    def __init__(self, *args: Any, body: Mapping[str, Any], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tag = html_lang(language)
        self.fields["words"].widget.attrs["lang"] = tag
        self.fields["block"].choices = [  # type: ignore[attr-defined]
            (
                n,
                format_html(
                    '<span class="muted small">{}</span> <span lang="{}">{}</span>',
                    part_name(n, body),
                    tag,
                    shortened(" · ".join(part), 400),
                ),
            )
            for n, part in enumerate(parts(body))
            if part
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for what, name in ((self.What.WORDS, "words"), (self.What.BLOCKS, "block")):
            if given.get("what") != what:
                self.errors.pop(name, None)
        return given


class ReasonForm(forms.Form):
    """Why a redacted edition is sent back or withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter the reason.")},
    )
