"""The list of materials, its zip, the press kit, and the files."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from materials.access import may_fetch
from materials.choices import Size
from materials.models import Material
from materials.pages.zip_stream import zip_stream
from people.models import Country
from public.languages import PUBLIC, native_name, stand_in
from public.models import CampaignPage, HomePage
from public.models.here import Here
from public.places import CODE, COUNTRY, Place
from public.take_along import Item, Wanted, items, offers
from theme.context import contact
from theme.file_answers import as_file
from theme.locales import direction, html_lang

A_PAGE = 24
ALL = "all"
MOST_BYTES, MOST_FILES = 150 * 1024 * 1024, 400
HOUR = "public, max-age=3600"
FOR_THE_PRESS = (Size.SHARE_WIDE, Size.SHARE_TALL)


@dataclass(frozen=True)
class Choice:
    value: str
    text: str
    html_lang: str
    direction: str
    chosen: bool


@dataclass(frozen=True)
class Filters:
    """What the address asks for; what it names and is not there, nothing."""

    campaigns: list[CampaignPage]
    campaign: CampaignPage | None
    language: str
    country: str
    kind: str
    tag: str
    languages: set[str]
    kinds: dict[str, str]
    countries: set[str]
    """Of which there is a file."""
    chosen: bool
    """Whether the address names a language."""

    @classmethod
    def of(cls, request: HttpRequest) -> Filters:
        tag, asked = request.LANGUAGE_CODE, request.GET
        there = offers()
        with_files = {offer.campaign for offer in there}
        campaigns = [page for page in CampaignPage.in_language(tag) if page.translation_key in with_files]
        own = {offer.language for offer in there}
        there_are = {offer.kind: offer.label for offer in there}
        language = asked.get("language", "")
        chosen = language in own | {ALL}
        if not chosen:
            language = stand_in(tag, sorted(own)) or ALL
        kind, country = asked.get("size", ""), asked.get(COUNTRY, "")
        is_country = CODE.fullmatch(country) and Country.objects.filter(pk=country).exists()
        return cls(
            campaigns,
            next((page for page in campaigns if str(page.pk) == asked.get("campaign")), None),
            language,
            country if is_country else "",
            kind if kind in there_are else "",
            tag,
            own,
            there_are,
            {offer.country for offer in there},
            chosen,
        )

    @property
    def none_in(self) -> str:
        """The reader's language where nothing is in it; empty where they chose another themselves."""
        return (
            native_name(self.tag)
            if self.languages and not self.chosen and self.tag not in self.languages
            else ""
        )

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            self.campaign.translation_key if self.campaign else None,
            "" if self.language == ALL else self.language,
            self.country,
            self.kind,
        )

    @property
    def query(self) -> dict[str, str]:
        asked = {
            "campaign": str(self.campaign.pk) if self.campaign else "",
            "language": self.language,
            COUNTRY: self.country,
            "size": self.kind,
        }
        return {name: value for name, value in asked.items() if value}

    @property
    def campaign_choices(self) -> list[Choice]:
        own = self.campaign.pk if self.campaign else None
        return [
            Choice(str(one.pk), one.title, html_lang(one.tag), direction(one.tag), one.pk == own)
            for one in self.campaigns
        ]

    def offers_in(self, country: str) -> bool:
        """A file of all countries ("") is one of each. The chosen country stays in the list."""
        return bool({country, ""} & self.countries) or country == self.country

    @property
    def language_choices(self) -> list[Choice]:
        return [
            Choice(tag, native_name(tag), html_lang(tag), direction(tag), tag == self.language)
            for tag in PUBLIC
            if tag in self.languages
        ]

    @property
    def kind_choices(self) -> list[Choice]:
        lang = html_lang(self.tag)
        return [
            Choice(value, label, lang, direction(self.tag), value == self.kind)
            for value, label in self.kinds.items()
        ]


def index(request: HttpRequest) -> HttpResponse:
    filters, here = Filters.of(request), Here.of(request, request.LANGUAGE_CODE)
    found = items(filters.wanted)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    query = {} if request.place.discreet else filters.query
    context = {
        "filters": filters,
        "page": page,
        "number": len(found),
        "previous": _page_url(query, page.previous_page_number() if page.has_previous() else 0),
        "next": _page_url(query, page.next_page_number() if page.has_next() else 0),
        "zip_url": f"{reverse('materials:zip')}?{urlencode(filters.query)}" if found else "",
        "zip_bytes": sum(item.size for item in found),
        "zip_fits": _fits(found),
        "here": here,
        "countries": [one.country for one in here.every if filters.offers_in(one.country.code)],
        **licence(),
    }
    return render(request, "materials/index.html", context)


