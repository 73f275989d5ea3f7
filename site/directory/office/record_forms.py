"""Forms of the directory's records: what a publisher may set, and who could confirm it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from directory.access import may_decide, may_list, who_may_confirm
from directory.actions.change_record import NumbersDiffer, add_record, change_record, version_of
from directory.choices import ForWhom
from directory.models import Organisation, Place, Record, Town
from directory.models.records import Confidential
from people.access import keys
from people.models import Country, Institution, User
from people.roles import Role
from public.dialling import same_number
from public.languages import native_name
from public.office.hotline_admin import SPOKEN_ON_THE_TELEPHONE
from public.office.no_case_data import refuse_case_data
from public.publishing import REGION, territories


def stale() -> str:
    return _("Somebody else changed this record. Nothing was saved. Open it again, then change it.")


def nobody_to_confirm() -> str:
    return _(
        "Nobody could confirm this. Add another publisher of your country to the readers, or open all fields "
        "to members of institutions."
    )


class RecordForm(WagtailAdminModelForm):
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = territories(self.for_user) - {REGION}
        self.fields["country"].queryset = Country.objects.filter(pk__in=own)
        if len(own) == 1:
            self.initial.setdefault("country", next(iter(own)))
        if self.instance.pk:
            self.fields["country"].disabled = self.fields["key"].disabled = True
            self.initial["version"] = self.stored_version = version_of(self.instance)
        self._limit_choices(own)

    def _limit_choices(self, own: set[Any]) -> None:
        """Records of the own countries that the person may know of."""
        mine = keys(self.for_user)
        for name, model in (("town", Town), ("organisation", Organisation), ("places", Place)):
            if name in self.fields:
                rows = model.objects.filter(country__in=own)
                self.fields[name].queryset = rows.filter(
                    pk__in=[one.pk for one in rows if may_list(mine, one)]
                )
        if "keeper" in self.fields:
            publishers = User.objects.filter(is_active=True, memberships__role=Role.PUBLISHER)
            self.fields["keeper"].queryset = publishers.filter(
                memberships__institution__country__in=own
            ).distinct()
            self.initial.setdefault("keeper", self.for_user.pk)
        if "reader_institutions" in self.fields:
            stored = self.instance if self.instance.pk else None
            named = [one.pk for one in stored.reader_institutions.all()] if stored else []
            known = [one.pk for one in stored.reader_people.all()] if stored else []
            self.fields["reader_institutions"].queryset = Institution.objects.filter(
                Q(country__in=own) | Q(pk__in=named)
            )
            self.fields["reader_people"].queryset = User.objects.filter(
                Q(is_active=True, memberships__institution__country__in=own) | Q(pk__in=known)
            ).distinct()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if self.instance.pk and data.get("version") != self.stored_version:
            self.add_error(None, stale())
        refuse_case_data(self)
        return data

    def save(self, commit: bool = True) -> Record:
        """Nothing that readers see is stored here: it becomes a change that waits (directory.actions)."""
        record: Record = super().save(commit=False)
        if record.pk is None:
            add_record(self.for_user, record)
        else:
            change_record(self.for_user, record, self.cleaned_data["version"])
        return record


class ConfidentialForm(RecordForm):
    reader_institutions: Any = forms.ModelMultipleChoiceField(
        Institution.objects.none(),
        label=gettext_lazy("Institutions that may read all"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reader_people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=gettext_lazy("People who may read all"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        """There must be a second person who may read what they confirm."""
        data = super().clean()
        if self.errors:
            return data
        wanted: Confidential = type(self.instance)(country=data["country"])
        for name in (*wanted.LEVELS, "reader_institutions", "reader_people"):
            setattr(wanted, name, data[name] if isinstance(data[name], str) else list(data[name]))
        others = who_may_confirm(wanted).exclude(pk=self.for_user.pk)
        if not any(may_decide(one, wanted) for one in others):
            self.add_error("reader_people", nobody_to_confirm())
        return data


class ServiceForm(ConfidentialForm):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken"),
        choices=[(tag, native_name(tag)) for tag in SPOKEN_ON_THE_TELEPHONE],
        widget=forms.CheckboxSelectMultiple,
    )
    for_whom = forms.MultipleChoiceField(
        label=gettext_lazy("For whom"), choices=ForWhom.choices, widget=forms.CheckboxSelectMultiple
    )
    places = forms.ModelMultipleChoiceField(
        Place.objects.none(),
        label=gettext_lazy("Places"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        number, tel, country = data.get("number"), data.get("tel"), data.get("country")
        if data.get("is_shown") and number and tel and country and not same_number(number, tel, country.pk):
            self.add_error("tel", str(NumbersDiffer.says))
        return data
