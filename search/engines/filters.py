"""Which documents a query may find: access and filters, the same for every engine.

``access_filter`` is the only place where keys, denied editions, document and day become conditions.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.engines.base import Query


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The field has one of the values; without values nothing does."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The number of the field is at least ``low`` and at most ``high``, where these are given."""

    field: str
    low: int | None = None
    high: int | None = None


Condition = AnyOf | Within


@dataclass(frozen=True, slots=True)
class Filter:
    """A document passes that meets all of ``must`` and none of ``must_not``."""

    must: tuple[Condition, ...] = ()
    must_not: tuple[Condition, ...] = ()

    def __and__(self, other: Filter) -> Filter:
        return Filter(self.must + other.must, self.must_not + other.must_not)


def access_filter(query: Query) -> Filter:
    """What the reader may find, and what is no facet."""
    must: list[Condition] = [AnyOf("keys", tuple(sorted(query.keys)))]
    if query.instrument:
        must.append(AnyOf("instrument", (query.instrument,)))
    if query.in_force_on is not None:
        day = query.in_force_on.toordinal()
        must += [Within("valid_from", high=day), Within("valid_until", low=day + 1)]
    denied = (AnyOf("edition", tuple(sorted(query.denied))),) if query.denied else ()
    return Filter(tuple(must), denied)


def side_filter(query: Query) -> Filter:
    """The country of the hits, where they are wanted of one side only."""
    if not (query.side and query.home):
        return Filter()
    of_home = (AnyOf("country", (query.home,)),)
    return Filter(must=of_home) if query.side == "home" else Filter(must_not=of_home)


def facet_filter(query: Query, *, leave_out: str = "") -> Filter:
    """The filters that a reader set, but the one of ``leave_out``."""
    return Filter(
        tuple(
            AnyOf(facet, tuple(sorted(values)))
            for facet, values in query.filters.items()
            if values and facet != leave_out
        )
    )