def licence() -> dict[str, str]:
    return {
        "licence": settings.KODEKS_MATERIALS_LICENCE,
        "licence_url": settings.KODEKS_MATERIALS_LICENCE_URL,
    }


def _page_url(query: dict[str, str], number: int) -> str:
    return f"?{urlencode({**query, 'page': number})}" if number else ""


def _fits(found: list[Item]) -> bool:
    return len(found) <= MOST_FILES and sum(item.size for item in found) <= MOST_BYTES


def zipped(request: HttpRequest) -> HttpResponseBase:
    """The files of a filtered list, sent as they are read."""
    filters = Filters.of(request)
    found = items(filters.wanted)
    if not found or not _fits(found):
        raise Http404
    named = ((item.file_name, item.data or _read(item.stored)) for item in found)
    response = StreamingHttpResponse(zip_stream(named, {"README.txt": _readme()}), "application/zip")
    parts = [filters.campaign.slug if filters.campaign else "", filters.language, filters.country]
    name = "-".join(["kodeks-materials", *filter(None, parts), *filter(None, [filters.kind])])
    return as_file(response, f"{name}.zip")


def _read(path: str) -> bytes:
    with default_storage.open(path, "rb") as stream:
        data: bytes = stream.read()
    return data


def _readme() -> str:
    lines = [
        _("You may copy, print and share them if you name where they are from. Licence: %(name)s.")
        % {"name": settings.KODEKS_MATERIALS_LICENCE},
        settings.KODEKS_MATERIALS_LICENCE_URL,
        _("Print only files that you downloaded today. Numbers change."),
    ]
    if settings.KODEKS_DEMO:
        lines.append(_("Example. The helplines are not real."))
    return "\r\n".join(lines) + "\r\n"


@dataclass(frozen=True)
class Kit:
    """What a journalist gets of one campaign."""

    page: CampaignPage
    pictures: list[Item]

    @property
    def html_lang(self) -> str:
        return html_lang(self.page.tag)

    @property
    def direction(self) -> str:
        return direction(self.page.tag)


def press(request: HttpRequest) -> HttpResponse:
    """Whom to ask, a short text, pictures to use, and what they may be used for."""
    tag = request.LANGUAGE_CODE
    every = [item for item in items(Wanted()) if item.kind in FOR_THE_PRESS]
    kits = [
        Kit(page, _best(page.tag, [item for item in every if item.campaign == page.translation_key]))
        for page in CampaignPage.in_language(tag)
        if not page.situation or any(item.campaign == page.translation_key for item in every)
    ]
    written = {page.tag: page for page in HomePage.published().exclude(about="")}
    context = {
        "kits": kits,
        "contact": contact(),
        "about": written.get(stand_in(tag, written) or ""),
        "here": Here.of(request, tag),
        **licence(),
    }
    return render(request, "materials/press.html", context)


def _best(tag: str, found: list[Item]) -> list[Item]:
    language = stand_in(tag, {item.language: None for item in found})
    return [item for item in found if item.language == language]


def file(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """A file under whatever name; the public gets what is offered, the office all."""
    if request.public and (old := Material.objects.out_of_date().filter(code=code).first()):
        return _out_of_date(request, old, discreet=name.startswith("notes."))
    return _answer(request, _row(request, code), name, small=False)


def _out_of_date(request: HttpRequest, old: Material, *, discreet: bool) -> HttpResponse:
    request.place = Place(discreet=discreet)
    same = {name: getattr(old, name) for name in ("campaign", "language", "country", "size")}
    new = Material.objects.offered().filter(**same).order_by("-pk").first()
    url = (new.quiet_path if discreet else new.file_path) if new else ""
    response = render(request, "materials/out_of_date.html", {"url": url, "discreet": discreet}, status=410)
    response.headers["Cache-Control"], response.headers["X-Robots-Tag"] = "no-store", "noindex"
    return response


def thumb(request: HttpRequest, code: str) -> HttpResponseBase:
    return _answer(request, _row(request, code), "small.webp", small=True)


def _row(request: HttpRequest, code: str) -> Material:
    if request.public:
        return get_object_or_404(Material.objects.offered(), code=code)
    row = get_object_or_404(Material.objects.made(), code=code)
    if not may_fetch(request.user, row):
        raise Http404
    return row


def _answer(request: HttpRequest, row: Material, name: str, *, small: bool) -> HttpResponseBase:
    path = row.thumb if small else row.file
    kind = "image/webp" if small else row.format.content_type
    response = as_file(
        FileResponse(default_storage.open(path, "rb"), content_type=kind), name, attachment=not small
    )
    response.headers["Cache-Control"] = HOUR if request.public and small else "no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
