"""Procedures in the admin, read-only; they are changed on the coordinator's desk."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import Button, HeaderButton

from config.admin.viewsets import ReadOnlyViewSet, VisibleInspect
from workflows.models import Procedure
from workflows.pages.coordinator.stage_descriptions import described


def _whose(one: Procedure) -> str:
    """The country of a procedure; of a shared one, the countries that use their own instead of it too."""
    if one.country:
        return str(one.country)
    instead = [
        str(own.country)
        for own in Procedure.objects.filter(key__endswith=f"-{one.key}").select_related("country")
        if own.country and own.key == f"{own.country_id}-{one.key}"
    ]
    return (
        _("All countries except those with their own: %(countries)s")
        % {"countries": ", ".join(sorted(instead))}
        if instead
        else _("All countries")
    )


class ProcedureInspect(VisibleInspect):
    """The stages in words, and the way to where they are changed."""

    header_more_buttons: list[Button] = []

    def get_name_display_value(self) -> str:
        return str(self.object)

    def get_stages_display_value(self) -> SafeString:
        rows = described(self.object.copy()["stages"])
        return format_html_join(
            "", "<p>{}. {}: {}.</p>", ((row["number"], row["title"], ", ".join(row["words"])) for row in rows)
        )

    def get_country_display_value(self) -> str:
        return _whose(self.object)

    def get_active_display_value(self) -> str:
        return _("Yes") if self.object.active else _("No")

    @cached_property
    def header_buttons(self) -> list[Button]:
        language = self.request.user.language
        with translation.override(language if language in settings.KODEKS_OFFICE_LANGUAGES else "en"):
            one = self.object
            url = (
                reverse("coordinate:procedure", args=[one.country_id, one.key])
                if one.country_id
                else reverse("coordinate:procedures")
            )
        return [HeaderButton(_("Change"), url=url, icon_name="edit", priority=10)]


class ProcedureViewSet(ReadOnlyViewSet):
    model = Procedure
    name = "kodeks_procedures"
    url_prefix = "kodeks/procedures"
    icon = "tasks"
    menu_label = gettext_lazy("Procedures")
    inspect_view_class = ProcedureInspect
    list_filter = ["country", "active"]
    ordering = ["order", "key"]
    search_fields = ["name", "key"]
    inspect_view_fields = ["name", "country", "active", "stages"]

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            self.title("__str__", gettext_lazy("Name")),
            Column("country", label=gettext_lazy("Country"), accessor=_whose),
            BooleanColumn("active", label=gettext_lazy("Available")),
        ]
