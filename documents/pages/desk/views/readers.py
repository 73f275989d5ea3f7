"""Who else reads a document: institutions for TLP:AMBER, named readers for TLP:RED."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from documents.actions.errors import ActionError
from documents.actions.share import end_reader, end_sharing, name_reader, share
from documents.choices import Classification
from documents.models import Instrument
from documents.pages.desk.views.common import desk_page, number_in, tell
from documents.pages.desk.worklist import edition_or_404
from people.access import require
from people.decorators import post_or
from people.models import Institution
from people.requests import OfficeRequest
from people.roles import Verb
from people.second_factor import step_up
from theme.localized_names import localized_name


class ShareForm(forms.Form):
    """An institution, or all those that a country has today."""

    whom = forms.ChoiceField(label=gettext_lazy("Share with"))

    def __init__(self, instrument: Instrument, data: Any = None) -> None:
        super().__init__(data)
        known = {instrument.owner_id, *instrument.shared_with.values_list("pk", flat=True)}
        self.countries: dict[str, list[Institution]] = {}
        names: dict[str, str] = {}
        for institution in Institution.objects.select_related("country").exclude(pk__in=known):
            self.countries.setdefault(institution.country_id, []).append(institution)
            names[institution.country_id] = localized_name(institution.country)
        self.fields["whom"].choices = [
            (
                names[code],
                [
                    (f"c:{code}", _("All institutions: %(country)s") % {"country": names[code]}),
                    *((f"i:{one.pk}", localized_name(one)) for one in institutions),
                ],
            )
            for code, institutions in self.countries.items()
        ]

    def institutions(self) -> list[Institution]:
        kind, _colon, name = self.cleaned_data["whom"].partition(":")
        if kind == "c":
            return self.countries[name]
        return [one for group in self.countries.values() for one in group if str(one.pk) == name]


class ReaderForm(forms.Form):
    """A person, by their address: nobody is shown a list of who works abroad."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of the person"))


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def readers(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Who is named, and the form for one more, as the classification has it."""
    edition = edition_or_404(request, edition_id)
    instrument = edition.instrument
    require(request.user, Verb.SHARE, instrument)
    form = _form(instrument, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            if isinstance(form, ShareForm):
                share(request.user, instrument, form.institutions())
                messages.success(request, _("Shared. They can now read the edition in force."))
            else:
                name_reader(request.user, instrument, form.cleaned_data["email"])
                messages.success(request, _("Reader added. The person can now read the document."))
        except ActionError as problem:
            form.add_error(None, problem.message)
        else:
            return redirect("desk:readers", edition.pk)
    return desk_page(
        request,
        edition,
        "readers",
        form=form,
        institutions=instrument.shared_with.select_related("country"),
        people=instrument.named_readers.order_by("name"),
        amber=instrument.classification == Classification.TLP_AMBER,
        red=instrument.classification == Classification.TLP_RED,
    )


def _form(instrument: Instrument, data: Any) -> ShareForm | ReaderForm | None:
    if instrument.classification == Classification.TLP_AMBER:
        return ShareForm(instrument, data)
    if instrument.classification == Classification.TLP_RED:
        return ReaderForm(data)
    return None


@post_or("desk:readers", "edition_id")
def end(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Ends it for one institution or one person."""
    edition = edition_or_404(request, edition_id)
    instrument = edition.instrument
    require(request.user, Verb.SHARE, instrument)
    kind, _colon, number = request.POST.get("whom", "").partition(":")
    pk = number_in(number)
    try:
        if kind == "i" and (institution := instrument.shared_with.filter(pk=pk).first()):
            end_sharing(request.user, instrument, institution)
        elif kind == "u" and (person := instrument.named_readers.filter(pk=pk).first()):
            end_reader(request.user, instrument, person)
        else:
            raise ActionError(_("This access has already ended."))
    except ActionError as problem:
        tell(request, problem)
    else:
        messages.success(request, _("Access ended. This applies from the next page they open."))
    # Whoever ends it for themselves has shut the door behind them.
    left = kind == "u" and pk == request.user.pk
    return redirect("desk:home") if left else redirect("desk:readers", edition.pk)
