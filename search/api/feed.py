"""/{lang}/search/feed.atom: what a search finds, newest first, for a feed reader."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from documents.pages.decorators import door
from search.engines.base import EngineError
from search.pages.limits import PAGES, too_often
from search.pages.params import SORTS, parse_params
from search.pages.result_groups import FlatHit, flatten
from search.pages.service import reader_of, run_search
from theme import locales


@cache_control(private=True, no_store=True)
@door
def feed(request: HttpRequest) -> HttpResponse:
    """The first page of a search as Atom, without what only begins like its words. The reader gets what they
    may read: in the office it needs a sign-in."""
    tag = get_language() or "en"
    given = request.GET.copy()
    given["sort"], given["page"] = SORTS[1], "1"
    params = parse_params(given)
    if too_often(request, "page", PAGES):
        words = _("Too many searches came from your network. Try again in a minute.")
        return HttpResponse(words, "text/plain; charset=utf-8", 429, headers={"Retry-After": "60"})
    reader = reader_of(request, tag)
    listed: list[FlatHit] = []
    if params.anything:
        try:
            listed = flatten(run_search(params, reader, relatives=False), params, reader, tag)
        except EngineError:
            # A reader that is told to come back forgets nothing; one that gets an empty feed may.
            return HttpResponse(status=503, headers={"Retry-After": "60"})
    page = request.build_absolute_uri(reverse("search:page") + params.address())
    atom = Atom1Feed(
        title=f"{params.words or _('Search')} – Kodeks",
        link=page,
        description="",
        language=locales.html_lang(tag),
        feed_url=request.build_absolute_uri(),
        author_name="Kodeks",
    )
    for one in listed:
        atom.add_item(
            title=f"{one.label} {one.heading} – {one.title}".strip(),
            link=request.build_absolute_uri(one.url),
            # Atom1Feed says of it that it is HTML: what a text has of signs must not become any.
            description=escape(" ".join(one.snippets)),
            unique_id=f"urn:kodeks:{one.document}:{one.edition}:{one.uid}:{one.language}",
            # A draft is in force since no day, and an entry without a moment is no Atom.
            updateddate=_moment(one.since) if one.since else one.begun,
        )
    response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
