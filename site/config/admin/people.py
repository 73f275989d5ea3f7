"""Countries, institutions and people in the admin; memberships are changed on the people's pages."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Model
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    BaseSettingsPanel,
    NameEmailSettingsPanel,
)
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from audit.trail import record
from config.admin.viewsets import OnlyVisible, ReadOnlyViewSet, VisibleIndex
from people.models import Country, Institution, Membership, User
from theme.locales import native_name

LANGUAGES = settings.MODELTRANSLATION_LANGUAGES
NAMES = [f"name_{language}" for language in LANGUAGES]


class Audited:
    """Writes into the trail who saved what."""

    def save_instance(self) -> Model:
        saved = super().save_instance()  # type: ignore[misc]
        name, changed = saved._meta.model_name, self.form.changed_data
        record(f"save_{name}", saved, self.request.user, fields=changed)
        return saved


class AddView(Audited, generic.CreateView):
    pass


class EditView(Audited, generic.EditView):
    pass


class CountryForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Official languages"),
        choices=[(tag, native_name(tag)) for tag in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Country
        fields = [
            "code",
            *NAMES,
            *(f"footnote_{language}" for language in LANGUAGES),
            "languages",
            "time_zone",
        ]


class CountryEditForm(CountryForm):
    class Meta(CountryForm.Meta):
        fields = CountryForm.Meta.fields[1:]


class InstitutionForm(forms.ModelForm):
    class Meta:
        model = Institution
        fields = ["key", "country", "kind", *NAMES]


class InstitutionEditForm(InstitutionForm):
    class Meta(InstitutionForm.Meta):
        fields = ["kind", *NAMES]


class NoDeletionViewSet(ModelViewSet):
    """Added and edited, never removed: what hangs on them is there to stay."""

    index_view_class = VisibleIndex
    add_view_class = AddView
    edit_view_class = EditView
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    form: type[forms.ModelForm]
    edit_form: type[forms.ModelForm]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return self.edit_form if for_update else self.form

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = dict.fromkeys(["delete_url_name", "usage_url_name", "history_url_name"])
        return super().get_common_view_kwargs(**(absent | kwargs))

    def get_urlpatterns(self) -> list[Any]:
        conv = self.pk_path_converter
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path(f"edit/<{conv}:pk>/", self.edit_view, name="edit"),
        ]


class CountryViewSet(NoDeletionViewSet):
    model = Country
    name = "kodeks_countries"
    url_prefix = "kodeks/countries"
    icon = "globe"
    form = CountryForm
    edit_form = CountryEditForm
    list_display = ["__str__", "code", "time_zone"]
    search_fields = NAMES


class InstitutionViewSet(NoDeletionViewSet):
    model = Institution
    name = "kodeks_institutions"
    url_prefix = "kodeks/institutions"
    icon = "home"
    form = InstitutionForm
    edit_form = InstitutionEditForm
    list_display = ["__str__", "country", Column("kind", label=_("Kind"), accessor="get_kind_display")]
    list_filter = ["country", "kind"]
    search_fields = NAMES


class MembershipViewSet(ReadOnlyViewSet):
    model = Membership
    name = "kodeks_memberships"
    url_prefix = "kodeks/memberships"
    icon = "group"
    list_filter = ["role", "institution"]
    search_fields = ["user__name", "user__email"]
    inspect_view_fields = ["user", "institution", "role", "languages", "starts", "ends"]

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            self.title("user", _("Person")),
            Column("institution", label=_("Institution")),
            Column("role", label=_("Role"), accessor="get_role_display"),
            Column("starts", label=_("From")),
            Column("ends", label=_("Until")),
        ]


class PeopleIndex(OnlyVisible, generic.IndexView):
    default_ordering = "name"


class PeopleViewSet(ReadOnlyViewSet):
    """In the place of Wagtail's own page of users, which sets passwords and makes superusers."""

    model = User
    icon = "user"
    index_view_class = PeopleIndex
    menu_label = _("People")
    menu_name = "users"
    menu_order = 600
    add_to_settings_menu = True
    list_filter = ["is_active", "language"]
    search_fields = ["name", "email"]
    inspect_view_fields = ["name", "email", "language", "is_active", "is_superuser", "groups", "joined"]

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            self.title("name", _("Name")),
            Column("email", label=_("E-mail address")),
            BooleanColumn("is_active", label=_("Can sign in")),
        ]


class GroupsViewSet(ReadOnlyViewSet):
    """Groups follow roles (people.actions.groups), their permissions config.admin.groups."""

    model = Group
    icon = "group"
    menu_label = _("Groups")
    menu_name = "groups"
    menu_order = 601
    add_to_settings_menu = True
    search_fields = ["name"]
    inspect_view_fields = ["name", "permissions"]

    @cached_property
    def list_display(self) -> list[Any]:
        return [self.title("name", _("Name"))]


class PlacesGroup(ModelViewSetGroup):
    menu_label = _("Institutions")
    menu_icon = "home"
    menu_order = 300
    items = (CountryViewSet, InstitutionViewSet, MembershipViewSet)


class Account(AccountView):
    def get_panels(self) -> list[BaseSettingsPanel]:
        elsewhere = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, elsewhere)]


account = require_admin_access(Account.as_view())
