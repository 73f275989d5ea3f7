"""The audit trail on screen, with filters, and as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

import audit
from audit import notes, verbs
from audit.labels import EntryLabels, Named
from audit.models import Entry, FurtherRefusals
from audit.visibility import readable
from people.access import memberships
from people.models import User
from people.roles import Role
from people.second_factor import step_up
from theme.file_answers import as_file
from theme.spreadsheet import safe_cell

A_PAGE = 50
AT_A_TIME = 500
COLUMNS = ("id", "at", "actor", "name", "verb", "thing", "refused", "detail", "previous", "sha256")


class FilterForm(forms.Form):
    """What of the trail is shown; everything optional."""

    only_asks = True

    who = forms.CharField(label=_("Person"), required=False, max_length=120, help_text=_("Name or address"))
    verb = forms.ChoiceField(label=_("Action"), required=False, choices=verbs.choices)
    # By the link beside an entry: nobody has to know that a thing is called edition:12.
    thing = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    refused = forms.BooleanField(label=_("Denied attempts only"), required=False)


def may_read_trail(request: HttpRequest) -> bool:
    """Coordinators and the operator."""
    return any(m.role in (Role.COORDINATOR, Role.OPERATOR) for m in memberships(request.user))


def filtered(entries: QuerySet[Entry], wanted: dict[str, Any]) -> QuerySet[Entry]:
    """The entries that the form asks for."""
    if wanted.get("who"):
        people = User.objects.filter(Q(name__icontains=wanted["who"]) | Q(email__iexact=wanted["who"]))
        entries = entries.filter(actor__in=people.values("actor"))
    if wanted.get("verb"):
        entries = entries.filter(verb__in=verbs.same(wanted["verb"]))
    if wanted.get("thing"):
        entries = entries.filter(thing=wanted["thing"])
    if wanted.get("since"):
        entries = entries.filter(at__date__gte=wanted["since"])
    if wanted.get("until"):
        entries = entries.filter(at__date__lte=wanted["until"])
    return entries.filter(refused=True) if wanted.get("refused") else entries


@dataclass(frozen=True)
class Row:
    """An entry as the page shows it; ``more`` are further denied requests of the same person."""

    entry: Entry
    name: str
    act: str
    thing: Named
    closed: bool
    details: list[tuple[str, str]]
    more: list[Row] = field(default_factory=list)

    @property
    def denied_request(self) -> bool:
        return self.entry.refused and self.entry.verb == "open"


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The newest entries first. A filter that is not valid shows its error and no entries."""
    form, entries = _filtered_entries(request)
    page = Paginator(entries.order_by("-id"), A_PAGE).get_page(request.GET.get("page"))
    rows = _rows(request.user, list(page))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "days": _by_day(_folded(rows)),
        "query": query.urlencode(),
        "further": _further(request.user),
        "item": rows[0].thing.words if rows and request.GET.get("thing") else "",
    }
    return render(request, "audit/trail.html", context, status=400 if form.errors else 200)


def _further(user: Any) -> list[tuple[str, FurtherRefusals]]:
    """For operators: who was refused more pages lately than the trail names."""
    if all(one.role != Role.OPERATOR for one in memberships(user)):
        return []
    rows = list(FurtherRefusals.objects.all()[:10])
    names = names_of(one.actor for one in rows)
    return [(names.get(one.actor, ""), one) for one in rows]


def _rows(user: Any, entries: list[Entry]) -> list[Row]:
    names = names_of(entry.actor for entry in entries)
    called, details = EntryLabels(user, entries), notes.shown(user, entries)
    closed = notes.closed(user, entries)
    return [
        Row(
            entry,
            names.get(entry.actor, "") if entry.actor else "",
            verbs.of_entry(entry.verb, entry.detail, is_by_person=entry.actor is not None),
            Named(notes.WITHHELD) if entry.thing in closed else called.thing(entry.thing),
            entry.thing in closed,
            called.details(details[entry.pk]),
        )
        for entry in entries
    ]


def _folded(rows: list[Row]) -> Iterator[Row]:
    """Denied requests of one person that follow each other are one line."""
    for _who, group in groupby(rows, key=lambda row: (row.denied_request, row.entry.actor)):
        first, *others = group
        if first.denied_request:
            yield replace(first, more=others)
        else:
            yield first
            yield from others


def _by_day(rows: Iterable[Row]) -> list[tuple[date, list[Row]]]:
    days = groupby(rows, key=lambda row: timezone.localdate(row.entry.at))
    return [(day, list(group)) for day, group in days]


@require_safe
@step_up
def trail_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Everything that the filters let through, oldest first, with the hashes that chain it."""
    _form, entries = _filtered_entries(request)
    with transaction.atomic():
        audit.record("export_audit", "audit", request.user, entries=entries.count())
    response = StreamingHttpResponse(
        _lines(entries.order_by("id"), request.user), content_type="text/csv; charset=utf-8"
    )
    as_file(response, "kodeks-audit.csv")
    response["Cache-Control"] = "private, no-store"
    return response


def _filtered_entries(request: HttpRequest) -> tuple[FilterForm, QuerySet[Entry]]:
    if not may_read_trail(request):
        raise Http404
    form = FilterForm(request.GET)
    entries = readable(request.user)  # type: ignore[arg-type]
    return form, filtered(entries, form.cleaned_data) if form.is_valid() else entries.none()


def names_of(actors: Iterable[UUID | None]) -> dict[UUID, str]:
    """The present names for the opaque ids; a nameless person has none."""
    wanted = {actor for actor in actors if actor}
    return dict(User.objects.filter(actor__in=wanted).values_list("actor", "name"))


class _Echo:
    """A file that gives back what is written into it."""

    def write(self, value: str) -> str:
        return value


def _lines(entries: QuerySet[Entry], user: Any) -> Iterator[str]:
    writer = csv.writer(_Echo())
    names = dict(User.objects.values_list("actor", "name"))
    yield "\ufeff" + str(writer.writerow(COLUMNS))
    for entry, thing, detail in _with_details(entries, user):
        yield str(
            writer.writerow(
                safe_cell(value)
                for value in (
                    entry.pk,
                    entry.at.isoformat(),
                    entry.actor or "",
                    names.get(entry.actor, "") if entry.actor else "",
                    entry.verb,
                    thing,
                    "refused" if entry.refused else "",
                    json.dumps(
                        detail if isinstance(entry.detail, dict) else entry.detail, ensure_ascii=False
                    ),
                    entry.previous,
                    entry.sha256,
                )
            )
        )


def _with_details(entries: QuerySet[Entry], user: Any) -> Iterator[tuple[Entry, str, dict[str, Any]]]:
    """The entries with what ``user`` may read of them, some at a time: a trail is long."""
    some = entries.iterator(chunk_size=AT_A_TIME)
    while chunk := list(islice(some, AT_A_TIME)):
        details = notes.shown(user, chunk)
        closed = notes.closed(user, chunk)
        for entry in chunk:
            yield entry, notes.WITHHELD if entry.thing in closed else entry.thing, details[entry.pk]
