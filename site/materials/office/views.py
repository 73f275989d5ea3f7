"""Materials in the admin: make, publish, see what to recall."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from materials.access import countries_of, may_see, may_use
from materials.actions.order import Order, order, order_again
from materials.actions.publish import note_recalled, publish, undo_recalled, withdraw
from materials.choices import Size
from materials.models import Material
from materials.office.forms import MakeForm
from materials.office.overview import CampaignRow, counts, sources, table, to_recall
from people.access import has_role
from people.models import Country
from people.roles import Role
from public.languages import native_name
from public.models import CampaignPage
from theme.localized_names import localized_name

SECONDS = "3"
"""How often a page looks again while files are made."""
A_PAGE = 200
View = Callable[..., HttpResponse]
NUMBERS = {
    "made": Q(state="made"),
    "busy": Q(state__in=("waiting", "making")),
    "failed": Q(state="failed"),
    "published": Q(state="made", stale_since=None, published_at__isnull=False),
    "recall": Q(state="made", stale_since__isnull=False, published_at__isnull=False, recalled_at=None),
}


def _office(view: View) -> View:
    """Publishers and operators see all of it; what they change is asked for each act."""

    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return answer


def _campaign(campaign: UUID) -> CampaignPage:
    page = sources().get(campaign)
    if page is None:
        raise Http404
    return page


def _url_of(page: CampaignPage, country: str) -> str:
    return f"{reverse('kodeks_materials_of', args=[page.translation_key])}?{urlencode({'country': country})}"


def _require(allowed: bool) -> None:
    if not allowed:
        raise Http404


@_office
def index(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    numbers: dict[UUID, Any] = {
        row["campaign"]: row
        for row in Material.objects.order_by()
        .values("campaign")
        .annotate(**{name: Count("pk", filter=condition) for name, condition in NUMBERS.items()})
    }
    operates = has_role(user, Role.OPERATOR)
    none = dict.fromkeys(NUMBERS, 0)
    published = set(CampaignPage.published().values_list("translation_key", flat=True))
    rows = [
        CampaignRow(
            page,
            **{name: numbers.get(key, none)[name] for name in NUMBERS},
            mine=may_use(user, page),
            published_page=key in published,
        )
        for key, page in sources().items()
        if operates or may_use(user, page)
    ]
    context = {"rows": rows, "recall": sum(row.recall for row in rows)}
    return render(request, "materials/admin/index.html", context)


@_office
def of_campaign(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """The materials of a campaign in one country: languages x sizes."""
    page, user = _campaign(campaign), request.user
    _require(may_use(user, page) or has_role(user, Role.OPERATOR))  # type: ignore[arg-type]
    if request.method == "POST":
        return _publish(request, page)
    rows = Material.objects.filter(campaign=campaign)
    codes = sorted({*rows.order_by().values_list("country", flat=True), *countries_of(user)})
    countries = {one.pk: localized_name(one) for one in Country.objects.filter(pk__in=codes)}
    country = request.GET.get("country", "")
    if country not in countries:
        country = next(iter(countries), "")
    own = list(rows.filter(country=country))
    progress, published = counts(rows.only("state")), _published_languages(page)
    context = {
        "campaign": page,
        "countries": [(name, f"?country={code}", code == country) for code, name in countries.items()],
        "country": country,
        "sizes": [(str(size.label)) for size in Size],
        "table": table(own, published),
        "published": published,
        "progress": progress,
        "mine": may_use(user, page) and country in countries_of(user),
        "may_make": may_use(user, page),
    }
    response = render(request, "materials/admin/campaign.html", context)
    if progress["busy"]:
        response.headers["Refresh"] = SECONDS
    return response


def _publish(request: HttpRequest, page: CampaignPage) -> HttpResponse:
    user: Any = request.user
    country, languages = request.POST.get("country", ""), request.POST.getlist("language")
    codes = request.POST.getlist("code")
    if languages:
        rows = Material.objects.filter(campaign=page.translation_key, country=country, language__in=languages)
        codes = sorted({*codes, *(code for one in table(rows, []) for code in one.choosable)})
    back = _url_of(page, country)
    _require_own(user, codes, page)
    if not codes:
        messages.error(request, _("Tick at least one file."))
        return redirect(back)
    if request.POST.get("act") == "withdraw":
        done = withdraw(user, codes)
        text = ngettext("%(n)s file taken off the site.", "%(n)s files taken off the site.", len(done))
    else:
        if Material.objects.filter(code__in=codes, by=user).exclude(logos=[]).exists():
            messages.error(
                request, _("You ordered a file with logos. Another publisher looks at it and publishes it.")
            )
        done = publish(user, codes)
        text = ngettext("%(n)s file published.", "%(n)s files published.", len(done))
    messages.success(request, text % {"n": len(done)})
    return redirect(back)


def _require_own(user: Any, codes: list[str], page: CampaignPage | None = None) -> None:
    """Only of campaigns and countries of the person's own; what is not there is not theirs."""
    rows = list(Material.objects.filter(code__in=codes).only("campaign", "country"))
    every, countries = sources(), set(countries_of(user))
    _require(len(rows) == len(set(codes)))
    for row in rows:
        source = every.get(row.campaign)
        _require(source is not None and may_use(user, source) and row.country_id in countries)
        _require(page is None or row.campaign == page.translation_key)


