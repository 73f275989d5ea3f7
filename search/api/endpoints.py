"""/api/v1/search and /api/v1/openapi.json, on both hosts."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.crypto import salted_hmac
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError
from ninja.throttling import BaseThrottle
from pydantic import ConfigDict, Field

from limits.count import MINUTE, within_limit
from search.engines.base import FACETS, EngineError
from search.engines.ranking import DEEPEST
from search.pages.params import LONGEST, left_out, parse_params
from search.pages.result_groups import flatten
from search.pages.service import ON_A_PAGE, Found, reader_of, run_search


class PerMinute(BaseThrottle):
    def __init__(self, name: str, most: int) -> None:
        """``name``: of what is counted; each interface has a count of its own."""
        self.name, self.most = name, most

    def allow_request(self, request: HttpRequest) -> bool:
        return within_limit(request, self.name, self.most)

    def wait(self) -> float:
        return MINUTE - time.time() % MINUTE


_SALT: Final = "kodeks.search.cursor"
_LONGEST: Final = 500


class BadCursor(ValueError):
    """It was not given for this query."""


def cursor_of(page: int, query: QueryDict, *, abroad: bool = False) -> str:
    return signing.dumps({"p": page, "a": abroad, "q": _print(query)}, salt=_SALT, compress=True)


def page_of(cursor: str, query: QueryDict) -> tuple[int, bool]:
    """The page that a cursor names, and whether it is one of other countries; the first without one. Raises
    BadCursor."""
    if not cursor:
        return 1, False
    try:
        signed: Mapping[str, Any] = signing.loads(cursor[:_LONGEST], salt=_SALT)
    except signing.BadSignature as error:
        raise BadCursor from error
    if signed["q"] != _print(query):
        raise BadCursor
    return int(signed["p"]), bool(signed.get("a"))


def _print(query: QueryDict) -> str:
    named = sorted((name, value) for name, values in query.lists() for value in values)
    return salted_hmac(
        _SALT, repr([pair for pair in named if pair[0] not in ("cursor", "page", "abroad")])
    ).hexdigest()[:16]


api = NinjaAPI(
    title="Kodeks",
    version="1",
    description="Finds sections of instruments: for each reader what they may read, and nothing else. "
    "Version 1: new fields may come, none go.",
    servers=[{"url": settings.PUBLIC_BASE_URL}],
    docs_url=None,  # its page would call a stranger's server
    urls_namespace="search-api",
    throttle=[PerMinute("api", 60)],
)


class Asking(Schema):
    """The same names and values as in the address of the search page."""

    q: str = Field("", max_length=LONGEST, description='Words, "phrases", -without')
    lang: str = Field(
        "en",
        description="Language in which words are read first and in which names are given: en, sq, sr-cyrl, "
        "sr-latn, bs, hr, cnr, mk",
    )
    status: list[str] = Field([], description="in_force where nothing is said; all: every state")
    country: list[str] = []
    kind: list[str] = []
    language: list[str] = []
    topic: list[str] = []
    institution: list[str] = []
    year: list[str] = []
    document: str = Field("", alias="in", description="One instrument: country/slug")
    on: str = Field("", description="In force on this day: 2026-01-31")
    sort: str = Field("relevance", description="relevance, newest, oldest")
    home: str = Field("", description="On the public host: the country whose sections come first (mk)")
    exact: bool = Field(False, description="1: no slip is forgiven, and nothing translated")
    across: bool | None = Field(
        None, description="1: look in the other languages too; 0: never; else where little is found"
    )
    cursor: str = Field("", description="What `next` said")


_NAMES = frozenset(field.alias or name for name, field in Asking.model_fields.items())


class FoundStep(Schema):
    what: str
    who: str
    time_limit: str


class FoundNumber(Schema):
    name: str
    number: str
    hours: str
    checked: date


class FoundText(Schema):
    url: str
    document: str = Field(description="country/slug")
    document_title: str
    edition: int
    state: str
    language: str
    label: str
    heading: str
    answer: str = Field(
        description="Of a question about a time limit or an institution the sentence that has it; or empty"
    )
    steps: list[FoundStep] = Field(description="Steps of the procedure in this section that answer best")
    numbers: list[FoundNumber] = Field(description="Numbers to call beside this section")
    snippets: list[str]
    other_country: bool = Field(
        description="It is of another country than the reader's institution; these come last"
    )
    found_in: str = Field(
        description="Language of the text in which it was found, where it is shown in `lang`; else empty"
    )


class Count(Schema):
    value: str
    count: int


EXAMPLE: Final[dict[str, Any]] = {
    "total": 1,
    "total_in_other_countries": 0,
    "searched_for": "shelter",
    "any_of_the_words": False,
    "in_translation": False,
    "results": [
        {
            "url": f"{settings.PUBLIC_BASE_URL}/en/library/i/mk/sop/2/",
            "document": "mk/sop",
            "document_title": "Standard operating procedures",
            "edition": 2,
            "state": "in_force",
            "language": "en",
            "label": "2.3",
            "heading": "A safe place",
            "answer": "",
            "steps": [{"what": "Call the shelter", "who": "police officer", "time_limit": "within 2 hours"}],
            "numbers": [
                {
                    "name": "Helpline",
                    "number": "0800 000 000",
                    "hours": "Day and night",
                    "checked": "2026-11-02",
                }
            ],
            "snippets": ["The officer calls the shelter."],
            "other_country": False,
            "found_in": "",
        }
    ],
    "facets": {"country": [{"value": "mk", "count": 1}]},
    "next": "",
    "ignored": [],
}


class Problem(Schema):
    detail: str | list[dict[str, Any]] = Field(description="What is wrong; a list names each parameter")


class Answer(Schema):
    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    total: int = Field(
        description="Sections found; of more than 240 texts, one for each language of a section"
    )
    total_in_other_countries: int = Field(description="How many of them are of other countries")
    searched_for: str = Field(description="Other than what was asked where a slip was forgiven")
    any_of_the_words: bool = Field(description="None of these results has all of them")
    in_translation: bool = Field(
        description="Few texts have them as typed: what they are in other languages was looked for too"
    )
    results: list[FoundText]
    facets: dict[str, list[Count]]
    next: str = Field(description="The cursor of the next page; empty on the last")
    ignored: list[str] = Field(description="Names in the address that mean nothing here (contry=rs)")


# HEAD asks the same and is answered without a body; the description speaks of it no more than of other
# pages'.
@api.api_operation(["HEAD"], "/search", response=Answer, include_in_schema=False)
@api.get(
    "/search",
    response={200: Answer, frozenset({400, 422, 429, 503}): Problem},
    summary="Find sections",
    url_name="search",
)
def search(request: HttpRequest, response: HttpResponse, asking: Query[Asking]) -> dict[str, Any]:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    tag = _tag(asking.lang)
    given = request.GET.copy()
    given.pop("page", None)
    given["exact"] = "1" if asking.exact else ""
    given["across"] = {True: "1", False: "0", None: ""}[asking.across]
    try:
        page, abroad = page_of(asking.cursor, given)
    except BadCursor as error:
        raise HttpError(400, "The cursor is not of this query.") from error
    given["page"], given["abroad"] = str(page), "1" if abroad else ""
    params = parse_params(given)
    if params.no_day:
        raise HttpError(422, "`on` is no day: write it as 2026-01-31.")
    if names := left_out(given, params):
        raise HttpError(422, f"No such value can be asked for: {', '.join(names)}.")
    with translation.override(tag):
        reader = reader_of(request, tag, params.home if request.public else "")  # type: ignore[attr-defined]
        try:
            found = run_search(params, reader)
            if not found.result.total and found.abroad_total:
                abroad = True
                found = run_search(replace(params, abroad=True), reader)
        except EngineError as error:
            raise HttpError(503, "Search is not working at the moment.") from error
        # What stands folded beside the first page comes here after the last one.
        listed = replace(found, abroad=replace(found.abroad, hits=()) if found.abroad else None)
        results = flatten(listed, params, reader, tag)
    return {
        "total": found.total,
        "total_in_other_countries": found.result.total if abroad else found.abroad_total,
        "searched_for": found.corrected or params.words,
        "any_of_the_words": found.loose,
        "in_translation": found.across,
        "results": [
            {
                "url": request.build_absolute_uri(one.url),
                "document": one.document,
                "document_title": one.title,
                "edition": one.edition,
                "state": one.state,
                "language": one.language,
                "label": one.label,
                "heading": one.heading,
                "answer": one.answer,
                "steps": [{"what": what, "who": who, "time_limit": limit} for what, who, limit in one.steps],
                "numbers": [
                    {"name": call.name, "number": call.number, "hours": call.hours, "checked": call.checked}
                    for call in one.calls
                ],
                "snippets": list(one.snippets),
                "other_country": one.abroad,
                "found_in": one.found_in,
            }
            for one in results
        ],
        "facets": {
            facet: [{"value": count.value, "count": count.count} for count in found.facets[facet]]
            for facet in FACETS
        },
        "next": _next(found, page, given, abroad=abroad),
        "ignored": sorted(set(request.GET) - _NAMES),
    }


def _next(found: Found, page: int, given: QueryDict, *, abroad: bool) -> str:
    """The cursor of the next page: of the reader's country first, then of the others."""
    if page * ON_A_PAGE < min(found.result.total, DEEPEST):
        return cursor_of(page + 1, given, abroad=abroad)
    return cursor_of(1, given, abroad=True) if found.abroad_total else ""


def _tag(language: str) -> str:
    """The tag of a language that instruments are written in. For the other languages of the public site it
    is English, as on its pages. Raises HttpError."""
    tag = {"sr": "sr-cyrl"}.get(language.lower(), language.lower())
    if tag in settings.KODEKS_OFFICE_LANGUAGES:
        return tag
    if tag in dict(settings.LANGUAGES):
        return "en"
    raise HttpError(
        422, f"There is no `lang` of that name; there are {', '.join(settings.KODEKS_OFFICE_LANGUAGES)}."
    )
