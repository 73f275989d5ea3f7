"""/api/hsds/3/, on both hosts: lists with pages, and each object by its id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError
from pydantic import Field

from directory.api import hsds
from directory.api.hsds import Json
from directory.readable import PlaceView, ServiceView, hotlines, services
from people.access import asking_once, keys
from search.api.endpoints import PerMinute

api = NinjaAPI(
    title="Kodeks: directory of services",
    version="3.0",
    description="Services for people at risk of trafficking, by HSDS 3.0: what each reader may read.",
    docs_url=None,  # its page would call a stranger's server
    urls_namespace="hsds-api",
    throttle=[PerMinute("hsds", 60)],
)
VERSION = "HSDS-3.0"
PROFILE = "https://docs.openreferral.org/en/v3.0/"


class Listing(Schema):
    page: int = Field(1, ge=1, le=100_000)
    per_page: int = Field(50, ge=1, le=100)
    lang: str = Field("en", max_length=10, description="Language of the texts, where a record has it")
    country: str = Field("", max_length=2, description="Code of a country: mk")


class One(Schema):
    lang: str = Field("en", max_length=10)


def _views(request: HttpRequest, lang: str, country: str = "") -> list[ServiceView]:
    if lang not in dict(settings.LANGUAGES):
        raise HttpError(422, "lang: no such language")
    of = {"country": country} if country else {}
    with asking_once():
        return [*hotlines(lang, country), *services(keys(request.user), lang, **of)]


def _organizations(views: Sequence[ServiceView]) -> dict[UUID, Json]:
    """Those with a service that the reader may know of."""
    return {
        view.organisation.uid: hsds.organization(view.organisation) for view in views if view.organisation
    }


def _places(views: Sequence[ServiceView]) -> dict[UUID, PlaceView]:
    return {place.uid: place for view in views for place in view.places}


def _links(views: Sequence[ServiceView]) -> dict[UUID, tuple[ServiceView, PlaceView]]:
    return {hsds.link_id(view, place): (view, place) for view in views for place in view.places}


def _page(asked: Listing, found: Sequence[Any], write: Callable[[Any], Json]) -> Json:
    pages = max(1, -(-len(found) // asked.per_page))
    start = (asked.page - 1) * asked.per_page
    contents = found[start : start + asked.per_page]
    return {
        "total_items": len(found),
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": [write(one) for one in contents],
    }


def _one(found: dict[UUID, Any], uid: UUID, write: Callable[[Any], Json]) -> Json:
    """What the reader may not know of is not there."""
    if uid not in found:
        raise HttpError(404, "Not found")
    return write(found[uid])


# HEAD asks the same and is answered without a body.
@api.api_operation(["HEAD"], "/", include_in_schema=False)
@api.get("/", summary="Version and profile")
def about(request: HttpRequest) -> Json:
    return {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": request.build_absolute_uri("/api/hsds/3/openapi.json"),
    }


@api.api_operation(["HEAD"], "/services", include_in_schema=False)
@api.get("/services", summary="Services")
def list_services(request: HttpRequest, asked: Query[Listing]) -> Json:
    with translation.override(asked.lang):
        return _page(asked, _views(request, asked.lang, asked.country), hsds.brief_service)


@api.api_operation(["HEAD"], "/services/{uid}", include_in_schema=False)
@api.get("/services/{uid}", summary="A service with all that belongs to it")
def one_service(request: HttpRequest, uid: UUID, asked: Query[One]) -> Json:
    with translation.override(asked.lang):
        views = _views(request, asked.lang)
        return _one({view.uid: view for view in views}, uid, hsds.service)


@api.api_operation(["HEAD"], "/organizations", include_in_schema=False)
@api.get("/organizations", summary="Organisations")
def list_organizations(request: HttpRequest, asked: Query[Listing]) -> Json:
    found = _organizations(_views(request, asked.lang, asked.country))
    return _page(asked, list(found.values()), lambda one: one)


@api.api_operation(["HEAD"], "/organizations/{uid}", include_in_schema=False)
@api.get("/organizations/{uid}", summary="An organisation")
def one_organization(request: HttpRequest, uid: UUID, asked: Query[One]) -> Json:
    return _one(_organizations(_views(request, asked.lang)), uid, lambda one: one)


@api.api_operation(["HEAD"], "/locations", include_in_schema=False)
@api.get("/locations", summary="Places")
def list_locations(request: HttpRequest, asked: Query[Listing]) -> Json:
    found = _places(_views(request, asked.lang, asked.country))
    return _page(asked, list(found.values()), hsds.location)


@api.api_operation(["HEAD"], "/locations/{uid}", include_in_schema=False)
@api.get("/locations/{uid}", summary="A place")
def one_location(request: HttpRequest, uid: UUID, asked: Query[One]) -> Json:
    return _one(_places(_views(request, asked.lang)), uid, hsds.location)


@api.api_operation(["HEAD"], "/service_at_locations", include_in_schema=False)
@api.get("/service_at_locations", summary="Services at places")
def list_links(request: HttpRequest, asked: Query[Listing]) -> Json:
    found = _links(_views(request, asked.lang, asked.country))
    return _page(asked, list(found.values()), lambda pair: hsds.service_at_location(*pair))


@api.api_operation(["HEAD"], "/service_at_locations/{uid}", include_in_schema=False)
@api.get("/service_at_locations/{uid}", summary="A service at a place")
def one_link(request: HttpRequest, uid: UUID, asked: Query[One]) -> Json:
    return _one(_links(_views(request, asked.lang)), uid, lambda pair: hsds.service_at_location(*pair))
