"""Have the signatures of an act's paper checked again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from documents.actions.check_papers import want_again
from documents.models import BlobUse
from documents.pages import lookup
from people.decorators import post_or


@post_or("documents:edition", "country", "slug", "number")
def check_again(request: HttpRequest, country: str, slug: str, number: int, sha256: str) -> HttpResponse:
    """For whoever reads the edition in the office; the worker checks, at most once a minute."""
    try:
        edition = lookup.by_number(lookup.editions_of(request.user, country, slug), number)
    except lookup.Moved:
        raise Http404 from None
    if not BlobUse.objects.filter(edition=edition, blob=sha256, drafters_only=False).exists():
        raise Http404
    want_again(sha256)
    messages.success(request, _("Kodeks checks the signatures again. Reload the page in a minute."))
    return redirect("documents:edition", country, slug, number)
