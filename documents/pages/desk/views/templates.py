"""The Word templates of institutions: put one in, look at what stands for what, try it, stop using it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.actions import file_tasks
from documents.actions.edit_word_template import end_template, set_styles
from documents.actions.errors import ActionError
from documents.editions import blobs
from documents.exports.template_example import template_example
from documents.models import FileTask, WordTemplate
from documents.pages.desk.forms import not_word
from documents.pages.desk.views.common import tell
from documents.pages.desk.views.file_tasks import with_problem
from documents.pages.edition.downloads import DOCX
from documents.word import Refused
from documents.word.file.confined import serving_request
from documents.word.template.files import file_on_template
from documents.word.template.looks import ROLES
from documents.word.template.read import LIMITS, Facts, default_template
from files.checks import WORD, require_kind
from people.access import has_role, memberships, require
from people.models import Country, Institution
from people.requests import OfficeRequest
from people.roles import Role, Verb
from theme.file_answers import attachment
from theme.localized_names import localized_name

NAMES = {
    "Title": gettext_lazy("Title of the document"),
    "KodeksText": gettext_lazy("Text"),
    "ListParagraph": gettext_lazy("List item"),
    "Quote": gettext_lazy("Quotation"),
    "KodeksLead": gettext_lazy("Introduction"),
    "Caption": gettext_lazy("Caption of a picture or table"),
    "KodeksStepTitle": gettext_lazy("Step heading"),
    "KodeksCallout": gettext_lazy("Box"),
    "KodeksWarning": gettext_lazy("Box with a warning"),
    "KodeksMeta": gettext_lazy("Details below the title"),
    "KodeksContents": gettext_lazy("Heading of the table of contents"),
    "TableGrid": gettext_lazy("Tables"),
}

GIVES = {
    "title": gettext_lazy("Title of the document"),
    "kind": gettext_lazy("Kind of document, for example “standard operating procedure”"),
    "institution": gettext_lazy("Responsible institution"),
    "country": gettext_lazy("Country"),
    "number": gettext_lazy("Edition number only: “2”"),
    "edition": gettext_lazy("Edition with its number: “Edition 2”"),
    "short state": gettext_lazy("State in one or two words: “in force”"),
    "state": gettext_lazy("State in full sentences: since when in force, and which edition it replaced"),
    "date": gettext_lazy("Date of entry into force; before that, the date of submission or the start date"),
    "act": gettext_lazy("Adoption acts, each on its own line"),
    "classification": gettext_lazy("Classification only: “Public”"),
    "notice": gettext_lazy("“DRAFT – not in force” and similar; empty once in force"),
    "check number": gettext_lazy("Check number only, in groups of four"),
    "check line": gettext_lazy("Check number with its introductory words"),
    "address": gettext_lazy("Permanent address of the edition"),
    "contents": gettext_lazy("Place for the table of contents"),
    "text": gettext_lazy("Place for the text"),
}
"""The meaning of each place of a template, for its authors."""


class TemplateForm(forms.Form):
    """A template for an institution, or for a whole country."""

    place = forms.ChoiceField(label=gettext_lazy("For documents of"))
    file = forms.FileField(
        label=gettext_lazy("Template (.docx or .dotx)"),
        widget=forms.FileInput(attrs={"accept": ".docx,.dotx"}),
    )

    def __init__(self, places: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        limit = LIMITS.file_bytes
        if file.size > limit:
            raise forms.ValidationError(
                _("The file is too large. The limit is %(limit)s MB.") % {"limit": limit // (1024 * 1024)}
            )
        return require_kind(file, WORD, not_word(file.name))


class StylesForm(forms.Form):
    """Which style of the template stands for which part of a document."""

    def __init__(self, facts: Facts, styles: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in ROLES:
            kind = "table" if role == "TableGrid" else "paragraph"
            choices = [(one.id, one.name) for one in facts.styles if one.kind == kind]
            unclear = role in facts.proposal.unclear
            self.fields[role] = forms.ChoiceField(
                label=NAMES.get(role) or _("Heading of level %(n)s") % {"n": role[-1]},
                choices=[("", _("as body text, marked by Kodeks")), *choices],
                required=False,
                initial=styles.get(role, ""),
                help_text=_("Check this: the template is not clear here.") if unclear else "",
            )


def _places(request: OfficeRequest) -> list[tuple[str, str]]:
    """For whom this person may put a template in, by a key each. 404 where for nobody."""
    operator = has_role(request.user, Role.OPERATOR)
    own = [m.institution_id for m in memberships(request.user) if m.role == Role.COORDINATOR]
    found = Institution.objects.select_related("country")
    institutions = found if operator else found.filter(pk__in=own)
    places = [(f"i{one.pk}", str(localized_name(one))) for one in institutions]
    if operator:
        places += [(f"c{one.pk}", str(localized_name(one))) for one in Country.objects.all()]
    if not places:
        raise Http404
    return places


@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: OfficeRequest) -> HttpResponse:
    """The templates in use, and the form for another one."""
    places = _places(request)
    form = TemplateForm(places, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        place, file = form.cleaned_data["place"], form.cleaned_data["file"]
        institution = (
            Institution.objects.select_related("country").get(pk=place[1:]) if place[0] == "i" else None
        )
        country = institution.country if institution else Country.objects.get(pk=place[1:])
        given = {
            "place": place,
            "institution": institution.pk if institution else None,
            "country": country.pk,
        }
        try:
            started = file_tasks.start(request.user, "template", file, request.path, **given)
        except ActionError as problem:
            form.add_error("file", problem.message)
        else:
            return redirect("desk:file_task", started.key)
    if request.method != "POST" and (
        read := file_tasks.finished(request.user, "template", request.GET.get("file", ""))
    ):
        if read.state == FileTask.State.DONE:
            messages.success(
                request, _("The template is in use. Check which style is used for what, and try it.")
            )
            return redirect("desk:template", read.result["template"])
        form.initial["place"] = read.given["place"]
        form = with_problem(form, read)
    keys = {key for key, _name in places}
    rows = [
        one
        for one in WordTemplate.objects.filter(ended=None).select_related("institution", "country", "by")
        if (f"i{one.institution_id}" if one.institution_id else f"c{one.country_id}") in keys
    ]
    context = {"form": form, "rows": rows, "gives": GIVES.items()}
    return render(request, "documents/desk/templates.html", context, status=422 if form.errors else 200)


def _template(request: OfficeRequest, template_id: int) -> WordTemplate:
    every = WordTemplate.objects.select_related("institution", "country", "blob")
    found = get_object_or_404(every, pk=template_id, ended=None)
    require(request.user, Verb.TEMPLATES, found)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: OfficeRequest, template_id: int) -> HttpResponse:
    """What was found in a template, and what stands for what in it."""
    found = _template(request, template_id)
    if request.method == "POST" and request.POST.get("do") == "end":
        end_template(request.user, found)
        messages.success(request, _("The template is no longer used."))
        return redirect("desk:templates")
    if not found.facts:
        return _read_anew(request, found)
    facts = Facts.from_json(found.facts)
    form = StylesForm(facts, found.styles, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_styles(request.user, found, form.cleaned_data)
        except ActionError as problem:
            tell(request, problem)
        else:
            messages.success(request, _("Saved."))
        return redirect("desk:template", found.pk)
    context = {"template": found, "facts": facts, "form": form}
    return render(request, "documents/desk/template.html", context, status=422 if form.errors else 200)


def _read_anew(request: OfficeRequest, found: WordTemplate) -> HttpResponse:
    """Has a template of an earlier release read, of which no facts are stored."""
    read = file_tasks.finished(request.user, "template_facts", request.GET.get("file", ""), template=found.pk)
    if read is not None:  # it can't be read
        messages.error(request, read.why)
        return redirect("desk:templates")
    try:
        started = file_tasks.start(request.user, "template_facts", None, request.path, template=found.pk)
    except ActionError as problem:
        tell(request, problem)
        return redirect("desk:templates")
    return redirect("desk:file_task", started.key)


@require_safe
def try_out(request: OfficeRequest, template_id: int) -> HttpResponse:
    """A short example on the template, with one of everything."""
    found = _template(request, template_id)
    document, brought = template_example(get_language() or "en", found.institution or found.country)
    try:
        with serving_request(False):  # an example of our own, as in documents/exports/word.py
            data = file_on_template(document, blobs.read(found.blob), found.styles, brought)
    except Refused as refusal:
        raise Http404 from refusal
    return attachment(data, DOCX, "kodeks-example.docx")


@require_safe
def default(request: OfficeRequest) -> HttpResponse:
    """Kodeks's own template, to begin another one from."""
    _places(request)
    return attachment(default_template(), DOCX, "kodeks-template.docx")
