"""The kinds of proposals. Each app registers its own: who decides, and what follows."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet

from people.access import are_two_people
from people.models import User
from proposals.models import Proposal


class Kind:
    """One kind of proposal. ``proposes``, ``confirms``, ``refuses``: its verbs in the trail; the kernel
    writes each entry. ``forgets``: nothing of the values stays once it is decided. They may be
    confidential."""

    name: ClassVar[str]
    proposes: ClassVar[str]
    confirms: ClassVar[str]
    refuses: ClassVar[str]
    forgets: ClassVar[bool] = False

    def hold(self, proposal: Proposal) -> models.Model:
        """The object it is about, locked until the end of the transaction. Raises ObjectDoesNotExist."""
        raise NotImplementedError

    def thing(self, proposal: Proposal) -> models.Model:
        """The object it is about. Raises ObjectDoesNotExist."""
        raise NotImplementedError

    def may_propose(self, by: User, thing: Any) -> bool:
        """Whether the person may ask for it, and take back what they asked for."""
        raise NotImplementedError

    def may_decide(self, by: User, proposal: Proposal) -> bool:
        """Whether the person has the right to decide on such things. That they are another person than the
        proposer is the kernel's rule (proposals.actions.decide)."""
        raise NotImplementedError

    def wrote(self, proposal: Proposal) -> set[int | None]:
        """Further people who had a hand in it, and so are no second person."""
        return set()

    def is_second(self, by: User, proposal: Proposal) -> bool:
        """Whether the person is another one than who proposed or wrote this."""
        return by.pk not in self.wrote(proposal) and are_two_people(by, proposal.proposed_by)

    def candidates(self, proposal: Proposal) -> QuerySet[User]:
        """The people who are told that it waits, if they may confirm it, and that it was sent back."""
        return User.objects.none()

    def apply(self, by: User, proposal: Proposal, thing: Any, given: Any) -> dict[str, Any]:
        """Does what is proposed. ``given``: what the second person adds, as the act of a corrigendum. Gives
        the details of the trail's entry. Raises :class:`proposals.errors.Stale` where the thing is no longer
        what was proposed."""
        raise NotImplementedError

    def follow(self, by: User, proposal: Proposal, thing: Any) -> None:
        """What comes after the entry: the guards of some tables ask for it first."""

    def refused(self, by: User, proposal: Proposal, thing: Any) -> dict[str, Any]:
        """Undoes what the proposal prepared. Gives the details of the trail's entry."""
        return {}


_kinds: dict[str, Kind] = {}


def register(kind: type[Kind]) -> type[Kind]:
    """Adds a kind of proposal."""
    _kinds[kind.name] = kind()
    return kind


def kind_of(proposal: Proposal) -> Kind:
    """Raises KeyError for a kind of which no app knows any more."""
    return _kinds[proposal.kind]


def registered() -> dict[str, Kind]:
    return dict(_kinds)
