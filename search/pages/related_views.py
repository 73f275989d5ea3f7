"""Pages that lead on from a section: those like it, and the same step in other countries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from documents.display import links
from documents.display.language import content_language, name_of
from documents.models import Edition
from documents.pages.decorators import door
from search.engines.base import Document, EngineError, Step
from search.pages.page_languages import script_of
from search.pages.params import SearchParams
from search.pages.related import Texts, counterparts, sections_like, texts_of
from search.pages.result_groups import group_hits, group_of
from search.pages.service import Found, Reader, reader_of
from theme import locales

COLUMNS = 4
_LONGEST = 1_200


@dataclass(frozen=True, slots=True)
class Column:
    """A section of one country. ``lines``: its text up to its first step, or the beginning of it."""

    edition: Edition
    title: str
    title_lang: str
    url: str
    lang: str
    dir: str
    language: str
    """Its name, where it is not the language of the page."""
    label: str
    heading: str
    steps: tuple[Step, ...]
    lines: tuple[str, ...]


@cache_control(private=True, no_store=True)
@door
def like(request: HttpRequest, edition: int, uid: UUID) -> HttpResponse:
    """Sections like one, by its most telling words. 404 where the reader may not read it."""
    tag = get_language() or "en"
    reader = reader_of(request, tag)
    context: dict[str, Any] = {}
    try:
        texts = _texts(edition, uid, reader)
        result, query = sections_like(texts, reader)
        params = SearchParams(words=query.text)
        most = len(result.hits)
        groups = group_hits(Found(result, query), params, reader, tag, most=most)
        for group in groups:
            group.more = 0
        own = _columns([texts.shown], reader, tag)[0]
        context = {"groups": groups, "own": own, "search_url": reverse("search:page")}
    except EngineError:
        context["down"] = True
    return _answer(request, "search/like.html", context)


@cache_control(private=True, no_store=True)
@door
def countries(request: HttpRequest, edition: int, uid: UUID) -> HttpResponse:
    """A section next to its counterparts in other countries. 404 where the reader may not read it."""
    tag = get_language() or "en"
    reader = reader_of(request, tag)
    context: dict[str, Any] = {}
    try:
        texts = _texts(edition, uid, reader)
        columns = _columns([texts.shown, *counterparts(texts, reader)], reader, tag)
        context = {"own": columns[0], "columns": columns[:COLUMNS], "others": columns[COLUMNS:]}
    except EngineError:
        context["down"] = True
    return _answer(request, "search/countries.html", context)


def _texts(edition: int, uid: UUID, reader: Reader) -> Texts:
    """The section, where the database too says that the reader may read it. Raises Http404."""
    if not reader.editions().filter(pk=edition).exists():
        raise Http404
    texts = texts_of(edition, uid, reader)
    if texts is None:
        raise Http404
    return texts


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context, status=503 if context.get("down") else 200)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _columns(documents: list[Document], reader: Reader, tag: str) -> list[Column]:
    """The sections as they are shown, of editions that the database too lets the reader read; one query."""
    wanted = {document.edition for document in documents}
    found = reader.editions().filter(pk__in=wanted).select_related("instrument__country")
    editions = {str(edition.pk): edition for edition in found}
    return [
        _column(document, editions[document.edition], tag)
        for document in documents
        if document.edition in editions
    ]


def _column(document: Document, edition: Edition, tag: str) -> Column:
    convert, shown = script_of(document.language, tag, document.heading or document.text)
    own = content_language(tag)
    group = group_of(edition, document.language, tag)
    before = document.text[: document.steps[0].start] if document.steps else document.text
    lines: list[str] = []
    for line in before.split("\n"):
        if line.strip() and sum(map(len, lines)) < _LONGEST:
            lines.append(convert(line))
    return Column(
        edition=edition,
        title=group.title,
        title_lang=group.lang,
        url=links.section_url(
            edition, document.uid, text="" if own == document.language else document.language
        ),
        lang=locales.html_lang(shown),
        dir=locales.direction(shown),
        language=name_of(document.language) if own != document.language else "",
        label=convert(document.label),
        heading=convert(document.heading),
        steps=tuple(
            Step(convert(step.title), convert(step.who), convert(step.limit), step.start, step.end)
            for step in document.steps
        ),
        lines=tuple(lines),
    )
