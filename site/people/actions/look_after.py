"""Who looks after the people of an institution, and is told what happens to an account."""

from __future__ import annotations

from django.db.models import Q

from people.models import Membership, User
from people.roles import Role


def who_looks_after_person(user: User) -> list[tuple[User, Membership]]:
    """The coordinators of the person's institutions, or the country's where there is none; each once, with
    the membership for which they look after the person. Nobody looks after themselves."""
    found: dict[int, tuple[User, Membership]] = {}
    active = Membership.objects.active().filter(user=user).select_related("institution").order_by("pk")
    for membership in active:
        for person in _coordinators(membership):
            found.setdefault(person.pk, (person, membership))
    return list(found.values())


def _coordinators(membership: Membership) -> list[User]:
    coordinators = Membership.objects.active().filter(role=Role.COORDINATOR).exclude(user=membership.user_id)
    own = Q(institution=membership.institution_id)
    of_country = Q(institution__country=membership.institution.country_id)
    found = coordinators.filter(own) if coordinators.filter(own).exists() else coordinators.filter(of_country)
    return list(User.objects.filter(is_active=True, pk__in=found.values("user")).order_by("pk"))
