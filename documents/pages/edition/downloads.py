"""An edition as a file: PDF, Word, HTML in one or two languages, Markdown, Akoma Ntoso, JSON."""

from __future__ import annotations

import hashlib
import json as jsonlib
import logging
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import translation

import documents
from documents.display.banner import notice
from documents.display.language import Text, content_language
from documents.exports import akoma_ntoso, data, typeset, web_page, word
from documents.exports import markdown as markdown_file
from documents.exports import pdf as pdf_file
from documents.exports.edition import EditionFile, frame_language, gather
from documents.exports.file_cache import cached_file
from documents.models.templates import template_for
from documents.pages import lookup
from documents.pages.decorators import door
from documents.pages.edition.page import EditionPage
from documents.text.canonical import sha256_of
from documents.word import Refused
from theme.file_answers import as_file

log = logging.getLogger("kodeks.exports")

PDF = "application/pdf"
HTML = "text/html; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _page(request: HttpRequest, country: str, slug: str, number: int) -> EditionPage:
    """The edition, if it may be copied into a file: TLP:RED goes into none."""
    editions = lookup.editions_of(request.user, country, slug)
    page = EditionPage(request, lookup.by_number(editions, number), editions)
    if not page.instrument.may_be_file:
        raise Http404
    return page


def _of_its_language(view: Callable[[HttpRequest, EditionPage], HttpResponse]) -> Callable[..., HttpResponse]:
    """Redirects to the existing language where the text is not in the one of the address. A file can't say
    that it is in another one. 404 where ``?text=`` itself names a language without a text."""

    @door
    @wraps(view)
    def wrapped(request: HttpRequest, country: str, slug: str, number: int) -> HttpResponse:
        page = _page(request, country, slug, number)
        if page.text.instead:
            if content_language(request.GET.get("text", "")):
                raise Http404
            query = request.GET.copy()
            query["text"] = page.text.tag
            return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
        response = view(request, page)
        if response.status_code == 200:
            response.headers["Content-Language"] = page.text.html_lang
        return response

    return wrapped


@_of_its_language
def pdf(request: HttpRequest, page: EditionPage) -> HttpResponse:
    """The edition as a tagged PDF, in the language and script that ``?text=`` or the address asks for."""
    try:
        content = _cached(request, page, "pdf", pdf_file.make_pdf)
    except typeset.NotTypeset as error:
        busy = isinstance(error, typeset.Busy)
        response = render(
            request, "documents/edition/file_unavailable.html", {"page": page, "busy": busy}, status=503
        )
        response.headers["Retry-After"] = "30"
        return response
    return _file(page, content, "pdf", PDF)


@_of_its_language
def docx(request: HttpRequest, page: EditionPage) -> HttpResponse:
    """The edition as a Word file."""
    return _file(page, _cached(request, page, "docx", word.make_docx), "docx", DOCX)


@_of_its_language
def on_template(request: HttpRequest, page: EditionPage) -> HttpResponse:
    """The edition as a Word file on the template of its institution or country, or on Kodeks's own."""
    template = template_for(page.instrument.owner)
    version = template.version if template else ""
    try:
        content = _cached(
            request,
            page,
            "docx",
            lambda file: word.make_on_template(file, template),
            more=("template", version),
        )
    except Refused as refusal:
        # What was taken in can be read; a limit may still be met.
        log.error(
            "edition %s could not be written on the Word template %s: %s",
            page.edition.pk,
            f"{template.pk} ({template.name})" if template else "of Kodeks",
            refusal,
        )
        context = {"page": page, "template": True}
        return render(request, "documents/edition/file_unavailable.html", context, status=503)
    return _file(page, content, "template.docx", DOCX)


@_of_its_language
def html(request: HttpRequest, page: EditionPage) -> HttpResponse:
    """The edition as one HTML file."""
    return _file(page, _cached(request, page, "html", web_page.make_html), "html", HTML)


def _second_text(request: HttpRequest, page: EditionPage) -> Text:
    """The text of ``?with=``. 404 where there is none in that language, or it is the one that is read."""
    wanted = request.GET.get("with", "")[:12]
    other = page.text_in(wanted)
    if not content_language(wanted) or other.instead or other.tag == page.text.tag:
        raise Http404
    return other


