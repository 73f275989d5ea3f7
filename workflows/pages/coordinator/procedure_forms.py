"""The forms in which a coordinator changes a procedure and its stages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from documents.text import plain_line
from theme.locales import native_name
from workflows.choices import Delegation, Silence, StageKind
from workflows.models.procedures import DEFAULTS, MOST_DAYS
from workflows.procedures import quorum
from workflows.procedures.names import MOST, display_name, in_each, names_to_store
from workflows.shipped_procedures import SHIPPED

MOST_AGREEING = 30
"""As many institutions as a quorum can be of, where it is a number."""


class NamedForm(forms.Form):
    """A form with a name field for each of ``languages``, after the field ``NAME_AFTER``."""

    NAME_AFTER = ""

    def __init__(self, *args: Any, languages: Sequence[str], **options: Any) -> None:
        initial = options.get("initial") or {}
        own = in_each(initial.get("name", ""), initial.get("names") or {}, languages)
        named = {f"name_{language}": name for language, name in own.items() if name}
        options["initial"] = named | initial
        super().__init__(*args, **options)
        self.languages = languages
        for language in languages:
            self.fields[f"name_{language}"] = forms.CharField(
                label=format_lazy("{} ({})", gettext_lazy("Name"), native_name(language)),
                max_length=MOST,
                required=False,
                widget=forms.TextInput(attrs={"lang": language}),
            )
        known = list(self.base_fields)
        before = known[: known.index(self.NAME_AFTER) + 1] if self.NAME_AFTER else []
        self.order_fields([*before, *(f"name_{language}" for language in languages)])

    def named(self, shipped: Iterable[str]) -> tuple[str, dict[str, str]]:
        """The name and the names to keep."""
        typed = {language: plain_line(self.cleaned_data[f"name_{language}"]) for language in self.languages}
        return names_to_store(typed, shipped)


class ProcedureForm(NamedForm):
    active = forms.BooleanField(label=gettext_lazy("Available"), required=False)

    @property
    def names(self) -> tuple[str, dict[str, str]]:
        return self.named(one["name"] for one in SHIPPED)


class StageForm(NamedForm):
    """One stage. Its number is its place: give it another to move it, none to take it out."""

    NAME_AFTER = "kind"
    fresh = False
    """Whether it was added by "another stage" just now."""

    place = forms.IntegerField(
        label=gettext_lazy("Number"),
        help_text=gettext_lazy("Position of the stage. Leave empty to remove the stage."),
        min_value=1,
        max_value=99,
        required=False,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=StageKind.choices)
    together = forms.BooleanField(
        label=gettext_lazy("Run at the same time as the previous stage"), required=False
    )
    institutions = forms.MultipleChoiceField(
        label=gettext_lazy("Proposed institutions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    least = forms.IntegerField(
        label=gettext_lazy("Minimum number of institutions"), min_value=1, max_value=99
    )
    quorum = forms.ChoiceField(
        label=gettext_lazy("How many must agree"),
        help_text=gettext_lazy("For a consultation: how many must answer."),
        choices=[
            (quorum.ALL, gettext_lazy("all must answer, at least one must agree")),
            (quorum.ANY, gettext_lazy("one agreement is enough")),
            *((str(n), str(n)) for n in range(1, MOST_AGREEING + 1)),
        ],
    )
    days = forms.IntegerField(label=gettext_lazy("Days allowed"), min_value=1, max_value=MOST_DAYS)
    working = forms.BooleanField(label=gettext_lazy("Count working days only"), required=False)
    silence = forms.ChoiceField(
        label=gettext_lazy("If there is no answer by the deadline"), choices=Silence.choices
    )
    delegate = forms.ChoiceField(label=gettext_lazy("Who can delegate"), choices=Delegation.choices)
    second_factor = forms.BooleanField(
        label=gettext_lazy("Require two-factor authentication"), required=False
    )

    def __init__(self, *args: Any, institutions: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["institutions"].choices = institutions  # type: ignore[attr-defined]

    @property
    def title(self) -> str:
        """Its name in the language of the page as typed, else the word for its kind."""
        typed = {language: str(self[f"name_{language}"].value() or "") for language in self.languages}
        name, names = names_to_store(typed, _stage_names())
        kind = str(self["kind"].value())
        return display_name(name, names) or (str(StageKind(kind).label) if kind in StageKind.values else "")

    @property
    def stage(self) -> dict[str, Any]:
        """The stage as a procedure keeps it."""
        given = {
            name: value for name, value in self.cleaned_data.items() if name in DEFAULTS or name == "kind"
        }
        name, names = self.named(_stage_names())
        return given | {"name": name} | ({"names": names} if names else {})


def _stage_names() -> list[str]:
    return [stage["name"] for one in SHIPPED for stage in one["stages"] if "name" in stage]
