"""The procedures of a country: looked at and changed by its coordinators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.access import memberships
from people.models import Country, Institution
from people.roles import Role
from theme.localized_names import localized_name
from workflows.actions.change_procedure import change_procedure, seen_of
from workflows.choices import StageKind
from workflows.models import Procedure
from workflows.models.procedures import DEFAULTS, MOST_STAGES
from workflows.pages.coordinator.forms import attempt
from workflows.pages.coordinator.procedure_forms import ProcedureForm, StageForm
from workflows.pages.coordinator.stage_descriptions import described, picture_of
from workflows.pages.coordinator.views import coordinator


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
                    "picture": picture_of(stages, str(one)),
                }
            )
    return render(request, "workflows/procedures.html", {"rows": rows, "several": len(countries) > 1})


@require_http_methods(["GET", "HEAD", "POST"])
def procedure(request: HttpRequest, country: str, key: str) -> HttpResponse:
    """Changes a procedure. A shared one becomes the country's own."""
    place, found = _find(request, country, key)
    institutions = [
        (one.key.removeprefix(f"{place.pk}-"), localized_name(str(one)))
        for one in Institution.objects.filter(country=place).select_related("country")
    ]
    sent = request.method == "POST" and "another" not in request.POST
    languages = [*place.languages, *(["en"] if "en" not in place.languages else [])]
    wanted = {"institutions": institutions, "languages": languages}
    stages = _stage_forms(request, found, wanted)
    about = ProcedureForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name, "names": found.names, "active": found.active},
        languages=languages,
    )
    problems: list[str] = []
    if sent and all(form.is_valid() for form in [about, *stages]):
        chosen = [form for form in stages if form.cleaned_data["place"]]
        chosen.sort(key=lambda form: form.cleaned_data["place"])
        name, names = about.names
        _saved, problems = attempt(
            lambda: change_procedure(
                request.user,  # type: ignore[arg-type]
                found,
                place,
                name,
                [form.stage for form in chosen],
                active=about.cleaned_data["active"],
                seen=request.POST.get("seen", ""),
                names=names,
            )
        )
        if not problems:
            messages.success(request, _("Saved. Reviews in progress are not affected."))
            return redirect("coordinate:procedures")
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
        "picture": picture_of(found.copy()["stages"], str(found)),
    }
    return render(
        request, "workflows/procedure.html", context, status=409 if problems else 400 if wrong else 200
    )


def _find(request: HttpRequest, country: str, key: str) -> tuple[Country, Procedure]:
    """A country's own procedure, else the shared one. Http404 where the user does not coordinate there."""
    place = next((one for one in _countries(request) if one.pk == country), None)
    found = Procedure.objects.filter(key=key).first()
    if place is None or found is None or found.country_id not in (None, place.pk):
        raise Http404
    return place, Procedure.objects.filter(key=f"{place.pk}-{key}", country=place).first() or found


def _stage_forms(request: HttpRequest, found: Procedure, options: dict[str, Any]) -> list[StageForm]:
    """The stages as stored, as sent, or, for "another stage", as typed with an empty one."""
    if request.method != "POST":
        stored = found.copy()["stages"]
        return [
            StageForm(prefix=f"s{n}", initial={"place": n + 1} | stage, **options)
            for n, stage in enumerate(stored)
        ]
    text = request.POST.get("count", "")
    count = min(int(text), MOST_STAGES) if text.isdecimal() and len(text) < 3 else 0
    sent = [StageForm(request.POST, prefix=f"s{n}", **options) for n in range(count)]
    if "another" not in request.POST:
        return sent
    typed = [
        StageForm(prefix=f"s{n}", initial={name: form[name].value() for name in form.fields}, **options)
        for n, form in enumerate(sent)
    ]
    if count < MOST_STAGES:
        empty = {"place": count + 1, "kind": StageKind.OPINION} | DEFAULTS
        typed.append(StageForm(prefix=f"s{count}", initial=empty, **options))
        typed[-1].fresh = True
    return typed


def _countries(request: HttpRequest) -> list[Country]:
    """The countries in which the person coordinates."""
    user = coordinator(request)
    own = {m.institution.country_id for m in memberships(user) if m.role == Role.COORDINATOR}
    return list(Country.objects.filter(pk__in=own))
