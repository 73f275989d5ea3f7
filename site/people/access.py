"""Who may do what (:func:`may`), by rules that each room registers. Who may see what (:func:`keys`), by the
keys that every text in the index has too. Computed for each request: a right that ends ends with the next
one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from people.models import Grant, Institution, Membership, User
from people.roles import DRAFTING, Role, Verb

Rule = Callable[[User, Verb, Any], bool]
KeyProvider = Callable[[User], Iterable[str]]

PUBLIC = "pub"
GREEN = "tlp:green"

_rules: dict[type, Rule] = {}
_providers: list[KeyProvider] = []


_known: ContextVar[dict[tuple[str, int], Any] | None] = ContextVar("known", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Asks for a person's rights once while a page is made that changes nothing. Never around a write. Within
    itself it goes on with what is known."""
    known = _known.get()
    token = _known.set({} if known is None else known)
    try:
        yield
    finally:
        _known.reset(token)


def once(what: str, user: Any, ask: Callable[[], Any]) -> Any:
    """What ``ask`` gives; within :func:`asking_once` it is asked once for each person and ``what``."""
    known, pk = _known.get(), getattr(user, "pk", None)
    if known is None or pk is None:
        return ask()
    if (what, pk) not in known:
        known[what, pk] = ask()
    return known[what, pk]


def rule(model: type) -> Callable[[Rule], Rule]:
    """Registers the function that decides for objects of the class ``model``."""

    def register(function: Rule) -> Rule:
        _rules[model] = function
        return function

    return register


def key_provider(function: KeyProvider) -> KeyProvider:
    """Registers a function that knows further keys of a person (assignments to a draft, say)."""
    _providers.append(function)
    return function


def may(user: Any, verb: Verb, thing: Any) -> bool:
    """Whether ``user`` may do ``verb`` to ``thing`` now; rights are read once for one decision. Raises
    LookupError for an object without a rule."""
    decide = next((_rules[kind] for kind in type(thing).__mro__ if kind in _rules), None)
    if decide is None:
        raise LookupError(f"no rule for {type(thing).__name__}")
    if _known.get() is not None:
        return decide(user, verb, thing)
    with asking_once():
        return decide(user, verb, thing)


def require(user: Any, verb: Verb, thing: Any) -> None:
    """Raises Http404 where ``user`` may not: what one may not do looks like what does not exist."""
    if not may(user, verb, thing):
        raise Http404


def memberships(user: Any) -> list[Membership]:
    """The memberships that hold today; none for somebody who is not signed in or was deactivated."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []

    def ask() -> list[Membership]:
        return list(Membership.objects.active().filter(user=user).select_related("institution__country"))

    return list(once("memberships", user, ask))


def are_two_people(one: User, other: User) -> bool:
    """Whether they count as two. Not where one of them gave the other every role that they have, with
    nobody to confirm it: it may be a second address (docs/decisions/0011)."""
    if one.pk == other.pk:
        return False
    active = Membership.objects.active()
    return not any(
        roles.filter(given_by=giver, confirmed_by=None).exists()
        and not roles.exclude(given_by=giver, confirmed_by=None).exists()
        for roles, giver in ((active.filter(user=one), other), (active.filter(user=other), one))
    )


def has_left(user: User) -> bool:
    """Whether each role that the person had has ended, if only by its date. Who waits for a role or for its
    first day has not left, nor has somebody who never had one."""
    if memberships(user):
        return False
    ends = list(Membership.objects.filter(user=user).values_list("ends", flat=True))
    return bool(ends) and all(day is not None and day <= timezone.localdate() for day in ends)


def has_role(
    user: Any, role: Role, institution: Institution | int | None = None, country: str | None = None
) -> bool:
    """Whether the person has the role today; in one institution or one country where these are named."""
    wanted = institution.pk if isinstance(institution, Institution) else institution
    return any(
        m.role == role
        and (wanted is None or m.institution_id == wanted)
        and (country is None or m.institution.country_id == country)
        for m in memberships(user)
    )


def grants(user: Any, active: list[Membership] | None = None) -> list[Grant]:
    """The grants that hold today, to the person or to an institution of theirs. Who belongs to no
    institution any more has none, even where a grant itself names no end. A membership may run out by its
    date. So may the role for which a grant was given, while the person keeps another one."""
    active = memberships(user) if active is None else active
    own = [m.institution_id for m in active if m.role != Role.OPERATOR]
    if not own:
        return []

    def ask() -> list[Grant]:
        return list(Grant.objects.active().filter(Q(user=user) | Q(institution__in=own)))

    roles = {(m.role, m.institution_id) for m in active}
    return [
        grant
        for grant in once("grants", user, ask)
        if not grant.for_role or (grant.for_role, grant.for_institution_id) in roles
    ]


def keys(user: Any) -> frozenset[str]:
    """Everything that the person can open a text with.

    ``pub`` | ``c:mk:official`` | ``tlp:green`` | ``inst:4`` (their institution) | ``work:4`` (its drafts) |
    ``ed:12`` (one edition) | ``u:9`` (themselves). The operator's role gives none, nor does a right without
    one.
    """
    found: frozenset[str] = once("keys", user, lambda: _keys(user))
    return found


def _keys(user: Any) -> frozenset[str]:
    found = {PUBLIC}
    active = memberships(user)
    for membership in active:
        if membership.role == Role.OPERATOR:
            continue
        institution = membership.institution
        found |= {f"c:{institution.country_id}:official", GREEN, f"inst:{institution.pk}"}
        if membership.role in DRAFTING:
            found.add(f"work:{institution.pk}")
    if any(membership.role != Role.OPERATOR for membership in active):
        found |= {f"u:{user.pk}"} | {grant.key for grant in grants(user, active)}
        for provider in _providers:
            found |= set(provider(user))
    return frozenset(found)
