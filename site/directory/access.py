"""Who may read a field of the directory, and who may change a record: by keys, as for documents
(docs/decisions/0003-access-keys.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from directory.levels import Level
from directory.models import Record, Service
from directory.models.records import Confidential
from people.access import GREEN, PUBLIC, keys
from people.models import User
from people.roles import Role
from public.publication import Contact
from public.publishing import may_confirm_number, may_publish

Keys = frozenset[str]


def named_keys(record: Record) -> Keys:
    """Of those who read all of a record."""
    if not isinstance(record, Confidential):
        return frozenset()
    institutions = (f"inst:{one.pk}" for one in record.reader_institutions.all())
    return frozenset([*institutions, *(f"u:{one.pk}" for one in record.reader_people.all())])


def keys_of(record: Record, level: str) -> Keys:
    """The keys that open a field: a reader with any one of them may read it."""
    opened = {
        Level.PUBLIC: {PUBLIC},
        Level.REGION: {GREEN},
        Level.COUNTRY: {f"c:{record.country_id}:official"},
    }
    return named_keys(record) | frozenset(opened.get(Level(level), ()))


def may_read(own: Keys, record: Record, level: str) -> bool:
    return bool(own & keys_of(record, level))


def reads_all(own: Keys, record: Record) -> bool:
    """Whether a reader may read every field, and may know of every place of a service."""
    places = record.places.all() if isinstance(record, Service) else ()
    return all(may_read(own, record, level) for level in record.levels) and all(
        may_read(own, place, place.seen_level) for place in places
    )


def contacts() -> Iterator[Contact]:
    """How everybody reaches the services that are shown: what a campaign may name."""
    every = Service.objects.filter(is_shown=True, seen_level=Level.PUBLIC).prefetch_related("places")
    for service in every:
        numbers = (service.number, service.tel, service.sms) if service.number_level == Level.PUBLIC else ()
        mail = service.email if service.email_level == Level.PUBLIC else ""
        yield Contact(service.country_id, tuple(filter(None, numbers)), mail)
        for place in service.places.all():
            if place.is_shown and place.address_level == place.seen_level == Level.PUBLIC:
                yield Contact(place.country_id, address=place.address)


def may_list(own: Keys, record: Record) -> bool:
    """Whether a reader may know of a record; of organisations and towns everybody may."""
    return not isinstance(record, Confidential) or may_read(own, record, record.seen_level)


def may_change(user: Any, record: Record) -> bool:
    """A publisher of the country, who may read all that they would change."""
    return may_publish(user, record.country_id) and reads_all(keys(user), record)


def may_decide(user: Any, *states: Record) -> bool:
    """Whether the person can be the second one: who may read the record as it is and as it is to be."""
    return all(may_confirm_number(user, one.country_id) and reads_all(keys(user), one) for one in states)


def who_may_confirm(record: Record) -> QuerySet[User]:
    """Publishers of the country and operators. Each must also be able to read it all (:func:`may_decide`)."""
    here = Q(memberships__role=Role.PUBLISHER, memberships__institution__country=record.country_id)
    people = User.objects.filter(here | Q(memberships__role=Role.OPERATOR), is_active=True)
    return people.distinct()
