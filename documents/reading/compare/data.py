"""What changes between two editions as data for programs (docs/comparison.md)."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from documents.comparison.json import to_json
from documents.reading import finding
from documents.reading.compare.page import compare_editions
from documents.reading.doors import door
from documents.reading.files import disposition
from documents.reading.page import EditionPage


@door
def compare_json(request: HttpRequest, country: str, slug: str, number: int, other: int) -> HttpResponse:
    """The comparison that the page shows, in the same language, as one file.

    404 where either edition is not for the reader, or may go into no file.
    """
    if number == other:
        raise Http404
    editions = finding.editions_of(request.user, country, slug)
    chosen = [finding.by_number(editions, one) for one in (number, other)]
    if not all(EditionPage(request, one, editions).may_be_copied for one in chosen):
        raise Http404
    found = compare_editions(chosen[0], chosen[1], get_language() or "en", request.GET.get("text", "")[:12])
    data = json.dumps(to_json(found.comparison), ensure_ascii=False, indent=1)
    response = HttpResponse(data.encode(), content_type="application/json")
    name = f"{country}-{slug}-{found.old.number}-{found.new.number}-{found.text.tag}-changes.json"
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
