"""Fields of forms that name people and institutions."""

from __future__ import annotations

from typing import Any

from django import forms

from theme.localized_names import localized_name, with_country


class NamedChoiceField(forms.ModelChoiceField):
    """A choice among institutions or people, each called what it is called on the page."""

    def label_from_instance(self, obj: object) -> str:
        return localized_name(obj)


class InstitutionChoiceField(NamedChoiceField):
    """A choice among institutions, each with its country: ministries of several countries have one name."""

    def label_from_instance(self, obj: Any) -> str:
        return with_country(obj)
