"""What to make: countries, languages, sizes and logos of one campaign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from materials.choices import Size
from people.models import Country
from public.languages import native_name
from public.models import Picture
from theme.localized_names import localized_name

MOST_LOGOS = 4


class MakeForm(forms.Form):
    countries = forms.MultipleChoiceField(label=_("Countries"), widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple)
    sizes = forms.MultipleChoiceField(
        label=_("Sizes"), choices=Size.choices, widget=forms.CheckboxSelectMultiple
    )
    logos = forms.ModelMultipleChoiceField(
        label=_("Logos of partners"),
        queryset=Picture.objects.order_by("title"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Upload logos under Pictures first. The title of the picture is the partner's name."),
    )

    def __init__(self, *args: Any, countries: Sequence[str], languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {one.pk: localized_name(one) for one in Country.objects.filter(pk__in=countries)}
        self.fields["countries"].choices = [(code, names[code]) for code in countries]  # type: ignore[attr-defined]
        self.fields["languages"].choices = [(tag, native_name(tag)) for tag in languages]  # type: ignore[attr-defined]

    def clean_logos(self) -> list[int]:
        chosen = sorted(one.pk for one in self.cleaned_data["logos"])
        if len(chosen) > MOST_LOGOS:
            raise forms.ValidationError(_("Choose four logos at most."))
        return chosen
