"""The form that asks somebody to write or translate a part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import Edition, Instrument
from documents.pages.desk.forms import language_choices, section_choices
from documents.text_storage import OutlineRow
from people.fields import NamedChoiceField
from people.models import Membership, User
from people.roles import Role


class AssignForm(forms.Form):
    """Who writes or translates what, by when."""

    person: forms.ModelChoiceField[User] = NamedChoiceField(label=_("Person"), queryset=User.objects.none())
    language = forms.ChoiceField(label=_("Language"))
    section = forms.ChoiceField(label=_("Section"), required=False)
    due = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self,
        edition: Edition,
        outline: list[OutlineRow],
        languages: list[str],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = writers_for(edition.instrument)
        self.fields["language"].choices = language_choices(languages)
        self.fields["section"].choices = [("", _("The whole document")), *section_choices(outline)]


def writers_for(instrument: Instrument) -> Any:
    """The people whom a coordinator may ask: drafters and coordinators of the owner, translators of its
    country."""
    held = Membership.objects.active()
    own = held.filter(institution=instrument.owner_id, role__in=[Role.DRAFTER, Role.COORDINATOR])
    translators = held.filter(
        institution__country__in=[instrument.country_id, instrument.owner.country_id], role=Role.TRANSLATOR
    )
    return User.objects.filter(is_active=True, memberships__in=(own | translators)).distinct()
