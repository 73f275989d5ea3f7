"""The list of numbers to choose from in the editor."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Value, When
from django.http import HttpRequest
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from public.models import Hotline
from public.publishing import REGION, territories


class OwnFirst:
    """Numbers of the person's own countries first: another country's is seldom what they look for."""

    request: HttpRequest

    def get_object_list(self) -> Any:
        own = territories(self.request.user) - {REGION}
        order = Case(When(country__in=own, then=Value(0)), default=Value(1))
        found = Hotline.objects.select_related("country").prefetch_related("texts")
        return found.order_by(order, "country", "position", "key")


class Choose(OwnFirst, ChooseView):
    pass


class ChooseResults(OwnFirst, ChooseResultsView):
    pass


class NumberChooserViewSet(SnippetChooserViewSet):
    choose_view_class = Choose
    choose_results_view_class = ChooseResults
