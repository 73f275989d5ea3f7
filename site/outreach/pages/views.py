"""Results in the office: what was opened, which words were heard, what was understood."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from limits.count import within_limit
from materials.codes import sound
from materials.models import Material
from outreach.access import countries_of, readable
from outreach.actions.count import count, this_week
from outreach.chart import draw
from outreach.models import FLOOR, Kind
from outreach.results import results, titles_of
from people.access import has_role
from people.models import Country
from people.roles import Role
from theme import undo
from theme.file_answers import as_file
from theme.localized_names import localized_name
from theme.spreadsheet import cells

WEEKS = (12, 26, 52)
UNDO_SECONDS = 600
AN_HOUR, HOUR = 30, 3600
"""How many code words one person may count."""
_UNDO = "outreach_undo"


def reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for who reads no results."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.public or not readable(request.user):  # type: ignore[attr-defined]
            raise Http404
        return view(request, **kwargs)

    return answer


def may_see(request: HttpRequest) -> bool:
    roles = (Role.PUBLISHER, Role.PRACTITIONER, Role.OPERATOR)
    return any(has_role(request.user, role) for role in roles)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the page is asked for; what makes no sense is not asked."""
    own = readable(request.user)
    country, weeks, campaign = (request.GET.get(name, "") for name in ("country", "weeks", "campaign"))
    number = int(weeks) if weeks in map(str, WEEKS) else WEEKS[0]
    last = this_week() - timedelta(weeks=1)
    try:
        campaign = str(UUID(campaign)) if campaign else ""
    except ValueError:
        campaign = ""
    return {
        "country": country if country in own else "",
        "countries": {country} if country in own else own,
        "campaign": campaign,
        "number": number,
        "first": last - timedelta(weeks=number - 1),
        "last": last,
    }


@require_safe
@reads
def index(request: HttpRequest) -> HttpResponse:
    asked, tag = _asked(request), get_language() or "en"
    found = results(asked["countries"], asked["first"], asked["last"], tag, asked["campaign"])
    context = asked | {
        "results": found,
        "chart": draw(found.weeks, _("Opened and heard, week by week")) if found.counts else "",
        "choices": [
            (one.pk, localized_name(one)) for one in Country.objects.filter(pk__in=readable(request.user))
        ],
        "titles": sorted(
            ((str(key), title) for key, title in titles_of(tag).items()), key=lambda one: one[1]
        ),
        "spans": WEEKS,
        "floor": FLOOR,
        "example": settings.KODEKS_DEMO,
        "may_count": bool(countries_of(request.user)),
        "query": request.GET.urlencode(),
    }
    return render(request, "outreach/results.html", context)


@require_safe
@reads
def as_csv(request: HttpRequest) -> HttpResponse:
    """The counts that are kept, and the sums of sheets, for a spreadsheet."""
    asked, tag = _asked(request), get_language() or "en"
    found = results(asked["countries"], asked["first"], asked["last"], tag, asked["campaign"])
    titles = titles_of(tag)
    response = as_file(HttpResponse("\ufeff", content_type="text/csv; charset=utf-8"), "results.csv")
    out = csv.writer(response)
    out.writerow(
        cells(
            _("Week"), _("Campaign"), _("Country"), _("Language"), _("What"), _("Size"), _("Short path"),
            _("Code word"), _("Number"), *(_("Question %(n)s: right") % {"n": n} for n in (1, 2, 3)),
        )
    )  # fmt: skip
    for row in found.counts:
        one = row.material
        out.writerow(
            cells(
                row.week, titles.get(one.campaign, ""), one.country_id, one.language, row.get_kind_display(),
                one.get_size_display(), one.public_path, one.code_word, row.number,
            )
        )  # fmt: skip
    for sheet in found.sheets:
        out.writerow(
            cells(
                sheet.week, titles.get(sheet.campaign, ""), sheet.country_id, sheet.language,
                _("comprehension sheet"), "", "", "", sheet.people, sheet.first, sheet.second, sheet.third,
            )
        )  # fmt: skip
    return response


@require_safe
@reads
def heard(request: HttpRequest) -> HttpResponse:
    """The words of the materials that are out in one's own countries: one click for each word heard."""
    own = countries_of(request.user)
    if not own:
        raise Http404
    typed = request.GET.get("q", "").strip()
    out = Material.objects.exclude(published_at=None).filter(country__in=own, recalled_at=None)
    groups: dict[str, list[Material]] = {}
    for row in out.order_by("language", "code_word"):
        if sound(typed) in sound(row.code_word):
            groups.setdefault(row.language_name, []).append(row)
    context = {"groups": groups.items(), "q": typed, "any": out.exists(), "floor": FLOOR}
    return render(request, "outreach/heard.html", context)


@require_POST
@reads
def tick(request: HttpRequest, code: str) -> HttpResponse:
    material = _material(request, code)
    if not within_limit(request, "words", AN_HOUR, HOUR):
        text = _("This word was not counted. One person can count %(n)s words an hour. Try again later.")
        messages.error(request, text % {"n": AN_HOUR})
        return redirect("outreach:heard")
    count(Kind.HEARD, material)
    # The session keeps a mark for one undo, and nothing of what was heard.
    mark = signing.dumps(code, salt=_UNDO)
    request.session[_UNDO] = mark.rsplit(":", 1)[-1]
    text = _("Counted: %(word)s.") % {"word": material.code_word}
    undo.success(request, text, reverse("outreach:untick", args=[mark]))
    return redirect("outreach:heard")


@require_POST
@reads
def untick(request: HttpRequest, mark: str) -> HttpResponse:
    """Takes back the last word, once and within ten minutes."""
    try:
        code = signing.loads(mark, salt=_UNDO, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    material = _material(request, code)
    if request.session.pop(_UNDO, "") != mark.rsplit(":", 1)[-1]:
        messages.error(request, _("This can't be undone any more."))
    else:
        count(Kind.HEARD, material, -1)
        messages.success(request, _("Taken back: %(word)s.") % {"word": material.code_word})
    return redirect("outreach:heard")


def _material(request: HttpRequest, code: str) -> Material:
    found = Material.objects.exclude(published_at=None).filter(code=code).first()
    if found is None or found.country_id not in countries_of(request.user):
        raise Http404
    return found


def weeks_back(number: int = WEEKS[0]) -> list[date]:
    return [this_week() - timedelta(weeks=n) for n in range(number)]
