"""Comprehension sheets: three questions for mobile teams to print, and the form for their sums."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outreach.access import countries_of
from outreach.actions.sheets import delete_sheet, enter_sheet
from outreach.models import FLOOR, Sheet
from outreach.pages.views import reads, weeks_back
from people.models import Country
from public.checks.passages import passages
from public.languages import native_name
from public.models import CampaignPage
from public.models.lines import numbers
from theme import undo
from theme.dates import of_date
from theme.locales import direction, html_lang
from theme.localized_names import localized_name

SIGNS = 5


class SheetForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Sheet
        fields = ("country", "week", "people", "first", "second", "third")

    def __init__(self, countries: set[str], page: CampaignPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.campaign, self.instance.language = page.translation_key, page.tag
        country: Any = self.fields["country"]
        country.queryset = Country.objects.filter(pk__in=countries)
        country.label_from_instance = localized_name
        country.empty_label = None if len(countries) == 1 else ""
        tag = get_language() or "en"
        weeks = [(day.isoformat(), of_date(day, tag)) for day in weeks_back()]
        self.fields["week"] = forms.TypedChoiceField(
            label=_("Week that began on"), choices=weeks, coerce=date.fromisoformat
        )
        people = self.fields["people"]
        people.error_messages["min_value"] = _("Fewer than %(n)s people: do not enter this sheet.") % {
            "n": FLOOR
        }
        people.help_text = _("%(n)s or more. Fewer could show who they are.") % {"n": FLOOR}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        people = data.get("people")
        for name in ("first", "second", "third"):
            if people is not None and (data.get(name) or 0) > people:
                self.add_error(name, _("There can't be more right answers than people."))
        return data


def _pages(request: HttpRequest) -> QuerySet[CampaignPage]:
    """Published pages of the region and of one's own countries."""
    own = countries_of(request.user)
    if not own:
        raise Http404
    published = CampaignPage.published()
    return published.filter(country__in=own) | published.filter(country=None)


@require_safe
@reads
def sheets(request: HttpRequest) -> HttpResponse:
    """Every campaign with its languages: print the sheet, enter the sums."""
    groups: dict[Any, list[tuple[str, str, CampaignPage]]] = {}
    for page in _pages(request).order_by("translation_key", "locale__language_code"):
        groups.setdefault(page.translation_key, []).append((native_name(page.tag), html_lang(page.tag), page))
    tag = get_language() or "en"
    named = [
        (next((page.title for _name, _lang, page in own if page.tag == tag), own[0][2].title), own)
        for own in groups.values()
    ]
    return render(request, "outreach/sheets.html", {"campaigns": sorted(named, key=lambda one: one[0])})


@require_safe
@reads
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """To print, in the language of the page, whatever the office's is."""
    page = get_object_or_404(_pages(request), pk=pk)
    own = countries_of(request.user)
    country = page.country_id or request.GET.get("country", "")
    country = country if country in own else min(own)
    line = next((one.first for one in numbers(page.tag) if one.country.code == country), None)
    context = {
        "page": page,
        "line": line,
        "signs": _signs(page),
        "text_lang": html_lang(page.tag),
        "text_dir": direction(page.tag),
    }
    return render(request, "outreach/sheet.html", context)


def _signs(page: CampaignPage) -> list[str]:
    """What a reader should know again: the first signs of the page, else its first points."""
    for kind in ("signs", "prepare", "now", "rights"):
        for child in page.body:
            if child.block_type == kind:
                own = next(one for one in passages(page.body) if one.block == str(child.id))
                return list(own.texts[1 : SIGNS + 1])
    return []


@require_http_methods(["GET", "HEAD", "POST"])
@reads
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(_pages(request), pk=pk)
    own = countries_of(request.user)
    form = SheetForm(own, page, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = enter_sheet(request.user, form.instance)  # type: ignore[arg-type]
        undo.success(request, _("The sums are saved."), reverse("outreach:delete_sheet", args=[made.pk]))
        return redirect("outreach:sheets")
    context = {"form": form, "page": page, "language": native_name(page.tag)}
    return render(request, "outreach/enter.html", context, status=422 if form.errors else 200)


@require_POST
@reads
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Sheet, pk=pk, country__in=countries_of(request.user))
    delete_sheet(request.user, found)  # type: ignore[arg-type]
    messages.success(request, _("The sums are deleted."))
    return redirect("outreach:sheets")
