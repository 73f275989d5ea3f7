"""The numbers to call next to a section. A coordinator manages them, with a second person once the text was
submitted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from documents.actions.edit_contacts import (
    HOURS,
    NAME,
    ContactData,
    add_contact,
    change_contact,
    confirm_contact,
    needs_two,
    refuse_contact,
    remove_contact,
    version_of,
)
from documents.actions.errors import ActionError
from documents.display import links
from documents.editions.text_storage import load_outline
from documents.models import Contact, ContactChange, Edition
from documents.pages.case_data import refuse_case_data, refuse_person_number
from documents.pages.desk.views.common import desk_page, number_in, tell
from documents.pages.desk.worklist import edition_or_404
from people.access import require
from people.requests import OfficeRequest
from people.roles import Verb
from people.second_factor import step_up
from theme.day_field import DayField
from theme.locales import native_name


class ContactForm(forms.Form):
    """One number: who answers and when in each language, the number, and when it was last tried."""

    number = forms.CharField(
        label=gettext_lazy("Number"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    checked = DayField(
        label=gettext_lazy("Last checked"),
        help_text=gettext_lazy("The last day on which someone called and the number worked."),
    )

    def __init__(self, edition: Edition, contact: Contact | None, data: Any = None) -> None:
        self.languages = edition.instrument.source_first
        initial: dict[str, Any] = {"checked": timezone.localdate()}
        if contact:
            initial = {"number": contact.number, "checked": contact.checked}
            for language in self.languages:
                initial[f"name_{language}"] = contact.names.get(language, "")
                initial[f"hours_{language}"] = contact.hours.get(language, "")
        super().__init__(data, initial=initial)
        for language in self.languages:
            name = {"language": native_name(language)}
            self.fields[f"name_{language}"] = forms.CharField(
                label=_("Who answers (%(language)s)") % name,
                max_length=NAME,
                required=language == edition.instrument.source_language,
                widget=forms.TextInput(attrs={"lang": language}),
            )
            self.fields[f"hours_{language}"] = forms.CharField(
                label=_("When and for whom (%(language)s)") % name,
                max_length=HOURS,
                required=False,
                widget=forms.TextInput(attrs={"lang": language}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_case_data(self, [name for name in cleaned if name.startswith(("name_", "hours_"))])
        refuse_person_number(self, "number")
        return cleaned

    def data_of(self) -> ContactData:
        data = self.cleaned_data
        return ContactData(
            names={code: data.get(f"name_{code}", "") for code in self.languages},
            hours={code: data.get(f"hours_{code}", "") for code in self.languages},
            number=data["number"],
            checked=data["checked"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def calls(request: OfficeRequest, edition_id: int, uid: UUID) -> HttpResponse:
    """The section's numbers, what waits for a second person, and a form for a number (``?contact=``) or for a
    new one."""
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.CALLS, edition)
    source = edition.instrument.source_language
    row = next((row for row in load_outline(edition, source) if row.uid == str(uid)), None)
    if row is None:
        raise Http404
    if "change" in request.POST:
        return _decide(request, edition, uid)
    contacts = list(Contact.objects.filter(instrument=edition.instrument, uid=uid))
    contact = _chosen(contacts, request.POST.get("contact") or request.GET.get("contact") or "")
    form = ContactForm(edition, contact)
    if request.method == "POST":
        removing = request.POST.get("do") == "remove" and contact is not None
        form = form if removing else ContactForm(edition, contact, request.POST)
        try:
            if removing or form.is_valid():
                messages.success(request, _store(request, edition, uid, contact, None if removing else form))
                return redirect("desk:calls", edition.pk, uid)
        except ActionError as problem:
            if removing:
                tell(request, problem)
                return redirect("desk:calls", edition.pk, uid)
            form.add_error(None, problem.message)
    changes = ContactChange.objects.filter(instrument=edition.instrument, uid=uid)
    return desk_page(
        request,
        edition,
        "contacts",
        section=row.name,
        form=form,
        contact=contact,
        expected=version_of(contact) if contact else "",
        contacts=contacts,
        changes=changes.select_related("contact", "proposed_by"),
        changing={change.contact_id for change in changes},
        needs_two=needs_two(edition.instrument),
        source=source,
        read_url=links.section_url(edition, str(uid)),
    )


def _decide(request: OfficeRequest, edition: Edition, uid: UUID) -> HttpResponse:
    """Confirms or ends a proposal of this section."""
    waiting = ContactChange.objects.filter(instrument=edition.instrument, uid=uid)
    change = waiting.filter(pk=number_in(request.POST["change"])).first()
    try:
        if change is None:
            raise ActionError(_("This has already been decided."))
        if request.POST.get("do") == "confirm":
            confirm_contact(request.user, edition, change)
            messages.success(request, _("Confirmed. Readers now see the change."))
        else:
            refuse_contact(request.user, edition, change)
            messages.success(request, _("The number was not changed."))
    except ActionError as problem:
        tell(request, problem)
    return redirect("desk:calls", edition.pk, uid)


def _store(
    request: OfficeRequest, edition: Edition, uid: UUID, contact: Contact | None, form: ContactForm | None
) -> str:
    """Adds, changes or removes (without a form) a contact, or proposes it; gives what to tell the person."""
    expected = request.POST.get("expected", "")[:16]
    made: Contact | ContactChange | None
    if contact is None:
        assert form is not None  # noqa: S101 - only what is there is removed
        made = add_contact(request.user, edition, uid, form.data_of())
    elif form is None:
        made = remove_contact(request.user, edition, contact, expected)
    else:
        made = change_contact(request.user, edition, contact, form.data_of(), expected)
    if isinstance(made, ContactChange):
        return _("Proposed. Readers see the change once another coordinator has confirmed it.")
    return _("Saved. Readers now see the number.") if form else _("The number was removed.")


def _chosen(contacts: list[Contact], number: str) -> Contact | None:
    """The contact that a form is about; None for a new one. Raises Http404 where it is gone."""
    if not number:
        return None
    found = next((one for one in contacts if str(one.pk) == number), None)
    if found is None:
        raise Http404
    return found
