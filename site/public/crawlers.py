"""/robots.txt and /sitemap.xml: what a search engine may find."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from documents.models import Edition, Instrument
from public import addresses
from public.languages import PUBLIC
from public.models import CampaignPage, Hotline
from theme.locales import html_lang

Entry = tuple[str, list[tuple[str, str]]]
"""An address, and the same page in its languages: (tag as HTML writes it, address)."""


def robots(request: HttpRequest) -> HttpResponse:
    text = f"User-agent: *\nAllow: /\n\nSitemap: {addresses.absolute('/sitemap.xml')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    return render(request, "public/sitemap.xml", {"entries": list(entries())}, content_type="application/xml")


def entries() -> Iterator[Entry]:
    """First pages, campaigns, numbers to call, and documents that everybody may read; published ones only."""
    for name in ("home", "help", "signs", "before", "privacy", "erase", "about", "accessibility"):
        yield from _same_page({tag: addresses.path_of(name, tag) for tag in PUBLIC})
    by_key: dict[object, dict[str, str]] = {}
    for page in CampaignPage.published():
        by_key.setdefault(page.translation_key, {})[page.tag] = page.public_path
    for paths in by_key.values():
        yield from _same_page(paths)
    for country in sorted(set(Hotline.objects.shown().values_list("country", flat=True))):
        yield from _same_page({tag: addresses.path_of("country", tag, country) for tag in PUBLIC})
    in_force = Edition.objects.visible_to(AnonymousUser()).in_force()
    for instrument in Instrument.objects.filter(editions__in=in_force):
        yield from _same_page({tag: _reading(instrument, tag) for tag in settings.KODEKS_OFFICE_LANGUAGES})


def _same_page(paths: dict[str, str]) -> Iterator[Entry]:
    languages = [(html_lang(tag), addresses.absolute(path)) for tag, path in paths.items()]
    for _tag, address in languages:
        yield address, languages


def _reading(instrument: Instrument, tag: str) -> str:
    with translation.override(tag):
        args = [instrument.country_id, instrument.slug]
        return reverse("documents:instrument", urlconf=settings.PUBLIC_URLCONF, args=args)
