"""Which entries of the trail somebody may read: a registry that each app fills for its own kinds."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from audit.models import Entry
from people.access import has_role, memberships
from people.models import User
from people.roles import Role

_ways: dict[type, str] = {}


def of_country(model: type, path: str) -> None:
    """Registers the path from ``model`` to its country ("instrument__country")."""
    _ways[model] = path


def readable(user: User) -> QuerySet[Entry]:
    """Entries that ``user`` may read: the operator all, a coordinator those of the country."""
    if has_role(user, Role.OPERATOR):
        return Entry.objects.all()
    countries = {m.institution.country_id for m in memberships(user) if m.role == Role.COORDINATOR}
    return Entry.objects.filter(of_countries(countries)) if countries else Entry.objects.none()


def of_countries(countries: Collection[str]) -> Q:
    """Entries about what the countries own, or by their people."""
    people = User.objects.filter(memberships__institution__country__in=countries)
    condition = Q(actor__in=people.values("actor"))
    for model, path in _ways.items():
        name = f"{model._meta.model_name}:"  # type: ignore[attr-defined]
        rows = model.objects.filter(**{f"{path}__in": list(countries)})  # type: ignore[attr-defined]
        named = Concat(Value(name), Cast(F("pk"), CharField()), output_field=CharField())
        condition |= Q(thing__in=rows.order_by().annotate(named=named).values("named"))
    return condition
