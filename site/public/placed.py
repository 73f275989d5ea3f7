"""Gives a request its place: the country and the twins that its links lead to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from public.models import CampaignPage
from public.places import CODE, COUNTRY, FIRST_CAMPAIGN, Place

View = Callable[..., HttpResponse]


def placed(view: View, *, discreet: bool = False) -> View:
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        country = kwargs.get("country") or request.GET.get(COUNTRY, "")
        numbers: Any = SimpleLazyObject(campaign_numbers)
        request.place = Place(country if CODE.fullmatch(country) else "", discreet, numbers)
        return view(request, **kwargs)

    return answer


def campaign_numbers() -> dict[str, int]:
    """By the short name in the address; one number for all languages, that of the oldest page."""
    numbers: dict[Any, int] = {}
    slugs: dict[str, int] = {}
    for key, slug, pk in CampaignPage.objects.order_by("pk").values_list("translation_key", "slug", "pk"):
        slugs[slug] = numbers.setdefault(key, FIRST_CAMPAIGN + pk)
    return slugs
