"""A draft's own Word file, to work on in Word and bring back."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from documents.exports.own_file import export_own
from documents.pages.desk.worklist import edition_or_404
from documents.pages.edition.downloads import DOCX
from documents.pages.edition.files import disposition
from people.requests import OfficeRequest


@require_safe
def own_file(request: OfficeRequest, edition_id: int, language: str) -> HttpResponse:
    """The file as an attachment."""
    edition = edition_or_404(request, edition_id)
    if language not in edition.instrument.languages:
        raise Http404
    made = export_own(request.user, edition, language)
    response = HttpResponse(made.data, content_type=DOCX)
    name = f"{edition.instrument.country_id}-{edition.instrument.slug}-{edition.number}-{language}.docx"
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
