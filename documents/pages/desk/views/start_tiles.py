"""The tiles of practitioners' first page, managed by the coordinators of a country."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions.edit_start_tiles import TileData, add_tile, change_tile, remove_tile
from documents.actions.errors import ActionError
from documents.choices import State
from documents.display import script as display_script
from documents.display.language import content_language
from documents.editions.text_storage import load_outline
from documents.models import Edition, StartTile
from documents.pages.desk.views.common import number_in
from documents.pages.desk.worklist import title_of
from documents.pages.library.start_tiles import shown
from people.access import require
from people.models import Country
from people.requests import OfficeRequest
from people.roles import Verb
from theme.locales import native_name
from theme.localized_names import localized_name


class TileForm(forms.Form):
    """A tile: its title in each language, and where it leads."""

    target = forms.ChoiceField(label=gettext_lazy("Document or section"), required=False)
    query = forms.CharField(
        label=gettext_lazy("Or a search"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The words as a practitioner would type them."),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Position"), min_value=1, max_value=99, help_text=gettext_lazy("1 stands first.")
    )

    def __init__(
        self, country: Country, tile: StartTile | None, targets: list[Any], last: int, data: Any = None
    ) -> None:
        self.languages = list(dict.fromkeys([*country.languages, "en"]))
        initial: dict[str, Any] = {"position": last + 1}
        if tile is not None:
            target = f"{tile.instrument_id}:{tile.uid or ''}" if tile.instrument_id else ""
            initial = {"target": target, "query": tile.query, "position": tile.position}
            initial |= {f"title_{code}": getattr(tile, f"title_{code}") for code in self.languages}
        super().__init__(data, initial=initial)
        fields = {
            f"title_{code}": forms.CharField(
                label=_("Title (%(language)s)") % {"language": native_name(code)},
                max_length=80,
                required=code == country.languages[0],
                widget=forms.TextInput(attrs={"lang": code}),
            )
            for code in self.languages
        }
        self.fields = fields | self.fields
        self.fields["target"].choices = [("", _("None chosen")), *targets]  # type: ignore[attr-defined]

    def data_of(self, stored: StartTile | None) -> TileData:
        data = self.cleaned_data
        instrument, _colon, uid = data["target"].partition(":")
        # A title in a language that the form does not ask for stays.
        titles = {code: getattr(stored, f"title_{code}", "") for code in settings.MODELTRANSLATION_LANGUAGES}
        titles |= {code: data[f"title_{code}"] for code in self.languages}
        return TileData(
            titles,
            data["position"],
            number_in(instrument) or None,
            UUID(uid) if uid else None,
            data["query"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
def start_tiles(request: OfficeRequest, country: str) -> HttpResponse:
    """The tiles of a country, and a form for one of them (``?tile=``) or for a new one."""
    place = get_object_or_404(Country, pk=country)
    require(request.user, Verb.CREATE, StartTile(country=place))
    tiles = list(StartTile.objects.filter(country=place).select_related("country"))
    tile = _chosen(tiles, request.POST.get("tile") or request.GET.get("tile") or "")
    targets = _targets(request, place)
    last = max((one.position for one in tiles), default=0)
    form = TileForm(place, tile, targets, last)
    if request.method == "POST":
        removing = request.POST.get("do") == "remove" and tile is not None
        form = form if removing else TileForm(place, tile, targets, last, request.POST)
        try:
            if removing or form.is_valid():
                messages.success(request, _store(request, place, tile, None if removing else form))
                return redirect("desk:start_tiles", place.pk)
        except ActionError as problem:
            if removing:
                messages.error(request, problem.message)
                return redirect("desk:start_tiles", place.pk)
            form.add_error(None, problem.message)
    language = content_language(get_language() or "")
    urls = {one.pk: url for one, url in shown(request, [place.pk])}
    names = {value: name for title, group in targets for value, name in _named(title, group)}
    rows = [
        {
            "tile": one,
            "title": localized_name(one.title_in(language)),
            "url": urls.get(one.pk, ""),
            "target": _target_words(one, names),
        }
        for one in tiles
    ]
    context = {"country": place, "rows": rows, "form": form, "tile": tile}
    return render(request, "documents/desk/start_tiles.html", context, status=422 if form.errors else 200)


def _store(request: OfficeRequest, country: Country, tile: StartTile | None, form: TileForm | None) -> str:
    """Adds or changes a tile, or removes it where there is no form; gives what to tell the person."""
    expected = request.POST.get("expected", "")[:16]
    if form is None:
        if tile is not None:
            remove_tile(request.user, tile, expected)
        return _("The tile was removed.")
    if tile is None:
        add_tile(request.user, country, form.data_of(None))
    else:
        change_tile(request.user, tile, form.data_of(tile), expected)
    return _("Saved. Practitioners now see the tile.")


def _named(title: str, group: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The choices of a document with its title; the first stands for the whole of it."""
    return [(value, f"{title}: {name}" if place else title) for place, (value, name) in enumerate(group)]


def _target_words(tile: StartTile, names: dict[str, str]) -> str:
    if tile.query:
        return _("Search for: %(words)s") % {"words": tile.query}
    whole = f"{tile.instrument_id}:"
    return names.get(f"{whole}{tile.uid or ''}") or names.get(whole, "")


def _chosen(tiles: list[StartTile], number: str) -> StartTile | None:
    """The tile that a form is about; None for a new one. Raises Http404 where it is gone."""
    if not number:
        return None
    found = next((one for one in tiles if one.pk == number_in(number)), None)
    if found is None:
        raise Http404
    return found


def _targets(request: OfficeRequest, country: Country) -> list[Any]:
    """The documents in force of the country with their sections, in groups for a list to choose from."""
    editions = Edition.objects.visible_to(request.user).filter(
        state=State.IN_FORCE, instrument__country=country
    )
    own = content_language(get_language() or "")
    groups = []
    for edition in editions.select_related("instrument__country"):
        instrument = edition.instrument
        language = own if own in instrument.languages else instrument.source_language
        rows = display_script.headings(load_outline(edition, language), language)
        title = title_of(edition)
        choices = [(f"{instrument.pk}:", _("The whole document"))]
        choices += [(f"{instrument.pk}:{row.uid}", f"{row.label} {row.heading}".strip()) for row in rows]
        groups.append((title, choices))
    return groups
