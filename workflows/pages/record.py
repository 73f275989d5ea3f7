"""The approval record of an adopted edition, for those who may read its review."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.exports.typeset import Busy, NotTypeset
from people.access import require
from people.roles import Verb
from theme.file_answers import attachment
from workflows.models import Review
from workflows.pages.review.views import find_review
from workflows.record.build import build, build_shown
from workflows.record.format import as_bytes
from workflows.record.pdf import make_pdf
from workflows.rules.rounds import rounds_of


@require_safe
def record_json(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of RFC 8785 JSON: every byte is covered by its hash."""
    review = _adopted(request, pk)
    return _file(review, as_bytes(build(review.edition)), "json", "application/json")


@require_safe
def record_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as PDF/A-2a."""
    review = _adopted(request, pk)
    try:
        data = make_pdf(review.edition, build_shown(review.edition))
    except NotTypeset as problem:
        context = {"review": review, "busy": isinstance(problem, Busy)}
        response = render(request, "workflows/no_record.html", context, status=503)
        response["Retry-After"] = "30"
        return response
    return _file(review, data, "pdf", "application/pdf")


def _adopted(request: HttpRequest, pk: int) -> Review:
    review = find_review(request, pk)
    require(request.user, Verb.READ, review.edition)
    # It tells of every round, so who was asked in an earlier one alone has no part in it.
    if not rounds_of(review, request.user).sees_last:
        raise Http404
    if not review.edition.adopted or not review.edition.instrument.may_be_file:
        raise Http404
    return review


def _file(review: Review, data: bytes, ending: str, content_type: str) -> HttpResponse:
    instrument = review.edition.instrument
    name = f"{instrument.country_id}-{instrument.slug}-{review.edition.number}-approval.{ending}"
    return attachment(data, content_type, name)