@_of_its_language
def bilingual(request: HttpRequest, page: EditionPage) -> HttpResponse:
    """The edition as one HTML file in two columns, with the language of ``?with=``."""
    other = _second_text(request, page)
    return _file(page, _cached(request, page, "html", web_page.make_html, other), f"{other.tag}.html", HTML)


@_of_its_language
def bilingual_docx(request: HttpRequest, page: EditionPage) -> HttpResponse:
    """The edition as a Word file in two columns, likewise."""
    other = _second_text(request, page)
    return _file(
        page, _cached(request, page, "docx", word.make_two_columns, other), f"{other.tag}.docx", DOCX
    )


@_of_its_language
def markdown(request: HttpRequest, page: EditionPage) -> HttpResponse:
    """The edition as Markdown."""
    return _file(page, _cached(request, page, "md", markdown_file.make_markdown), "md", MARKDOWN)


@_of_its_language
def akn(request: HttpRequest, page: EditionPage) -> HttpResponse:
    """The edition as Akoma Ntoso, with its citations as references for this reader."""
    with translation.override(frame_language(page.text)):
        file = gather(
            page.edition, page.editions, page.text, _base(request), page.shown, page.citations.linked
        )
        content = akoma_ntoso.make_akoma_ntoso(file, page.edition)
    return _file(page, content, "akn", akoma_ntoso.CONTENT_TYPE)


@_of_its_language
def json(request: HttpRequest, page: EditionPage) -> HttpResponse:
    """The edition's text as stored and hashed (docs/json.md)."""
    # In English whatever the language of the page: a machine reads it.
    with translation.override("en"):
        content = data.as_json(
            page.edition, page.text.language, _base(request), notice(page.edition), page.shown
        )
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return as_file(response, _name(page, "json"), attachment=False)


def _cached(
    request: HttpRequest,
    page: EditionPage,
    kind: str,
    make: Callable[..., bytes],
    second: Text | None = None,
    more: tuple[str, ...] = (),
) -> bytes:
    """The file, stored under the hash of its content and of the code that draws it. ``more``: a kind of its
    kind, and what else it depends on."""
    texts = [page.text, *([second] if second else [])]
    files, hashes = [], []
    for text in texts:
        with translation.override(frame_language(text)):
            files.append(gather(page.edition, page.editions, text, _base(request), page.shown))
            hashes.append(_says(files[-1]))
    key = sha256_of({"drawn_by": drawn_by(kind), "says": hashes, "more": more})
    tags = "-".join([*(text.tag for text in texts), *more[:1]])
    folder = f"{page.edition.pk}/{'public' if request.public else 'office'}-{tags}-{kind}"
    with translation.override(frame_language(page.text)):
        return cached_file(folder, f"{key}.{kind}", lambda: make(*files))


def _says(file: EditionFile) -> str:
    """Everything in a file, as one hash."""
    contents = pdf_file.as_data(file, {})
    contents["pictures"] = sorted(file.pictures)
    contents["states"] = dict(file.states)
    return hashlib.sha256(jsonlib.dumps(contents, sort_keys=True).encode()).hexdigest()


@cache
def drawn_by(kind: str) -> str:
    """A hash of the code and template that draw a kind of file: a new Kodeks draws again."""
    root = Path(next(iter(documents.__path__)))
    more = {
        "docx": [root / "word"],
        "html": [root / "pages" / "edition", root / "templates/documents/exports"],
    }
    folders = [root / "exports", *more.get(kind, [])]
    digest = hashlib.sha256()
    for path in sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in (".py", ".typ", ".ttf", ".css", ".html")
    ):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _file(page: EditionPage, content: bytes, ending: str, content_type: str) -> HttpResponse:
    return as_file(HttpResponse(content, content_type=content_type), _name(page, ending))


def _name(page: EditionPage, ending: str) -> str:
    """rs-sop-2-sr-latn.pdf: short, ASCII, with the state of what is not in force."""
    number = f"-no{page.numbered['number']}" if page.numbered else ""
    state = "" if page.edition.published else f"-{page.edition.state.replace('_', '-')}"
    document = f"{page.instrument.country_id}-{page.instrument.slug}-{page.edition.number}"
    return f"{document}{state}-{page.text.tag}{number}.{ending}"


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
