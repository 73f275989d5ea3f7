"""Who writes and translates which part of a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from documents.actions.assign import assign, unassign
from documents.actions.errors import ActionError
from documents.display.script import headings
from documents.editions.text_storage import OutlineRow, load_outline
from documents.models import Assignment, Edition, Instrument
from documents.pages.desk.forms import language_choices, section_choices
from documents.pages.desk.views.common import desk_page, editable, locked
from documents.pages.desk.worklist import edition_or_404
from people.access import require
from people.decorators import post_or
from people.fields import NamedChoiceField
from people.models import Membership, User
from people.requests import OfficeRequest
from people.roles import Role, Verb
from theme.day_field import DayField
from theme.localized_names import localized_name


class AssignForm(forms.Form):
    """Who writes or translates what, by when."""

    person: forms.ModelChoiceField[User] = NamedChoiceField(
        label=gettext_lazy("Person"), queryset=User.objects.none()
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)
    due = DayField(label=gettext_lazy("Due"), required=False)

    def __init__(
        self,
        edition: Edition,
        outline: list[OutlineRow],
        languages: list[str],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = writers_for(edition.instrument)
        self.fields["language"].choices = language_choices(languages)
        self.fields["section"].choices = [("", _("The whole document")), *section_choices(outline)]


def writers_for(instrument: Instrument) -> Any:
    """Whom a coordinator may ask: the owner's drafters and coordinators, the country's translators."""
    roles = Membership.objects.active()
    own = roles.filter(institution=instrument.owner_id, role__in=[Role.DRAFTER, Role.COORDINATOR])
    translators = roles.filter(
        institution__country__in=[instrument.country_id, instrument.owner.country_id], role=Role.TRANSLATOR
    )
    return User.objects.filter(is_active=True, memberships__in=(own | translators)).distinct()


@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Everybody's parts, and the form for a new one."""
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.ASSIGN, edition)
    there = [code for code in edition.instrument.languages if editable(edition, code)]
    if not there:
        return locked(request, edition)
    source = edition.instrument.source_language
    outline = headings(load_outline(edition, source), source)
    initial = {
        "section": request.GET.get("section", ""),
        "language": request.GET.get("language", source if source in there else there[0]),
    }
    form = AssignForm(edition, outline, there, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            assign(
                request.user, edition, data["person"], data["language"], data["section"] or None, data["due"]
            )
        except ActionError as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(
                request,
                _("%(name)s was assigned and notified by e-mail.")
                % {"name": localized_name(data["person"].name)},
            )
            return redirect("desk:people", edition.pk)
    names = {row.uid: row.name for row in outline}
    rows = [
        {"assignment": assignment, "section": names.get(str(assignment.uid), "") if assignment.uid else ""}
        for assignment in Assignment.objects.filter(edition=edition).select_related("user")
    ]
    return desk_page(request, edition, "people", form=form, rows=rows)


@post_or("desk:people", "edition_id")
def end(request: OfficeRequest, edition_id: int, assignment_id: int) -> HttpResponse:
    """Takes a part back."""
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.ASSIGN, edition)
    own = Assignment.objects.filter(edition=edition).select_related("user")
    assignment = get_object_or_404(own, pk=assignment_id)
    unassign(request.user, assignment)
    messages.success(
        request,
        _("%(name)s is no longer assigned. The text written so far stays.")
        % {"name": localized_name(assignment.user.name)},
    )
    return redirect("desk:people", edition.pk)
