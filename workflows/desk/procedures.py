"""The procedures of a country: looked at and changed by its coordinators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from documents.actions.errors import ActionError, NotReady
from people.access import memberships
from people.models import Country, Institution
from people.roles import Role
from theme.names import spoken
from workflows import quorum
from workflows.actions.change_procedure import change_procedure, seen_of
from workflows.choices import Delegation, Silence, StageKind
from workflows.desk.stage_words import described, picture_of
from workflows.desk.views import coordinator
from workflows.models import Procedure
from workflows.models.procedures import DEFAULTS, MOST_DAYS, MOST_STAGES, words

MOST_AGREEING = 30
"""As many institutions as a quorum can be of, where it is a number."""


class ProcedureForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    active = forms.BooleanField(label=gettext_lazy("Can be chosen"), required=False)


class StageForm(forms.Form):
    """One stage. Its number is its place: give it another to move it, none to take it out."""

    place = forms.IntegerField(
        label=gettext_lazy("Number"),
        help_text=gettext_lazy("Its place. Empty: the stage is taken out."),
        min_value=1,
        max_value=99,
        required=False,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=StageKind.choices)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    together = forms.BooleanField(label=gettext_lazy("At the same time as the stage before"), required=False)
    institutions = forms.MultipleChoiceField(
        label=gettext_lazy("Institutions proposed"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    least = forms.IntegerField(label=gettext_lazy("Ask at least"), min_value=1, max_value=99)
    quorum = forms.ChoiceField(
        label=gettext_lazy("How many must agree"),
        choices=[
            (quorum.ALL, gettext_lazy("all must answer, one at least must agree")),
            (quorum.ANY, gettext_lazy("one is enough")),
            *((str(n), str(n)) for n in range(1, MOST_AGREEING + 1)),
        ],
    )
    days = forms.IntegerField(label=gettext_lazy("Days to the deadline"), min_value=1, max_value=MOST_DAYS)
    working = forms.BooleanField(label=gettext_lazy("Only working days count"), required=False)
    silence = forms.ChoiceField(
        label=gettext_lazy("No answer by the deadline means"), choices=Silence.choices
    )
    delegate = forms.ChoiceField(
        label=gettext_lazy("Who may hand the answer over"), choices=Delegation.choices
    )
    second_factor = forms.BooleanField(label=gettext_lazy("Ask for a second factor"), required=False)

    def __init__(self, *args: Any, institutions: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["institutions"].choices = institutions  # type: ignore[attr-defined]

    @property
    def stage(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "place"}


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """The procedures that can be chosen in the coordinator's countries, each with its picture."""
    countries = _countries(request)
    rows = []
    for country in countries:
        for one in Procedure.objects.for_country(country.pk) + list(
            Procedure.objects.filter(country=country, active=False)
        ):
            stages = one.copy()["stages"]
            rows.append(
                {
                    "procedure": one,
                    "country": country,
                    "stages": described(stages),
                    "picture": picture_of(stages, words(one.name)),
                }
            )
    return render(request, "workflows/procedures.html", {"rows": rows, "several": len(countries) > 1})


@require_http_methods(["GET", "HEAD", "POST"])
def procedure(request: HttpRequest, country: str, key: str) -> HttpResponse:
    """Changes a procedure. A shared one becomes the country's own."""
    place = next((one for one in _countries(request) if one.pk == country), None)
    found = Procedure.objects.filter(key=key).first()
    if place is None or found is None or found.country_id not in (None, place.pk):
        raise Http404
    found = Procedure.objects.filter(key=f"{place.pk}-{key}", country=place).first() or found
    institutions = [
        (one.key.removeprefix(f"{place.pk}-"), spoken(str(one)))
        for one in Institution.objects.filter(country=place).select_related("country")
    ]
    sent = request.method == "POST" and "another" not in request.POST
    stages = _stage_forms(request, found, institutions)
    about = ProcedureForm(
        request.POST if request.method == "POST" else None,
        initial={"name": words(found.name), "active": found.active},
    )
    problems: list[str] = []
    if sent and all(form.is_valid() for form in [about, *stages]):
        kept = [form for form in stages if form.cleaned_data["place"]]
        kept.sort(key=lambda form: form.cleaned_data["place"])
        name = about.cleaned_data["name"]
        try:
            change_procedure(
                request.user,  # type: ignore[arg-type]
                found,
                place,
                found.name if name == words(found.name) else name,
                [form.stage for form in kept],
                active=about.cleaned_data["active"],
                seen=request.POST.get("seen", ""),
            )
        except NotReady as refusal:
            problems = refusal.problems
        except ActionError as refusal:
            problems = [refusal.message]
        else:
            messages.success(request, _("Kept. Reviews that run already go on as they began."))
            return HttpResponseRedirect(reverse("coordinate:procedures"))
    wrong = sent and any(form.errors for form in [about, *stages])
    context = {
        "procedure": found,
        "country": place,
        "about": about,
        "stages": stages,
        "count": len(stages),
        "more": len(stages) < MOST_STAGES,
        "seen": request.POST.get("seen") or seen_of(found),
        "problems": problems,
        "wrong": wrong,
        "picture": picture_of(found.copy()["stages"], words(found.name)),
    }
    return render(
        request, "workflows/procedure.html", context, status=409 if problems else 400 if wrong else 200
    )


def _stage_forms(
    request: HttpRequest, found: Procedure, institutions: list[tuple[str, str]]
) -> list[StageForm]:
    """The stages as they are kept; as they were sent; or, for "another stage", as they were typed, and an empty one."""
    if request.method != "POST":
        kept = found.copy()["stages"]
        return [
            StageForm(prefix=f"s{n}", institutions=institutions, initial={"place": n + 1} | stage)
            for n, stage in enumerate(kept)
        ]
    text = request.POST.get("count", "")
    count = min(int(text), MOST_STAGES) if text.isdecimal() and len(text) < 3 else 0
    if "another" not in request.POST:
        return [StageForm(request.POST, prefix=f"s{n}", institutions=institutions) for n in range(count)]
    typed = [
        StageForm(prefix=f"s{n}", institutions=institutions, initial=_typed(request, f"s{n}-"))
        for n in range(count)
    ]
    empty = {"place": count + 1, "kind": StageKind.OPINION} | DEFAULTS
    if count < MOST_STAGES:
        typed.append(StageForm(prefix=f"s{count}", institutions=institutions, initial=empty))
    return typed


def _typed(request: HttpRequest, prefix: str) -> dict[str, Any]:
    return {
        name: request.POST.getlist(prefix + name)
        if name == "institutions"
        else request.POST.get(prefix + name)
        for name in StageForm.base_fields
    }


def _countries(request: HttpRequest) -> list[Country]:
    """The countries in which the person coordinates."""
    user = coordinator(request)
    own = {m.institution.country_id for m in memberships(user) if m.role == Role.COORDINATOR}
    return list(Country.objects.filter(pk__in=own))
