"""What changes between two editions as data for programs (docs/comparison.md)."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from documents.comparison.json import to_json
from documents.pages.compare.copied import pages_for_file
from documents.pages.compare.page import compare_editions
from documents.pages.decorators import door
from documents.pages.edition.files import disposition


@door
def compare_json(request: HttpRequest, country: str, slug: str, number: int, other: int) -> HttpResponse:
    """The comparison that the page shows, in the same language, as one file.

    404 where either edition is not for the reader, or may go into no file.
    """
    one, two = pages_for_file(request, country, slug, (number, other))
    found = compare_editions(
        one.edition, two.edition, get_language() or "en", request.GET.get("text", "")[:12]
    )
    data = json.dumps(to_json(found.comparison), ensure_ascii=False, indent=1)
    response = HttpResponse(data.encode(), content_type="application/json")
    name = f"{country}-{slug}-{found.old.number}-{found.new.number}-{found.text.tag}-changes.json"
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
