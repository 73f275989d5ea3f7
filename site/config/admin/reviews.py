"""A report of reviews: each institution asked, by when, its answer, and who is late."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from people.access import has_role
from people.roles import Role
from workflows.choices import ReviewState
from workflows.models import UNANSWERED, Review, Seat
from workflows.texts import title_for

WAITING = UNANSWERED & Q(assented=None, stage__closed=None, stage__review__state=ReviewState.RUNNING)


class Filter(WagtailFilterSet):
    """Who is waited for, who is late, who answered; and which reviews."""

    answer = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        method="filter_answer",
        choices=[
            ("waiting", gettext_lazy("waiting")),
            ("late", gettext_lazy("late")),
            ("answered", gettext_lazy("Answered")),
        ],
    )

    class Meta:
        model = Seat
        fields: list[str] = []

    def filter_answer(self, seats: QuerySet[Seat], name: str, value: str) -> QuerySet[Seat]:
        if value == "answered":
            return seats.exclude(UNANSWERED)
        waited = seats.filter(WAITING)
        return waited.filter(stage__due__lt=timezone.now()) if value == "late" else waited


def _title(seat: Seat) -> str:
    return title_for(seat.stage.review.edition, get_language() or "en")


def _answer(seat: Seat) -> str:
    answer = seat.answer
    if answer is not None:
        return str(answer.get_choice_display()) if answer.counts else _("no longer counts")
    if seat.assented:
        return _("no answer, counted as agreement")
    if not (seat.stage.open and seat.stage.review.running):
        return _("not answered")
    if seat.stage.late:
        days = seat.stage.days_late
        return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
    return _("waiting")


def _person(seat: Seat) -> str:
    """Whom it was asked of; where any reviewer could answer, that, and who did."""
    if seat.user:
        return seat.user.name
    answer = seat.answer
    return _("any reviewer: %(name)s") % {"name": answer.person.name} if answer else _("any reviewer")


COLUMNS = {
    "document": (gettext_lazy("Document"), _title),
    "edition": (gettext_lazy("Edition"), lambda seat: seat.stage.review.edition.number),
    "round": (gettext_lazy("Round"), lambda seat: seat.stage.review.round),
    "stage": (gettext_lazy("Stage"), lambda seat: seat.stage.title),
    "deadline": (gettext_lazy("Deadline"), lambda seat: seat.stage.due_day),
    "institution": (gettext_lazy("Institution"), lambda seat: seat.body),
    "person": (gettext_lazy("Assigned reviewer"), _person),
    "answer": (gettext_lazy("Answer"), _answer),
}


class ReviewsReport(ReportView):
    """For coordinators: the reviews that they run. Anybody else finds nothing here."""

    page_title = gettext_lazy("Reviews")
    header_icon = "tasks"
    index_url_name = "kodeks_reviews"
    index_results_url_name = "kodeks_reviews_results"
    default_ordering = "-stage__review_id"
    filterset_class = Filter
    model = Seat
    columns = [Column(name, label=label, accessor=say) for name, (label, say) in COLUMNS.items()]
    list_export = list(COLUMNS)
    export_headings = {name: label for name, (label, _say) in COLUMNS.items()}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_role(request.user, Role.COORDINATOR):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Seat]:
        own = Review.objects.owned_by(self.request.user)
        return (
            Seat.objects.filter(stage__opened__isnull=False, stage__review__in=own)
            .select_related("stage__review__edition__instrument__country", "institution__country", "user")
            .prefetch_related("sign_offs__person")
            .order_by("-stage__review_id", "stage__order", "pk")
        )

    def get_filename(self) -> str:
        return "reviews"

    def stream_csv(self, queryset: QuerySet[Seat]) -> Iterator[bytes]:
        """The lines, made before the first is sent: while a file is sent, the language of the person no
        longer holds. A mark before them says to spreadsheets that they are UTF-8."""
        return iter([BOM_UTF8, *super().stream_csv(queryset)])

    def to_row_dict(self, item: Seat) -> dict[str, Any]:
        return {name: say(item) for name, (_label, say) in COLUMNS.items()}


class ReviewsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return has_role(request.user, Role.COORDINATOR)
