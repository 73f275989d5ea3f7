"""The forms of the coordinator's desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.actions.errors import NotReady
from documents.actions.plan_adoption import plan_adoption
from documents.choices import BEHIND
from documents.editions.text_storage import section_states
from documents.models import Edition
from proposals.errors import Refused
from theme.day_field import DayField
from theme.locales import native_name

T = TypeVar("T")


def reason_given(request: HttpRequest) -> str:
    """Why a text is submitted with an outdated translation; empty where that was not ticked."""
    return request.POST.get("because", "") if "although" in request.POST else ""


def attempt(action: Callable[[], T]) -> tuple[T | None, list[str]]:
    """What an action gives, or the problems for which it was refused."""
    try:
        return action(), []
    except NotReady as refusal:
        return None, refusal.problems
    except Refused as refusal:
        return None, [refusal.message]


class ValidFromForm(forms.Form):
    """From when a text is in force."""

    valid_from = DayField(
        label=_("In force from"),
        help_text=_("Until that date the text is approved, and the previous edition stays in force."),
    )

    @property
    def day(self) -> date:
        found: date = self.cleaned_data["valid_from"]
        return found


class LanguagesForm(forms.Form):
    """Which languages an act covers. The original is always among them."""

    def __init__(self, edition: Edition, data: Any = None) -> None:
        source = edition.instrument.source_language
        authentic = edition.instrument.authentic_languages
        self.is_chosen_here = data is not None and "choose" in data
        self.others = [code for code in edition.instrument.languages if code != source]
        every = plan_adoption(edition, None)
        super().__init__(data, initial={"languages": [one for one in self.others if one not in every.later]})
        self.fields["languages"] = forms.MultipleChoiceField(
            label=_("Languages adopted now"),
            help_text=_(
                "The original is always included. You can adopt the other languages later, by a "
                "separate act or check. Until then, readers see that they are not adopted, and "
                "translators can continue. If you leave out an authentic language, the check "
                "number changes: it covers only the languages in the act."
            ),
            choices=[
                (
                    code,
                    f"{native_name(code)} – {_('authentic') if code in authentic else _('translation')}, "
                    f"{ready(edition, code)}",
                )
                for code in self.others
            ],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        if every.outdated:
            self.fields["because"] = forms.CharField(
                label=_("Why an outdated authentic text is adopted"),
                help_text=_("Required if you adopt an authentic language that is not up to date."),
                max_length=400,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def because(self) -> str:
        """Why an authentic text is adopted that is older than its original."""
        return str(self.cleaned_data.get("because", ""))

    @property
    def chosen(self) -> list[str] | None:
        """The languages that are adopted now; None (all of them) where the page did not ask."""
        return self.cleaned_data["languages"] if self.is_chosen_here else None


def ready(edition: Edition, language: str) -> str:
    """How many sections of a language are up to date, in words."""
    states = list(section_states(edition).of(language).values())
    message = gettext("%(ready)d of %(all)d sections up to date")
    return message % {"ready": sum(state not in BEHIND for state in states), "all": len(states)}


class ReasonForm(forms.Form):
    """Why something is done; others will read it."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
