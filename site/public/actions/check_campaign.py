"""Run the checks that an editor sees before a second person is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from wagtail.documents import get_document_model
from wagtail.models import Page

from public.checks.case_data import case_data
from public.checks.faults import fault_words, figures
from public.checks.findings import Check, Finding, Passage
from public.checks.links import is_well_formed, links_of
from public.checks.passages import passages
from public.checks.rare_words import beginnings, rare_words
from public.checks.readability import Level, level_of, long_sentences, long_words
from public.models import CampaignPage, Hotline, Picture
from public.translation.parts import content_of
from search.models import GlossaryTerm

OWN_SCHEMES = ("tel", "sms")
FILE_NAME = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg")


def must_be_mended(page: CampaignPage) -> list[Finding]:
    """What keeps a version of a campaign from going live."""
    found = passages(page.body)
    traces = [one for one in _traces(page) if one.must]
    return [*_number(page), *_translation(page), *traces, *_links(found), *_pictures(page)]


def findings(page: CampaignPage) -> list[Finding]:
    """All that a version says about itself; :func:`must_be_mended` first."""
    found = [Passage("", "", [page.title, page.lead]), *passages(page.body)]
    looked_at = [one for one in _traces(page) if not one.must]
    known = _known_words(page)
    for passage in found:
        looked_at += _words(passage, page.tag, known)
    return [*must_be_mended(page), *looked_at]


def reading_level(page: CampaignPage) -> Level:
    return level_of("\n".join([page.title, page.lead, *(one.text for one in passages(page.body))]), page.tag)


def _number(page: CampaignPage) -> Iterator[Finding]:
    if problem := page.why_no_number():
        yield Finding(Check.NUMBER, must=True, text=problem)


def _translation(page: CampaignPage) -> Iterator[Finding]:
    if problem := page.why_not_translated(content_of(page)):
        yield Finding(Check.TRANSLATION, must=True, text=problem)


def _traces(page: CampaignPage) -> Iterator[Finding]:
    """No case data is ever published."""
    every = [Passage("", "", [page.title, page.lead, page.search_description]), *passages(page.body)]
    for passage in every:
        for must, words in zip((True, False), case_data(passage.text), strict=True):
            if words:
                yield Finding(Check.CASE_DATA, must=must, block=passage.block, words=words)


def _links(found: Iterable[Passage]) -> Iterator[Finding]:
    for passage in found:
        links = [link for html in passage.html for link in links_of(html)]
        dead = [link.target for link in links if not _leads_somewhere(link.kind, link.target)]
        if dead:
            yield Finding(Check.LINKS, must=True, block=passage.block, words=dead)


def _leads_somewhere(kind: str, target: str) -> bool:
    if kind == "page":
        return target.isdecimal() and Page.objects.live().filter(pk=int(target)).exists()
    if kind == "document":
        return target.isdecimal() and get_document_model().objects.filter(pk=int(target)).exists()
    if target.startswith("#"):
        return len(target) > 1
    if target.startswith(("/", settings.PUBLIC_BASE_URL)):
        return _is_own_page(urlsplit(target).path)
    return is_well_formed(target)


def _is_own_page(path: str) -> bool:
    """Whether the public host has the page: a campaign's address is resolved down to the campaign."""
    try:
        match = resolve(path, urlconf=settings.PUBLIC_URLCONF)
    except Resolver404:
        return False
    if match.view_name == "public:campaign":
        return CampaignPage.published().filter(slug=match.kwargs["slug"]).exists()
    return True


def _pictures(page: CampaignPage) -> Iterator[Finding]:
    """Pictures of blocks need their text; that of the top is decoration."""
    for child in page.body:
        without = [one.title for one in _pictures_in(child.value) if not _is_described(one)]
        if without:
            yield Finding(Check.PICTURES, must=True, block=str(child.id or ""), words=without)


def _pictures_in(value: Any) -> Iterator[Picture]:
    if isinstance(value, Picture):
        yield value
    elif hasattr(value, "values"):
        for one in value.values():
            yield from _pictures_in(one)
    elif not isinstance(value, str) and isinstance(value, Iterable):
        for one in value:
            yield from _pictures_in(getattr(one, "value", one))


def _is_described(picture: Picture) -> bool:
    text = picture.description.strip()
    return bool(text) and not text.casefold().endswith(FILE_NAME)


def _words(passage: Passage, language: str, known: frozenset[str]) -> Iterator[Finding]:
    text, block = passage.text, passage.block
    if level_of(text, language).is_hard and (words := long_words(text)):
        yield Finding(Check.READING, block=block, words=words)
    if sentences := long_sentences(text):
        yield Finding(Check.SENTENCES, block=block, words=sentences)
    if rare := rare_words(text, known):
        yield Finding(Check.RARE_WORDS, block=block, words=rare)
    for fault, words in fault_words(text, language).items():
        yield Finding(Check.FAULTS, block=block, text=fault, words=words)
    if (numbers := figures(text)) and not any(links_of(html) for html in passage.html):
        yield Finding(Check.SOURCES, block=block, words=numbers)


def _known_words(page: CampaignPage) -> frozenset[str]:
    """Of the site's published pages in the language of the page, and of the glossary."""
    others = CampaignPage.published().filter(locale=page.locale_id)
    others = others.exclude(translation_key=page.translation_key)
    texts = [text for one in others for passage in passages(one.body) for text in passage.texts]
    if not texts:
        return frozenset()
    column = "sr" if page.tag == "sr-cyrl" else page.tag
    if column in {field.name for field in GlossaryTerm._meta.fields}:
        texts += GlossaryTerm.objects.filter(shown=True).values_list(column, flat=True)
    numbers = Hotline.objects.shown()
    return beginnings([*texts, *(text.call for one in numbers for text in one.texts.all())])
