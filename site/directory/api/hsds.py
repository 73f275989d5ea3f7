"""What a reader may read of the directory, as objects of the Human Services Data Specification 3.0. What is
empty is left out."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from directory.addresses import service_url
from directory.choices import ForWhom, Kind
from directory.readable import OrganisationView, PlaceView, ServiceView
from public.languages import native_name

Json = dict[str, Any]
TAXONOMY = UUID("3c9a2f5e-5d0b-4b53-9a5e-0a3f5a6f1c11")
"""The root of the ids of our terms: kinds of services, and whom they are for."""


def organization(view: OrganisationView) -> Json:
    found = {"id": str(view.uid), "name": view.words.name, "description": view.words.description}
    return found | _filled(website=view.website)


def location(view: PlaceView) -> Json:
    return _filled(
        id=str(view.uid),
        location_type="physical",
        name=view.words.name,
        transportation=view.words.reach,
        latitude=None if view.latitude is None else float(view.latitude),
        longitude=None if view.longitude is None else float(view.longitude),
        addresses=_addresses(view),
        accessibility=[_part(view.uid, "accessibility", description=view.words.accessible)]
        if view.words.accessible
        else [],
    )


def _addresses(view: PlaceView) -> list[Json]:
    """Empty where the reader may read neither street nor town."""
    if not (view.address or view.town):
        return []
    return [
        _part(view.uid, "address")
        | {
            "location_id": str(view.uid),
            "address_1": view.address,
            "city": view.town.words.name if view.town else "",
            "state_province": "",
            "postal_code": "",
            "country": view.country.code.upper(),
            "address_type": "physical",
        }
    ]


def service(view: ServiceView) -> Json:
    """One with all that belongs to it."""
    uid, words = view.uid, view.words
    return brief_service(view) | _filled(
        phones=_phones(view),
        schedules=[_part(uid, "schedule", service_id=str(uid), description=view.hours)] if view.hours else [],
        service_areas=[
            _part(uid, "area", service_id=str(uid), name=view.country.name, extent_type="country")
        ],
        languages=[
            _part(uid, f"language {tag}", service_id=str(uid), name=native_name(tag), code=tag)
            for tag in view.languages
        ],
        cost_options=[
            _part(
                uid,
                "cost",
                service_id=str(uid),
                option="free" if view.free else "",
                amount_description=words.cost,
            )
        ],
        required_documents=[_part(uid, "bring", service_id=str(uid), document=words.bring)]
        if words.bring
        else [],
        attributes=[_attribute(uid, view.kind), *(_attribute(uid, one) for one in view.for_whom)],
        service_at_locations=[
            brief_link(view, place) | {"location": location(place)} for place in view.places
        ],
    )


def brief_service(view: ServiceView) -> Json:
    """One with its organisation alone, as lists have them."""
    words = view.words
    youngest, oldest = view.ages
    whom = ", ".join(str(one.label) for one in view.for_whom)
    return _filled(
        id=str(view.uid),
        name=words.name,
        description=words.description,
        url=service_url(view.country.code, view.key) if view.organisation else view.website,
        email=view.email,
        status="active",
        application_process=words.reach,
        fees_description=words.cost,
        eligibility_description=whom,
        minimum_age=youngest,
        maximum_age=oldest,
        assured_date=view.confirmed.isoformat(),
        organization=organization(view.organisation) if view.organisation else None,
    )


def service_at_location(view: ServiceView, place: PlaceView) -> Json:
    return brief_link(view, place) | {"location": location(place), "service": brief_service(view)}


def brief_link(view: ServiceView, place: PlaceView) -> Json:
    return {"id": str(link_id(view, place)), "service_id": str(view.uid), "location_id": str(place.uid)}


def link_id(view: ServiceView, place: PlaceView) -> UUID:
    return uuid5(view.uid, str(place.uid))


def _phones(view: ServiceView) -> list[Json]:
    """Its own; where there is none to show, the country's number to call."""
    if view.tel:
        number, kind = view.tel, "voice"
    elif view.line is not None:
        number, kind = view.line.hotline.tel, "hotline"
    else:
        return []
    found = [_part(view.uid, "phone", service_id=str(view.uid), number=number, type=kind)]
    if view.sms:
        found.append(_part(view.uid, "sms", service_id=str(view.uid), number=view.sms, type="text"))
    return found


def _attribute(uid: UUID, term: Kind | ForWhom) -> Json:
    taxonomy = "kodeks-kind" if isinstance(term, Kind) else "kodeks-for-whom"
    described = _part(
        TAXONOMY,
        f"{taxonomy} {term.value}",
        code=term.value,
        name=str(term.label),
        description=str(term.label),
        taxonomy=taxonomy,
    )
    return _part(
        uid, f"{taxonomy} {term.value}", link_id=str(uid), link_entity="service", taxonomy_term=described
    )


def _part(owner: UUID, name: str, /, **fields: Any) -> Json:
    """An object that belongs to another: its id stays the same."""
    return {"id": str(uuid5(owner, name))} | _filled(**fields)


def _filled(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value not in ("", None, [])}
