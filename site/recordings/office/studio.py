"""A text to read aloud: the script, the upload, listening and publishing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from documents.actions import file_tasks
from documents.actions.errors import ActionError
from documents.models import FileTask
from documents.pages.desk.views.file_tasks import with_problem
from recordings.actions.record import (
    DecidedAlready,
    OwnRecording,
    TextChanged,
    publish_recording,
    restore_recording,
    take_down_recording,
)
from recordings.actions.take_upload import CHANGED
from recordings.models import Recording
from recordings.office.states import rows, state_of
from recordings.refusals import too_large
from recordings.rights import may_record, may_see
from recordings.script import short_form
from recordings.targets import Target, find, of_recording


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Sound file"),
        help_text=gettext_lazy("MP3, M4A or OGG, mono, with 64 kbit/s or less."),
    )
    by_machine = forms.BooleanField(
        label=gettext_lazy("A machine reads it, not a person"),
        required=False,
        help_text=gettext_lazy("Readers see this next to the recording."),
    )
    read = forms.CharField(widget=forms.HiddenInput)

    def clean_file(self) -> Any:
        file, limit = self.cleaned_data["file"], settings.KODEKS_RECORDING_LIMIT
        if file.size > limit:
            raise forms.ValidationError(too_large(limit), code="too_large")
        return file

    def is_too_large(self) -> bool:
        return self.has_error("file", "too_large")


@require_http_methods(["GET", "HEAD", "POST"])
def script(request: HttpRequest, kind: str, pk: int, part: str) -> HttpResponse:
    """One text to read, large; its recordings; the upload."""
    target = _target(request, kind, pk, part)
    form = UploadForm(initial={"read": target.script.sha256})
    if request.method == "POST":
        if not may_record(request.user, target.country_id):
            raise Http404
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid() and (started := _start(request, target, form)):
            return redirect("desk:file_task", started.key)
    elif read := file_tasks.finished(
        request.user, "recording", request.GET.get("file", ""), target=list(target.key)
    ):
        if read.state == FileTask.State.DONE:
            messages.success(request, _("Uploaded. Another publisher listens to it and publishes it."))
            return redirect(target.url)
        # The form goes on with the text of now.
        form.initial["by_machine"] = read.given["by_machine"]
        form = with_problem(form, read, None if read.result.get("code") == CHANGED else "file")
    recordings = Recording.objects.filter(**target.fields)
    published, waiting = recordings.published().first(), recordings.waiting().first()
    ended = recordings.exclude(ended=None).filter(text_sha256=target.script.sha256).first()
    context = {
        "target": target,
        "form": form,
        "state": state_of(target, published, waiting),
        "published": published,
        "old_short": short_form(published.text_sha256) if published else "",
        "is_current": published is not None and target.is_read_by(published),
        "waiting": waiting,
        "is_own": waiting is not None and waiting.by_id == request.user.pk,
        "fits": waiting is not None and target.is_read_by(waiting),
        "ended": None if published or waiting else ended,
        "may_record": may_record(request.user, target.country_id),
        "limit": settings.KODEKS_RECORDING_LIMIT,
        "minutes": settings.KODEKS_RECORDING_SECONDS // 60,
        "rows": rows(target.owner),
    }
    status = 413 if form.is_bound and form.is_too_large() else 200
    return render(request, "recordings/admin/script.html", context, status=status)


def _start(request: HttpRequest, target: Target, form: UploadForm) -> FileTask | None:
    """Has a recording read; None where another file of the person is."""
    user: Any = request.user
    data = form.cleaned_data
    given = {"target": list(target.key), "read": data["read"], "by_machine": data["by_machine"]}
    try:
        return file_tasks.start(user, "recording", data["file"], target.url, **given)
    except ActionError as problem:
        form.add_error("file", problem.message)
        return None


DONE = {
    "publish": (publish_recording, gettext_lazy("Published. Readers can listen to it now.")),
    "take-down": (take_down_recording, gettext_lazy("Taken down. Readers no longer hear it.")),
    "restore": (restore_recording, gettext_lazy("Put back.")),
}


@require_POST
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Publish a recording, take it down, put it back."""
    recording = get_object_or_404(Recording.objects.select_related("page", "hotline"), pk=pk)
    owner = recording.page or recording.hotline
    if act not in DONE or owner is None or not may_see(request.user, owner.country_id):
        raise Http404
    action, message = DONE[act]
    try:
        action(request.user, recording)  # type: ignore[operator, arg-type]
        messages.success(request, message)
    except TextChanged:
        messages.error(request, _("The text has changed since this was recorded. Record the new text."))
    except DecidedAlready:
        messages.error(request, _("Somebody else has already decided this."))
    except OwnRecording:
        messages.error(request, _("You uploaded this recording. Another publisher listens and publishes it."))
    target = of_recording(recording)
    return redirect(target.url if target else "wagtailadmin_home")


def _target(request: HttpRequest, kind: str, pk: int, part: str) -> Target:
    target = find(kind, pk, part)
    if target is None or not may_see(request.user, target.country_id):
        raise Http404
    return target
