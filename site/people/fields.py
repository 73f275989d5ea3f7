"""Fields of forms that name people and institutions."""

from __future__ import annotations

from django import forms

from theme.localized_names import localized_name


class NamedChoiceField(forms.ModelChoiceField):
    """A choice among institutions or people, each called what it is called on the page."""

    def label_from_instance(self, obj: object) -> str:
        return localized_name(obj)
