"""The short path on a poster: it leads to the campaign, and counts once, without a person."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from materials.models import Material
from outreach.actions.count import count_opened
from public import addresses
from public.languages import stand_in
from public.models import CampaignPage
from public.places import COUNTRY
from search.pages.limits import too_often

A_MINUTE = 6
"""How many openings are counted from one network: a family at one poster, and no program that repeats it."""
ROBOT = re.compile(
    "bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|headless|curl|wget|python|monitor",
    re.IGNORECASE,
)


@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """To the page in the language and country of the material, also of one that is to be recalled: it still
    hangs somewhere. No browser keeps the answer, so each opening is counted."""
    material = Material.objects.filter(code=code.upper()).exclude(published_at=None).first()
    if material is None:
        raise Http404
    if _is_opened(request) and not too_often(request, "short", A_MINUTE):
        count_opened(material)
    response = HttpResponseRedirect(f"{_path(material)}?{COUNTRY}={material.country_id}")
    response.headers["Cache-Control"], response.headers["X-Robots-Tag"] = "no-store", "noindex"
    return response


def _is_opened(request: HttpRequest) -> bool:
    """By a reader: not fetched in advance, and not by a robot that says that it is one."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    is_robot = ROBOT.search(request.headers.get("User-Agent", ""))
    return request.method == "GET" and "prefetch" not in purpose.lower() and not is_robot


def _path(material: Material) -> str:
    """An ended campaign's address says that it has ended; where there never was one, the numbers."""
    pages = CampaignPage.objects.filter(translation_key=material.campaign)
    published = CampaignPage.published().filter(translation_key=material.campaign)
    for every in (published, pages.filter(expired=True)):
        slugs = dict(every.values_list("locale__language_code", "slug"))
        if found := stand_in(material.language, slugs):
            return addresses.path_of("campaign", material.language, slugs[found])
    return addresses.path_of("help", material.language)
