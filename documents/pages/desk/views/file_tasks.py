"""The page that waits while the worker reads a file; then it leads back to where the file was chosen."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_safe

from documents.models import FileTask
from documents.pages.desk.views.uploads import progress
from people.requests import OfficeRequest

F = TypeVar("F", bound=forms.BaseForm)


@require_safe
def file_task(request: OfficeRequest, key: UUID) -> HttpResponse:
    row = get_object_or_404(FileTask, by=request.user, key=key)
    if not row.busy:
        return redirect(f"{row.back}?file={row.key}")
    return render(request, "documents/desk/file_task.html", {"row": row})


@require_safe
def file_task_state(request: OfficeRequest, key: UUID) -> JsonResponse:
    """How far it has got, for the page that waits."""
    row = get_object_or_404(FileTask, by=request.user, key=key)
    return progress(row, row.get_state_display())


def with_problem(form: F, row: FileTask | None, field: str | None = "file") -> F:
    """A form that nobody has filled in yet, with why the file was refused. ``field`` None: above the form."""
    if row is not None and row.state == FileTask.State.REFUSED:
        form.is_bound, form.data, form.files = True, dict(form.initial), MultiValueDict()
        form.errors.clear()
        form.add_error(field, row.why)
    return form
