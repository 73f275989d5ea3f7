"""Documents in the admin: listed, and inspected without a word of their text."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.urls import NoReverseMatch
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import Button

from config.admin.procedures import ProcedureViewSet
from config.admin.viewsets import ReadOnlyViewSet, VisibleInspect
from documents.choices import State, Topic
from documents.models import Edition, Instrument
from documents.pages import links
from theme.locales import native_name

ENGLISH = {f"title_{language}" for language in settings.MODELTRANSLATION_LANGUAGES}


class DocumentInspect(VisibleInspect):
    """With a link to where it is read."""

    def reading_url(self) -> str:
        raise NotImplementedError

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        with translation.override(self.request.user.language):
            try:
                url = self.reading_url()
            except NoReverseMatch:
                return []
        return [Button(_("Read"), url=url, icon_name="doc-empty", priority=10)]


class InstrumentInspect(DocumentInspect):
    def reading_url(self) -> str:
        return links.instrument_url(self.object)

    def get_languages_display_value(self) -> str:
        return ", ".join(native_name(tag) for tag in self.object.languages)

    def get_authentic_languages_display_value(self) -> str:
        return ", ".join(native_name(tag) for tag in self.object.authentic_languages)

    def get_source_language_display_value(self) -> str:
        return native_name(self.object.source_language)

    def get_topics_display_value(self) -> str:
        return ", ".join(str(Topic(topic).label) for topic in self.object.topics)

    def get_title_display_value(self) -> str:
        return str(self.object)


class EditionInspect(DocumentInspect):
    def reading_url(self) -> str:
        return links.edition_url(self.object)

    def get_title_display_value(self) -> str:
        return self.object.title_in(self.object.instrument.source_language)


class InstrumentFilters(WagtailFilterSet):
    """By state, only editions count that the person may see."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=State.choices,
        method="with_state",
        empty_label=gettext_lazy("All"),
    )
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"),
        choices=[(tag, native_name(tag)) for tag in settings.MODELTRANSLATION_LANGUAGES],
        method="in_language",
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Instrument
        fields = ["country", "kind", "level", "classification"]

    def with_state(self, found: QuerySet[Instrument], name: str, value: str) -> QuerySet[Instrument]:
        seen = Edition.objects.visible_to(self.request.user).filter(state=value)
        return found.filter(pk__in=seen.values("instrument"))

    def in_language(self, found: QuerySet[Instrument], name: str, value: str) -> QuerySet[Instrument]:
        return found.filter(languages__contains=[value])


class InstrumentViewSet(ReadOnlyViewSet):
    model = Instrument
    name = "kodeks_instruments"
    url_prefix = "kodeks/instruments"
    icon = "doc-full"
    menu_label = gettext_lazy("Documents")
    inspect_view_class = InstrumentInspect
    filterset_class = InstrumentFilters
    ordering = ["country", "slug"]
    search_fields = sorted(ENGLISH | {"slug"})
    inspect_view_fields = [
        "title",
        "country",
        "owner",
        "kind",
        "level",
        "topics",
        "classification",
        "languages",
        "source_language",
        "authentic_languages",
        "created",
    ]

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            self.title("__str__", gettext_lazy("Title")),
            Column("country", label=gettext_lazy("Country")),
            Column("owner", label=gettext_lazy("Responsible institution")),
            Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
            Column(
                "classification", label=gettext_lazy("Classification"), accessor="get_classification_display"
            ),
        ]


class EditionViewSet(ReadOnlyViewSet):
    model = Edition
    name = "kodeks_editions"
    url_prefix = "kodeks/editions"
    icon = "history"
    menu_label = gettext_lazy("Editions")
    inspect_view_class = EditionInspect
    list_filter = ["state"]
    ordering = ["instrument", "-number"]
    search_fields = sorted(ENGLISH)
    inspect_view_fields = [
        "title",
        "instrument",
        "number",
        "state",
        "valid_from",
        "valid_until",
        "recorded",
        "sha256",
        "acts",
        "created",
        "submitted",
    ]

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            self.title("__str__", gettext_lazy("Title")),
            Column("number", label=gettext_lazy("Edition")),
            Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
            Column("valid_from", label=gettext_lazy("In force from")),
            Column("valid_until", label=gettext_lazy("Until")),
        ]


class DocumentsGroup(ModelViewSetGroup):
    menu_label = gettext_lazy("Library")
    menu_icon = "doc-full"
    menu_order = 200
    items = (InstrumentViewSet, EditionViewSet, ProcedureViewSet)
