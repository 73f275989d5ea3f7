"""Which two editions may go into a file that compares them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest

from documents.pages import lookup
from documents.pages.edition.page import EditionPage


def pages_for_file(
    request: HttpRequest, country: str, slug: str, numbers: Sequence[int]
) -> list[EditionPage]:
    """The two editions in the order of ``numbers``. Raises Http404 where they are one, or where either is not
    for the reader, or may go into no file."""
    if len(set(numbers)) < 2:
        raise Http404
    editions = lookup.editions_of(request.user, country, slug)
    pages = [EditionPage(request, lookup.by_number(editions, one), editions) for one in numbers]
    if not all(page.may_be_copied for page in pages):
        raise Http404
    return pages
