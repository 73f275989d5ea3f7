"""A list and a page for each thing, and no other address."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

ANY = ["view"]


class OnlyVisible:
    """Lists what the person may see."""

    any_permission_required = ANY

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.permission_policy.instances_user_has_any_permission_for(self.request.user, ANY)


class VisibleIndex(OnlyVisible, generic.IndexView):
    pass


class VisibleInspect(generic.InspectView):
    """Shows one of those; any other is not found."""

    any_permission_required = ANY

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Model:
        seen = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ANY)
        return get_object_or_404(seen, pk=self.pk)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        return (_("yes") if value else _("no")) if isinstance(value, bool) else value


class ReadOnlyViewSet(ModelViewSet):
    """Wagtail's views for a model without those that change, copy, remove, or tell who uses it."""

    index_view_class = VisibleIndex
    inspect_view_class = VisibleInspect
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    search_backend_name = None

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = dict.fromkeys(
            ["add_url_name", "edit_url_name", "delete_url_name", "history_url_name", "usage_url_name"]
        )
        return super().get_common_view_kwargs(**(absent | kwargs))

    def title(self, name: str, label: Any) -> TitleColumn:
        """The first column, which leads to the page of the thing."""
        return TitleColumn(
            name, label=label, get_url=lambda one: reverse(self.get_url_name("inspect"), args=[one.pk])
        )

    def register_admin_url_finder(self) -> None:
        """There is nothing to edit."""

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path(f"inspect/<{self.pk_path_converter}:pk>/", self.inspect_view, name="inspect"),
        ]
