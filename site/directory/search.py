"""Search of the directory by place, kind, language and for whom. It looks at what the reader may read alone:
a filter that knew more would tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.choices import ForWhom, Kind
from directory.readable import ServiceView, all_towns
from public.languages import native_name

ANY = ("", _("Any"))


class SearchForm(forms.Form):
    """Offers only what some service has."""

    town = forms.ChoiceField(label=_("Place"), required=False)
    kind = forms.ChoiceField(label=_("Kind of help"), required=False)
    language = forms.ChoiceField(label=_("Language spoken"), required=False)
    for_whom = forms.ChoiceField(label=_("For whom"), required=False)

    def __init__(self, data: Any, views: Sequence[ServiceView], tag: str) -> None:
        super().__init__(data, auto_id="f-%s")
        kinds = {view.kind for view in views}
        whom = {one for view in views for one in view.for_whom}
        towns = sorted((town.words.name, town.key) for town in all_towns(views))
        spoken = sorted({(native_name(one), one) for view in views for one in view.languages})
        choices: dict[str, Iterable[tuple[Any, Any]]] = {
            "town": ((key, name) for name, key in towns),
            "kind": ((kind.value, kind.label) for kind in Kind if kind in kinds),
            "language": ((one, name) for name, one in spoken),
            "for_whom": ((one.value, one.label) for one in ForWhom if one in whom),
        }
        for name, offered in choices.items():
            field = self.fields[name]
            field.choices = [ANY, *offered]  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = _("Choose one of the list.")

    def found(self, views: Sequence[ServiceView]) -> list[ServiceView]:
        """Those that fit; all where the address asks for something that is not there."""
        if not self.is_valid():
            return list(views)
        wanted = self.cleaned_data
        return [view for view in views if _fits(view, wanted)]


def _fits(view: ServiceView, wanted: dict[str, str]) -> bool:
    offered: dict[str, Iterable[str]] = {
        "town": (town.key for town in view.towns),
        "kind": (view.kind,),
        "language": view.languages,
        "for_whom": _whom(view, wanted["for_whom"]),
    }
    return all(not wanted[name] or wanted[name] in values for name, values in offered.items())


def _whom(view: ServiceView, wanted: str) -> Iterable[str]:
    """What is for everybody is for each."""
    return {*view.for_whom, wanted} if ForWhom.EVERYBODY in view.for_whom else view.for_whom
