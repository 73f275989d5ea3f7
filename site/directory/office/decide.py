"""Ask the second person about a change of a record; ask a publisher whether a service is still right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.access import may_change
from directory.actions.change_record import (
    NumbersDiffer,
    as_wanted,
    check_service,
    confirm_change,
    may_confirm_change,
    may_see_change,
    record_of,
    refuse_change,
    version_of,
)
from directory.choices import ForWhom
from directory.models import Record, RecordChange, Service
from directory.office.record_forms import stale
from people.second_factor import step_up_to_send
from public.actions.second_person import DecidedAlready, Stale
from public.checks.case_data import doubt_of
from public.dialling import doubt
from public.languages import native_name
from public.office.hotline_admin import differ
from theme.localized_names import localized_name

Row = tuple[str, str, str]


def list_url(record: Record) -> str:
    return reverse(f"wagtailsnippets_directory_{record._meta.model_name}:list")


def rows(old: Record | None, new: Record) -> list[Row]:
    """Label, present and new value of what differs; of a record that is new, of all that it has."""
    names = [*new.PLAIN, *new.MANY]
    found = []
    for name in names:
        field = new._meta.get_field(name)
        before, after = _shown(old, field) if old else "", _shown(new, field)
        if before != after:
            found.append((str(field.verbose_name), before, after))
    old_texts, new_texts = (
        {text.language: text for text in one.texts.all()} if one else {} for one in (old, new)
    )
    for tag in sorted(old_texts.keys() | new_texts.keys()):
        before, after = (_text(new, texts.get(tag)) for texts in (old_texts, new_texts))
        if before != after:
            found.append((native_name(tag), before, after))
    return [(capfirst(label), before, after) for label, before, after in found]


def _shown(record: Record, field: models.Field[Any, Any]) -> str:
    name = field.name
    if name in record.MANY:
        return ", ".join(localized_name(one) for one in getattr(record, name).all())
    value = getattr(record, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "languages":
        return ", ".join(native_name(tag) for tag in value)
    if name == "for_whom":
        return ", ".join(str(ForWhom(one).label) for one in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return "" if value is None else localized_name(value)


def _text(record: Record, text: models.Model | None) -> str:
    return "\n".join(filter(None, (getattr(text, name) for name in record.TEXTS))) if text else ""


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_to_send
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the second person; whoever proposed the change can only take it back."""
    change = get_object_or_404(RecordChange.objects.select_related("by"), pk=pk)
    user: Any = request.user
    if not may_see_change(user, change):
        raise Http404
    record, wanted = record_of(change), as_wanted(change)
    if request.method == "POST":
        return _decided(request, change, record)
    if change.decided is not None:
        messages.error(request, _("Somebody else has already decided this."))
        return redirect(list_url(record))
    is_new = not RecordChange.objects.of(record).filter(confirmed=True).exists() and not record.is_shown
    context = {
        "change": change,
        "record": record,
        "title": str(record),
        "rows": rows(None if is_new else record, wanted),
        "doubt": doubt(wanted.tel, wanted.country_id) if isinstance(wanted, Service) else "",
        "case_data": doubt_of(wanted.values()),
        "may_confirm": may_confirm_change(user, change),
        "back": list_url(record),
    }
    return render(request, "directory/admin/decide.html", context)


def _decided(request: HttpRequest, change: RecordChange, record: Record) -> HttpResponse:
    user: Any = request.user
    try:
        if request.POST.get("decision") == "confirm":
            confirm_change(user, change)
            messages.success(request, _("Confirmed. The site shows the new record."))
        else:
            refuse_change(user, change)
            messages.success(request, _("Rejected. Nothing has changed on the site."))
    except DecidedAlready:
        messages.error(request, _("Somebody else has already decided this."))
    except NumbersDiffer:
        messages.error(request, differ())
        return redirect(request.path)
    return redirect(list_url(record))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows all of a service, and asks whether it is still right."""
    service = get_object_or_404(Service, pk=pk)
    user: Any = request.user
    if not may_change(user, service):
        raise Http404
    if request.method == "POST":
        try:
            check_service(user, service, request.POST.get("version", ""))
        except Stale:
            messages.error(request, stale())
            return redirect(request.path)
        messages.success(request, _("Confirmed. The date of today stands with the service."))
        return redirect(list_url(service))
    context = {
        "service": service,
        "title": str(service),
        "rows": rows(None, service),
        "version": version_of(service),
        "doubt": doubt(service.tel, service.country_id),
        "edit": reverse("wagtailsnippets_directory_service:edit", args=[service.pk]),
        "back": list_url(service),
    }
    return render(request, "directory/admin/check.html", context)
