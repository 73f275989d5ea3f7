"""What changes between two editions as a Word file with tracked changes."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from documents.exports.edition import frame_language, gather
from documents.exports.file_cache import cached_file
from documents.exports.word import make_docx
from documents.pages.compare.copied import pages_for_file
from documents.pages.decorators import door
from documents.pages.edition import downloads
from documents.pages.edition.files import disposition
from documents.text.canonical import sha256_of
from documents.word import open_package
from documents.word.redline import redline

AUTHOR = "Kodeks"


@door
def compare_docx(request: HttpRequest, country: str, slug: str, number: int, other: int) -> HttpResponse:
    """The newer edition's Word file with what changed from the older one as tracked changes, in one language.

    404 where either edition is not for the reader, or may go into no file.
    """
    pages = pages_for_file(request, country, slug, sorted((number, other)))
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
    response = HttpResponse(content, content_type=downloads.DOCX)
    name = f"{country}-{slug}-{old.edition.number}-{new.edition.number}-{text.tag}.docx"
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
