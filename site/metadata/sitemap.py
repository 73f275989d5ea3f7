"""/robots.txt and /sitemap.xml: what a search engine may find. Never a discreet twin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from directory.models import Service
from directory.readable import services
from documents.choices import State
from metadata.doors import door
from metadata.records import Record, page_tags, public_records
from people.access import keys
from public import addresses
from public.languages import PUBLIC
from public.models import CampaignPage, Hotline
from theme.locales import html_lang

MOST: Final = 50_000
"""Addresses in one file, by sitemaps.org."""
XML: Final = "application/xml"
PAGES: Final = ("home", "help", "signs", "before", "privacy", "erase", "about", "accessibility")
HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
NS: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
Entry = tuple[str, str, str]
"""The path of a page, links to it in each of its languages, and the day of its last change."""


@door
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Allow: /",
        "Disallow: /oai/",
        "Disallow: /m/",
        "",
        f"Sitemap: {_absolute('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@door
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses; above MOST the list of the files that have them."""
    found = list(entries())
    if len(found) <= MOST:
        return _written(found)
    files = range(1, -(-len(found) // MOST) + 1)
    listed = [f"<sitemap>{_loc(f'/sitemap-{number}.xml')}</sitemap>" for number in files]
    text = "\n".join([f"{HEAD}<sitemapindex {NS}>", *listed, "</sitemapindex>", ""])
    return HttpResponse(text, content_type=XML)


@door
def part(request: HttpRequest, number: int) -> HttpResponse:
    found = list(entries())[(number - 1) * MOST : number * MOST] if number else []
    if not found:
        raise Http404
    return _written(found)


def _written(found: Iterable[Entry]) -> HttpResponse:
    """Joined by hand: a template takes seconds for the languages of some thousand pages."""
    lines = [f'{HEAD}<urlset {NS} xmlns:xhtml="http://www.w3.org/1999/xhtml">']
    for path, alternates, changed in found:
        day = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<url>{_loc(path)}{day}{alternates}</url>")
    return HttpResponse("\n".join([*lines, "</urlset>", ""]), content_type=XML)


def _loc(path: str) -> str:
    return f"<loc>{escape(_absolute(path))}</loc>"


def entries() -> Iterator[Entry]:
    """Pages that everybody may read, in each language that they are really in."""
    for name in PAGES:
        yield from _same_page({tag: addresses.path_of(name, tag) for tag in PUBLIC})
    for country in sorted(set(Hotline.objects.shown().values_list("country", flat=True))):
        yield from _same_page({tag: addresses.path_of("country", tag, country) for tag in PUBLIC})
    for name in ("materials:index", "materials:press", "metadata:data"):
        yield from _same_page({tag: _path(name, tag) for tag in PUBLIC})
    yield from _campaigns()
    yield from _directory()
    yield from _documents()


def _campaigns() -> Iterator[Entry]:
    by_key: dict[object, dict[str, str]] = {}
    changed: dict[str, datetime | None] = {}
    for page in CampaignPage.published():
        by_key.setdefault(page.translation_key, {})[page.tag] = page.public_path
        changed[page.public_path] = page.last_published_at
    for paths in by_key.values():
        yield from _same_page(paths, changed)


def _directory() -> Iterator[Entry]:
    """Services, in the languages that somebody wrote them in."""
    views = services(keys(AnonymousUser()), "en")
    languages: dict[str, set[str]] = {}
    texts = Service.objects.filter(key__in=[view.key for view in views])
    for key, language in texts.values_list("key", "texts__language"):
        languages.setdefault(key, set()).add(language)
    yield from _same_page({tag: _path("directory:index", tag) for tag in PUBLIC})
    for country in sorted({view.country.code for view in views}):
        yield from _same_page({tag: _path("directory:country", tag, country) for tag in PUBLIC})
    for view in views:
        own = languages[view.key]
        tags = [tag for tag in PUBLIC if tag in own or (tag == "sr-latn" and "sr-cyrl" in own)]
        yield from _same_page(
            {tag: _path("directory:service", tag, view.country.code, view.key) for tag in tags}
        )


def _documents() -> Iterator[Entry]:
    """What is in force, at the address that stays when a new edition comes; the library and the glossary."""
    for name in ("documents:library", "glossary:page"):
        yield from _same_page({tag: _path(name, tag) for tag in settings.KODEKS_OFFICE_LANGUAGES})
    texts: dict[tuple[str, str], list[Record]] = {}
    for record in public_records():
        if record.edition.state == State.IN_FORCE:
            instrument = record.edition.instrument
            texts.setdefault((instrument.country_id, instrument.slug), []).append(record)
    for (country, slug), records in sorted(texts.items()):
        tags = page_tags(record.language for record in records)
        paths = {tag: _path("documents:instrument", tag, country, slug) for tag in tags}
        yield from _same_page(paths, dict.fromkeys(paths.values(), max(record.changed for record in records)))


def _same_page(
    paths: dict[str, str], changed: Mapping[str, datetime | None] = MappingProxyType({})
) -> Iterator[Entry]:
    """``changed``: by path the moment of the last change, where it is known."""
    languages = "".join(
        f'<xhtml:link rel="alternate" hreflang="{html_lang(tag)}" href={quoteattr(_absolute(path))}/>'
        for tag, path in paths.items()
    )
    for path in paths.values():
        moment = changed.get(path)
        yield path, languages, timezone.localdate(moment).isoformat() if moment else ""


def _path(name: str, tag: str, *args: str) -> str:
    with translation.override(tag):
        return reverse(name, args=args)


def _absolute(path: str) -> str:
    return addresses.absolute(path)
