"""Prefetch people and institutions that many rows name: each is fetched once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model

from people.models import Country, Institution, User


def with_people(rows: Sequence[Model], *names: str, known: Iterable[User | None] = ()) -> None:
    """Fills the fields ``names`` of the rows with people; one query for those not ``known``."""
    _fill(rows, names, {one.pk: one for one in known if one is not None}, User.objects.all())


def with_institutions(rows: Sequence[Model], *names: str, known: Iterable[Institution] = ()) -> None:
    """The same for institutions, with their countries."""
    there = {one.pk: one for one in known}
    _fill(rows, names, there, Institution.objects.select_related("country"))


def with_countries(institutions: Sequence[Institution], *known: Country) -> None:
    """Puts their countries into institutions; one query where one is not ``known``."""
    _fill(institutions, ("country",), {one.pk: one for one in known}, Country.objects.all())


def _fill(rows: Sequence[Model], names: Sequence[str], known: dict[Any, Any], others: Any) -> None:
    wanted = {getattr(row, f"{name}_id") for row in rows for name in names} - {None, *known}
    found = known | others.in_bulk(wanted) if wanted else known
    for row in rows:
        for name in names:
            pk = getattr(row, f"{name}_id")
            if pk is not None:
                setattr(row, name, found[pk])
