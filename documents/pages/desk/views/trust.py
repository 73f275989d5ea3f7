"""What signatures are checked against: an operator's page of trusted lists."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions import file_tasks
from documents.actions.errors import ActionError
from documents.actions.trust_lists import IN_OPERATOR, remove_list
from documents.models import FileTask, PaperCheck, TrustList
from documents.pages.desk.views.file_tasks import with_problem
from documents.signatures.files import LIST_BYTES
from people.access import has_role
from people.requests import OfficeRequest
from people.roles import Role
from people.second_factor import step_up
from theme import check_answers
from theme.check_answers import Answer
from theme.dates import long_date

CERTIFICATE_BYTES = 1024 * 1024


class ListForm(forms.Form):
    """A file, and who must have signed it."""

    file = forms.FileField(
        label=gettext_lazy("List"),
        help_text=gettext_lazy(
            "A trusted list (XML), certificates of authorities (PEM), or revoked certificates (CRL)."
        ),
    )
    operator = forms.FileField(
        label=gettext_lazy("Certificate of the list’s operator"),
        required=False,
        help_text=gettext_lazy(
            "Only for a trusted list. With it, Kodeks takes the list only if its signature is valid."
        ),
    )

    def clean_file(self) -> Any:
        return self._within("file")

    def clean_operator(self) -> Any:
        return self._within("operator")

    def _within(self, name: str) -> Any:
        file = self.cleaned_data[name]
        if file is not None and file.size > (LIST_BYTES if name == "file" else CERTIFICATE_BYTES):
            raise forms.ValidationError(_("The file is too large."))
        return file


def _require_operator(request: OfficeRequest) -> None:
    if not has_role(request.user, Role.OPERATOR):
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def trusted_lists(request: OfficeRequest) -> HttpResponse:
    """The lists in use, and the form for another one."""
    _require_operator(request)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method == "POST" and form.is_valid():
        operator = form.cleaned_data["operator"]
        certificate = base64.b64encode(operator.read() if operator else b"").decode()
        try:
            started = file_tasks.start(
                request.user, "trust_list", form.cleaned_data["file"], request.path, operator=certificate
            )
        except ActionError as problem:
            form.add_error("file", problem.message)
        else:
            return redirect("desk:file_task", started.key)
    if request.method != "POST" and (
        read := file_tasks.finished(request.user, "trust_list", request.GET.get("file", ""))
    ):
        if read.state == FileTask.State.DONE:
            done = _("Imported: %(name)s. Kodeks checks all signed papers again.")
            messages.success(request, done % read.result)
            return redirect("desk:trusted_lists")
        form = with_problem(form, read, "operator" if read.result.get("code") in IN_OPERATOR else "file")
    context = {
        "form": form,
        "lists": TrustList.objects.all(),
        "waiting": PaperCheck.objects.exclude(wanted=None).count(),
        "papers": PaperCheck.objects.count(),
    }
    return render(request, "documents/desk/trusted_lists.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def remove_trusted_list(request: OfficeRequest, list_id: int) -> HttpResponse:
    """Asks once more, and stops trusting a list."""
    _require_operator(request)
    one = get_object_or_404(TrustList, pk=list_id)
    if check_answers.is_reopened(request):
        return redirect("desk:trusted_lists")
    if check_answers.is_confirmed(request):
        name = str(one)
        remove_list(request.user, one)
        messages.success(request, _("Removed: %(name)s.") % {"name": name})
        return redirect("desk:trusted_lists")
    rows = [Answer(_("List"), str(one)), Answer(_("Kind"), one.get_kind_display())]
    if one.until:
        rows.append(Answer(_("Valid until"), long_date(one.until.date(), get_language() or "en")))
    return check_answers.page(
        request,
        title=_("Remove this list?"),
        answers=rows,
        warning=_("Signatures that only this list confirms are then shown as not known."),
        button=_("Remove the list"),
        trail=[(_("Trusted lists"), reverse("desk:trusted_lists"))],
        is_dangerous=True,
        has_form=False,
    )