def _published_languages(page: CampaignPage) -> list[str]:
    return [tag for tag, _slug in page.published_translations()]


@_office
def make(request: HttpRequest, campaign: UUID) -> HttpResponse:
    page, user = _campaign(campaign), request.user
    _require(may_use(user, page))
    countries, languages = countries_of(user), _published_languages(page)
    if page.country_id in countries:
        countries = [page.country_id]
    # A campaign's own language and one poster; where there is no choice, that.
    initial = {
        "countries": countries if len(countries) == 1 else [],
        "languages": [page.tag] if page.tag in languages else [],
        "sizes": [Size.POSTER_A4],
    }
    posted = request.POST if request.method == "POST" else None
    form = MakeForm(posted, countries=countries, languages=languages, initial=initial)
    if request.method == "POST" and "everything" in request.POST:
        return _order(request, page, languages, countries, list(Size.values), [])
    if form.is_valid():
        data = form.cleaned_data
        return _order(request, page, data["languages"], data["countries"], data["sizes"], data["logos"])
    return render(
        request, "materials/admin/make.html", {"campaign": page, "form": form, "languages": languages}
    )


def _order(
    request: HttpRequest,
    page: CampaignPage,
    languages: list[str],
    countries: list[str],
    sizes: list[str],
    logos: list[int],
) -> HttpResponse:
    user: Any = request.user
    done = order(
        user, page.translation_key, languages=languages, countries=countries, sizes=sizes, logos=logos
    )
    _say(request, done)
    return redirect(_url_of(page, countries[0] if countries else ""))


def _say(request: HttpRequest, done: Order) -> None:
    waiting, there = len(done.waiting), len(done.there)
    if waiting:
        text = ngettext("%(n)s file is being made.", "%(n)s files are being made.", waiting) % {"n": waiting}
        messages.success(request, text)
    if there:
        text = ngettext(
            "%(n)s file was there already, with the same texts and numbers.",
            "%(n)s files were there already, with the same texts and numbers.",
            there,
        )
        messages.info(request, text % {"n": there})
    if done.impossible:
        pairs = "; ".join(f"{native_name(tag)}, {country.upper()}" for tag, country in done.impossible)
        text = _("No published page or no number for: %(pairs)s.") % {"pairs": pairs}
        messages.warning(request, text)


@_office
def recall(request: HttpRequest) -> HttpResponse:
    """What was handed out and is no longer true: by campaign and number."""
    user: Any = request.user
    if request.method == "POST":
        return _recall(request)
    every, countries = sources(), countries_of(user)
    operates = has_role(user, Role.OPERATOR)
    rows = Material.objects.to_recall()
    if not operates:
        own = [key for key, page in every.items() if may_use(user, page)]
        rows = rows.filter(campaign__in=own, country__in=countries)
    numbers = sorted({row.shown["number"] for row in rows})
    number = request.GET.get("number", "")
    if number in numbers:
        rows = rows.filter(shown__number=number)
    shown = to_recall(list(rows[:A_PAGE]))
    groups: dict[UUID, list[Any]] = {}
    for one in shown:
        groups.setdefault(one.row.campaign, []).append(one)
    context = {
        "groups": [
            (every[key].title if key in every else "", key in every and may_use(user, every[key]), found)
            for key, found in groups.items()
        ],
        "numbers": numbers,
        "number": number,
        "recalled": Material.objects.made().exclude(recalled_at=None).order_by("-recalled_at")[:20],
        "left": max(0, rows.count() - A_PAGE),
        "countries": set(countries),
    }
    return render(request, "materials/admin/recall.html", context)


def _recall(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    codes = request.POST.getlist("code")
    _require_own(user, codes)
    act = request.POST.get("act")
    if not codes:
        messages.error(request, _("Tick at least one file."))
    elif act == "again":
        _say(request, order_again(user, Material.objects.filter(code__in=codes)))
    elif act == "back":
        undo_recalled(user, codes)
        messages.success(request, _("Back on the list."))
    else:
        done = note_recalled(user, codes)
        text = ngettext("%(n)s file collected.", "%(n)s files collected.", len(done)) % {"n": len(done)}
        messages.success(request, text)
    return redirect("kodeks_materials_recall")
