"""What changes of a record, for the second person; and whether a service is still right, for its keeper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.access import may_change
from directory.actions.change_record import as_wanted, check_service, version_of
from directory.choices import ForWhom
from directory.models import Record, Service
from directory.office.record_forms import stale
from directory.readable import localized
from proposals.errors import Stale
from proposals.models import Proposal
from proposals.pages.shown import Row, Shown, show
from public.checks.case_data import doubt_of
from public.dialling import doubt
from public.languages import native_name
from theme.localized_names import localized_name


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
    return [Row(capfirst(label), before, after) for label, before, after in found]


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


def title_of(record: Record) -> str:
    """Its name in the language of the page; its key where it has none."""
    return localized(record, get_language() or "en").name or str(record)


def _is_new(record: Record) -> bool:
    decided = Proposal.objects.about(record).filter(confirmed=True)
    return not record.is_shown and not decided.exists()


@show("record", gettext_lazy("Directory of services"), lambda _proposal, record: title_of(record))
def show_record(request: HttpRequest, proposal: Proposal, record: Record) -> Shown:
    """What changes for readers, beside what looks wrong."""
    wanted = as_wanted(proposal)
    warnings = [doubt_of(wanted.values())]
    if isinstance(wanted, Service):
        warnings.append(doubt(wanted.tel, wanted.country_id))
    return Shown(
        title_of(record),
        gettext_lazy("Directory of services"),
        list_url(record),
        rows(None if _is_new(record) else record, wanted),
        advice=_("Ask the organisation, and call a new number, before you confirm."),
        warnings=[one for one in warnings if one],
    )


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
