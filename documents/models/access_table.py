"""Who may do what to a document: role x institution x country x classification x state x verb.

The rules in ``documents/access/rights.py`` and the queries of the models ask this table; ``manage.py
access_matrix`` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.db import models

from documents.choices import ADOPTED, FOLLOWED, PUBLISHED, Classification, State
from people.roles import DRAFTING, Role, Verb


class Standing(models.TextChoices):
    """How somebody stands to a document."""

    ANYONE = "anyone", "anybody, signed in or not"
    MEMBER = "member", "members of institutions in every country"
    COUNTRY = "country", "members of institutions of the document's country"
    OWNER = "owner", "members of the responsible institution"
    SHARED = "shared", "members of the institutions that it is shared with"
    NAMED = "named", "the people named as readers"


OPENED_TO = {
    Classification.PUBLIC: frozenset({Standing.ANYONE}),
    Classification.TLP_CLEAR: frozenset({Standing.ANYONE}),
    Classification.OFFICIAL: frozenset({Standing.COUNTRY}),
    Classification.TLP_GREEN: frozenset({Standing.MEMBER}),
    Classification.TLP_AMBER: frozenset({Standing.OWNER, Standing.SHARED}),
    Classification.TLP_AMBER_STRICT: frozenset({Standing.OWNER}),
    Classification.TLP_RED: frozenset({Standing.NAMED}),
}
"""Whom a classification lets read what was published (``PUBLISHED``). In every other state the reader must
also draft or coordinate for the responsible institution, or be asked."""


class Given(models.TextChoices):
    """What one person is given, beyond a role."""

    NAMED = "named", "if named as a reader"
    ASKED = "asked", "if asked: by a stage, as a delegate, or for a part"
    DRAFT = "draft", "if given the draft"
    ASSIGNED = "assigned", "if assigned to the text or a section"
    SEAT = "seat", "if asked for an answer in this stage"
    FOLLOWS = "follows", "for a language that follows the adoption"


EVERY_STATE = frozenset(State)


@dataclass(frozen=True)
class Right:
    """A verb for those who may read the text. ``roles``: in the responsible institution. ``given``: what
    brings it to others."""

    roles: frozenset[Role] = frozenset()
    states: frozenset[State] = EVERY_STATE
    given: frozenset[Given] = frozenset()


COORDINATES = Right(frozenset({Role.COORDINATOR}))
WRITTEN = frozenset({State.DRAFT, *FOLLOWED})
"""States in which somebody may write; after the adoption only in a language that follows it."""

EDITIONS = {
    Verb.REVISE: COORDINATES,
    Verb.SUBMIT: COORDINATES,
    Verb.REOPEN: COORDINATES,
    Verb.ADOPT: COORDINATES,
    Verb.RECORD: COORDINATES,
    Verb.ASSIGN: COORDINATES,
    Verb.CLASSIFY: COORDINATES,
    Verb.SHARE: COORDINATES,
    Verb.CALLS: COORDINATES,
    Verb.CREATE: COORDINATES,
    Verb.CORRECT: Right(DRAFTING, frozenset(ADOPTED)),
    Verb.OUTLINE: Right(DRAFTING, frozenset({State.DRAFT}), frozenset({Given.DRAFT})),
    Verb.DRAFT: Right(DRAFTING, WRITTEN, frozenset({Given.DRAFT, Given.ASSIGNED})),
    Verb.COMMENT: Right(DRAFTING, frozenset({State.DRAFT, State.IN_REVIEW}), frozenset({Given.ASKED})),
}
"""What is done to an edition, by verb; READ follows from ``OPENED_TO``."""

TEXTS = {Verb.TRANSLATE: EDITIONS[Verb.DRAFT]}
SEATS = {Verb.SIGN_OFF: Right(states=frozenset({State.IN_REVIEW}), given=frozenset({Given.SEAT}))}
"""What is done to a text in one language, and to a seat in a stage of a review."""


class Place(models.TextChoices):
    """Where somebody has a role, seen from the institution that is responsible."""

    OWNER = "owner", "the same institution"
    SHARED = "shared", "an institution that it is shared with"
    COUNTRY = "country", "another institution of the country"
    ABROAD = "abroad", "an institution of another country"


INSTITUTIONS = {
    Verb.INVITE: {Role.OPERATOR: frozenset(Place), Role.COORDINATOR: frozenset(Place) - {Place.ABROAD}},
    Verb.AUDIT: {Role.OPERATOR: frozenset(Place), Role.COORDINATOR: frozenset(Place) - {Place.ABROAD}},
    Verb.CREATE: {Role.COORDINATOR: frozenset({Place.OWNER})},
    Verb.TEMPLATES: {Role.OPERATOR: frozenset(Place), Role.COORDINATOR: frozenset({Place.OWNER})},
}
"""What is done to an institution, whatever the document: by verb, the roles and where they are."""

NOT_READING = frozenset({Role.OPERATOR})
"""Roles that open no text."""
ASSIGNED_TO = DRAFTING | {Role.TRANSLATOR}
"""Roles in which a part of a text can be assigned to somebody."""

Needed = frozenset[Given]
NOTHING: Needed = frozenset()


def standings(role: Role | None, place: Place | None) -> frozenset[Standing]:
    """How somebody with a role in a place stands to a document; None: without a role."""
    found = {Standing.ANYONE}
    if role is None or place is None or role in NOT_READING:
        return frozenset(found)
    found.add(Standing.MEMBER)
    if place != Place.ABROAD:
        found.add(Standing.COUNTRY)
    if place == Place.OWNER:
        found.add(Standing.OWNER)
    if place == Place.SHARED:
        found.add(Standing.SHARED)
    return frozenset(found)


def reads(
    role: Role | None, place: Place | None, classification: Classification, state: State
) -> Needed | None:
    """What somebody needs beside the role to read an edition; None where nothing would do."""
    opened, needed = OPENED_TO[classification], set()
    if not opened & standings(role, place):
        if Standing.NAMED not in opened or role is None or role in NOT_READING:
            return None
        needed.add(Given.NAMED)
    if state not in PUBLISHED and not (place == Place.OWNER and role in DRAFTING):
        if role is None or role in NOT_READING:
            return None
        needed.add(Given.ASKED)
    return frozenset(needed)


def may(
    role: Role, place: Place, classification: Classification, state: State, verb: Verb
) -> list[Needed] | None:
    """The ways in which somebody may do something: what each needs beside the role. None: in no way."""
    if verb in INSTITUTIONS and verb not in EDITIONS:
        return [NOTHING] if place in INSTITUTIONS[verb].get(role, ()) else None
    to_read = reads(role, place, classification, state)
    if to_read is None:
        return None
    if verb == Verb.READ:
        return [to_read]
    right = (EDITIONS | TEXTS | SEATS)[verb]
    if state not in right.states:
        return None
    follows = {Given.FOLLOWS} if state in FOLLOWED and right.states == WRITTEN else set()
    if place == Place.OWNER and role in right.roles:
        return [to_read | follows]
    if role in NOT_READING:
        return None
    given = right.given - (frozenset() if role in ASSIGNED_TO else {Given.ASSIGNED})
    return [to_read | {one} | follows for one in sorted(given)] or None


@dataclass(frozen=True)
class Cell:
    role: Role
    place: Place
    classification: Classification
    state: State
    verb: Verb
    ways: list[Needed] | None

    @property
    def answer(self) -> str:
        """``yes``, ``no``, or what is needed: ``named+asked`` or, in another way, ``draft``."""
        if self.ways is None:
            return "no"
        return " or ".join("+".join(sorted(way)) or "yes" for way in self.ways)


def cells() -> Iterator[Cell]:
    """The whole table."""
    for role, place, classification, state, verb in product(Role, Place, Classification, State, Verb):
        yield Cell(role, place, classification, state, verb, may(role, place, classification, state, verb))
