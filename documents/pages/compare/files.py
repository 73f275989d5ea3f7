"""What changes between two editions as a file: in Word with tracked changes, or as data for programs
(docs/comparison.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language

from documents.comparison.json import to_json
from documents.exports.edition import frame_language, gather
from documents.exports.file_cache import cached_file
from documents.exports.word import make_docx
from documents.pages import lookup
from documents.pages.compare.page import compare_editions
from documents.pages.decorators import door
from documents.pages.edition import downloads
from documents.pages.edition.page import EditionPage
from documents.text.canonical import sha256_of
from documents.word import open_package
from documents.word.redline import redline
from theme.file_answers import as_file

AUTHOR = "Kodeks"


@door
def compare_docx(request: HttpRequest, country: str, slug: str, number: int, other: int) -> HttpResponse:
    """The newer edition's Word file with what changed from the older one as tracked changes, in one language.

    404 where either edition is not for the reader, or may go into no file.
    """
    pages = _pages_for_file(request, country, slug, sorted((number, other)))
    old, new = pages
    text, editions = new.text, new.editions
    base = request.build_absolute_uri("/").rstrip("/")
    with translation.override(frame_language(text)):
        files = [gather(page.edition, editions, text, base) for page in pages]
        # A fixed date: the same texts give the same file, and it says when the newer one was made.
        made = datetime.fromisoformat(files[1].made).replace(tzinfo=UTC)
        before, after = (make_docx(file) for file in files)
        key = sha256_of(
            {"drawn_by": downloads.drawn_by("docx"), "old": sha256_of(before), "new": sha256_of(after)}
        )
        folder = f"{new.edition.pk}/compared-{old.edition.pk}-{text.tag}"
        content = cached_file(
            folder,
            f"{key}.docx",
            lambda: redline(open_package(before), open_package(after), author=AUTHOR, date=made),
        )
    return _attached(
        content,
        downloads.DOCX,
        f"{country}-{slug}-{old.edition.number}-{new.edition.number}-{text.tag}.docx",
    )


@door
def compare_json(request: HttpRequest, country: str, slug: str, number: int, other: int) -> HttpResponse:
    """The comparison that the page shows, in the same language, as one file.

    404 where either edition is not for the reader, or may go into no file.
    """
    one, two = _pages_for_file(request, country, slug, (number, other))
    found = compare_editions(
        one.edition, two.edition, get_language() or "en", request.GET.get("text", "")[:12]
    )
    data = json.dumps(to_json(found.comparison), ensure_ascii=False, indent=1)
    return _attached(
        data.encode(),
        "application/json",
        f"{country}-{slug}-{found.old.number}-{found.new.number}-{found.text.tag}-changes.json",
    )


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    return as_file(HttpResponse(content, content_type=kind), name)


def _pages_for_file(
    request: HttpRequest, country: str, slug: str, numbers: Sequence[int]
) -> list[EditionPage]:
    """The two editions in the order of ``numbers``. Raises Http404 where they are one, or where either is not
    for the reader, or may go into no file."""
    if len(set(numbers)) < 2:
        raise Http404
    editions = lookup.editions_of(request.user, country, slug)
    pages = [EditionPage(request, lookup.by_number(editions, one), editions) for one in numbers]
    if not all(page.instrument.may_be_file for page in pages):
        raise Http404
    return pages
