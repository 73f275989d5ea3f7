"""Records of the directory in Wagtail's admin: a change waits for a second person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import (
    CreateView,
    HistoryView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
    UsageView,
)

from directory.access import may_change, may_list
from directory.models import Organisation, Place, Record, Service, Town
from directory.office.edit_by_two import EditByTwo
from directory.office.record_forms import ConfidentialForm, RecordForm, ServiceForm, stale
from directory.readable import localized
from people.access import keys
from proposals.models import Proposal
from public.checks.case_data import doubt_of
from public.dialling import doubt
from public.office.uses_panel import UsesPanel
from public.publishing import REGION, require, territories
from theme.localized_names import localized_name


class Add(CreateView):
    def get_success_message(self, instance: Record) -> str:
        warn(self.request, instance)
        if isinstance(instance, Town):
            return _("Saved.")
        return _("Saved. Another publisher of the country must confirm the record first.")


class Edit(EditByTwo):
    def check_rights(self) -> None:
        require(may_change(self.request.user, self.object))

    def say_that_it_changed(self) -> str:
        return stale()

    def get_success_message(self) -> str:
        warn(self.request, self.object)
        if self.waiting() is not None:
            return _("Saved. The site shows the old record until a second person confirms the change.")
        return _("Saved.")


def warn(request: HttpRequest, record: Record) -> None:
    """What looks wrong is saved all the same."""
    if problem := doubt_of(record.values()):
        messages.warning(request, problem)
    if isinstance(record, Service) and (problem := doubt(record.tel, record.country_id)):
        messages.warning(request, problem)


def _state(record: Record) -> str:
    if Proposal.objects.about(record).waiting().exists():
        return _("Waits for a second person")
    return _("Shown") if record.is_shown else _("Hidden")


def _name(record: Record) -> str:
    return localized(record, get_language() or "en").name


class Records(IndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        """Only records that the person may know of: of their countries, or of all where they have none."""
        own, rows = keys(self.request.user), super().get_base_queryset()
        if countries := territories(self.request.user) - {REGION}:
            rows = rows.filter(country__in=countries)
        return rows.filter(pk__in=[one.pk for one in rows if may_list(own, one)])

    def get_edit_url(self, instance: Record) -> str | None:
        """No link to a page that would be refused."""
        if not may_change(self.request.user, instance):
            return None
        url: str | None = super().get_edit_url(instance)
        return url


class History(HistoryView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(may_list(keys(request.user), self.object))
        return super().dispatch(request, *args, **kwargs)


class Usage(UsageView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(may_list(keys(request.user), self.object))
        return super().dispatch(request, *args, **kwargs)


def _texts(panel_heading: Any) -> InlinePanel:
    return InlinePanel("texts", heading=panel_heading, label=gettext_lazy("Text in one language"), min_num=1)


BY_TWO = HelpPanel(
    gettext_lazy(
        "A new or changed record is shown when a second person confirms it. "
        "That is another publisher of the country who may read all of it."
    )
)


class NoChooser(SnippetChooserViewSet):
    """Records are chosen in lists that know the reader."""

    register_widget = False

    def get_urlpatterns(self) -> list[Any]:
        return []


class RecordViewSet(SnippetViewSet):
    chooser_viewset_class = NoChooser
    icon = "list-ul"
    copy_view_enabled = False
    index_view_class = Records
    add_view_class = Add
    edit_view_class = Edit
    history_view_class = History
    usage_view_class = Usage
    list_filter = ["country", "is_shown"]
    search_fields = ["key"]

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "__str__",
            Column("name", label=gettext_lazy("Name"), accessor=_name),
            Column(
                "country", label=gettext_lazy("Country"), accessor=lambda one: localized_name(one.country)
            ),
            Column("state", label=gettext_lazy("State"), accessor=_state),
        ]

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Wagtail's are asked for when the site starts, and "Home" is English then."""
        first, *others = super().breadcrumbs_items
        return [{**first, "label": gettext_lazy("Home")}, *others]


class OrganisationViewSet(RecordViewSet):
    model = Organisation
    icon = "group"
    menu_label = gettext_lazy("Organisations")
    panels = [
        BY_TWO,
        MultiFieldPanel(
            [FieldPanel("key"), FieldPanel("country"), FieldPanel("website"), FieldPanel("is_shown")],
            heading=gettext_lazy("Organisation"),
        ),
        _texts(gettext_lazy("Text by language")),
    ]


class TownViewSet(RecordViewSet):
    model = Town
    icon = "site"
    menu_label = gettext_lazy("Towns")
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldPanel("country"),
                FieldPanel("latitude"),
                FieldPanel("longitude"),
                FieldPanel("is_shown"),
            ],
            heading=gettext_lazy("Town"),
        ),
        _texts(gettext_lazy("Name by language")),
    ]


READERS = MultiFieldPanel(
    [FieldPanel("reader_institutions"), FieldPanel("reader_people")],
    heading=gettext_lazy("Readers by name"),
    classname="collapsed",
)


class PlaceViewSet(RecordViewSet):
    model = Place
    icon = "home"
    menu_label = gettext_lazy("Places")
    panels = [
        BY_TWO,
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldPanel("country"),
                FieldPanel("town"),
                FieldPanel("address"),
                FieldPanel("latitude"),
                FieldPanel("longitude"),
                FieldPanel("is_shown"),
            ],
            heading=gettext_lazy("Place"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(
                    gettext_lazy(
                        "A shelter stays closed to all but its readers by name. "
                        "Open the fields of an office or front gate."
                    )
                ),
                *(FieldPanel(name) for name in Place.LEVELS),
            ],
            heading=gettext_lazy("Who may read it"),
        ),
        READERS,
        _texts(gettext_lazy("Text by language")),
    ]


class ServiceViewSet(RecordViewSet):
    model = Service
    icon = "clipboard-list"
    menu_label = gettext_lazy("Services")
    panels = [
        BY_TWO,
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldPanel("country"),
                FieldPanel("organisation"),
                FieldPanel("kind"),
                FieldPanel("is_shown"),
                FieldPanel("keeper"),
            ],
            heading=gettext_lazy("Service"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("number"),
                FieldPanel("tel"),
                FieldPanel("sms"),
                FieldPanel("email"),
                FieldPanel("website"),
                FieldPanel("hours"),
            ],
            heading=gettext_lazy("How to reach it"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("for_whom"),
                FieldPanel("age_from"),
                FieldPanel("age_to"),
                FieldPanel("languages"),
                FieldPanel("free"),
                FieldPanel("places"),
            ],
            heading=gettext_lazy("For whom and where"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in Service.LEVELS], heading=gettext_lazy("Who may read it")
        ),
        READERS,
        UsesPanel(),
        _texts(gettext_lazy("Text by language")),
    ]


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = gettext_lazy("Directory of services")
    menu_icon = "list-ul"
    menu_order = 260
    items = (ServiceViewSet, PlaceViewSet, OrganisationViewSet, TownViewSet)


for _model, _form in (
    (Organisation, RecordForm),
    (Town, RecordForm),
    (Place, ConfidentialForm),
    (Service, ServiceForm),
):
    _model.base_form_class = _form
