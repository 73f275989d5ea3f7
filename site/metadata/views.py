"""The page for researchers and programs, and the address for harvesters."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from metadata import oai
from metadata.doors import door
from metadata.feeds import feed_addresses
from public import addresses
from public.models.here import Here


def data(request: HttpRequest) -> HttpResponse:
    """Which data there is, where, and under which licence."""
    tag = request.LANGUAGE_CODE
    here = addresses.absolute
    context = {
        "here": Here.of(request, tag),
        "publisher": settings.KODEKS_DATA_PUBLISHER,
        "licence": settings.KODEKS_DATA_LICENCE,
        "licence_url": settings.KODEKS_DATA_LICENCE_URL,
        "feeds": [(name, here(path)) for name, path in feed_addresses(tag)],
        "oai_url": oai.base_url(),
        "api_url": here(reverse("search-api:openapi-json")),
        "hsds_url": here("/api/hsds/3/"),
        "tbx_url": here(reverse("data:glossary")),
        "tmx_url": here(reverse("data:translations")),
        "sitemap_url": here("/sitemap.xml"),
        "examples": [
            here(reverse("search-api:search")) + "?q=shelter&country=mk",
            here("/api/hsds/3/services") + "?country=mk&lang=en",
            oai.base_url() + "?verb=ListRecords&metadataPrefix=oai_dc",
        ],
    }
    return render(request, "metadata/data.html", context)


@door
def harvest(request: HttpRequest) -> HttpResponse:
    """OAI-PMH; an error of its own is an answer as any other."""
    given = {name: [str(value) for value in values] for name, values in request.GET.lists()}
    response = HttpResponse(oai.answer(given), content_type="text/xml; charset=utf-8")
    response.headers["Content-Language"] = "en"
    return response
