"""What the database shows and what the search index opens are one and the same, for everybody and every text."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from documents.access import access_keys, reader_keys
from documents.choices import Classification, State
from documents.models import Edition
from people.access import asking_once
from people.models import Grant, User
from people.roles import Role, Verb
from tests.support.factories import make_draft, make_in_force, make_institution, make_person

pytestmark = pytest.mark.django_db


def make_people() -> list[User]:
    """A person of every kind that the rules tell apart."""
    owner = make_institution("mk-coordinator")
    interior = make_institution("mk-interior")
    abroad = make_institution("al-interior")
    return [
        make_person(Role.COORDINATOR, owner),
        make_person(Role.DRAFTER, owner),
        make_person(Role.PRACTITIONER, owner),
        make_person(Role.OPERATOR, owner),
        make_person(Role.REVIEWER, interior),
        make_person(Role.PRACTITIONER, interior),
        make_person(Role.REGIONAL_PARTNER, abroad),
        make_person(Role.COORDINATOR, abroad),
        make_person(),
        make_person(is_superuser=True),
        make_person(Role.COORDINATOR, owner, is_active=False),
    ]


@pytest.fixture(scope="module")
def cast_once(once: Callable[[Callable[[], list[User]]], list[User]]) -> list[User]:
    return once(make_people)


@pytest.fixture
def cast(cast_once: list[User], db: None) -> list[User]:
    return copy.deepcopy(cast_once)


@pytest.mark.parametrize("classification", Classification.values)
@pytest.mark.parametrize("published", [True, False])
def test_index_and_database_agree(cast, classification, published):
    """Whatever it is shared with and to whomever a right was granted."""
    edition = (make_in_force if published else make_draft)(classification=classification)
    for shared in (True, False):
        edition.instrument.shared_with.set([make_institution("mk-interior")] if shared else [])
        for granted in (None, "mk-interior", "al-interior", "person"):
            Grant.objects.all().delete()
            if granted:
                to = {"user": cast[8]} if granted == "person" else {"institution": make_institution(granted)}
                Grant.objects.create(key=f"ed:{edition.pk}", verb=Verb.COMMENT, reason="test", **to)
            compare(Edition.objects.get(pk=edition.pk), cast, f"shared: {shared}, granted: {granted}")


def compare(edition: Edition, cast: list[User], how: str) -> None:
    for person in cast:
        with asking_once():  # as in one request
            shown = Edition.objects.visible_to(person).filter(pk=edition.pk).exists()
            opened = bool(access_keys(edition) & reader_keys(person))
        if edition.instrument.classification == Classification.TLP_RED:
            assert not access_keys(edition)
        else:
            assert shown == opened, f"{person} {edition.state} {edition.instrument.classification}, {how}"


EXPECTED = {
    # who reads what is in force:     coord  drafter pract  operat revwr  pract2 partner coordX nobody super
    # gone
    Classification.PUBLIC: "yyyyyyyyyyy",
    Classification.TLP_CLEAR: "yyyyyyyyyyy",
    Classification.OFFICIAL: "yyynyynnnnn",
    Classification.TLP_GREEN: "yyynyyyynnn",
    Classification.TLP_AMBER: "yyynnnnnnnn",
    Classification.TLP_AMBER_STRICT: "yyynnnnnnnn",
    Classification.TLP_RED: "nnnnnnnnnnn",
}


@pytest.mark.parametrize("classification", Classification.values)
def test_who_reads_what_is_in_force(cast, classification):
    edition = make_in_force(classification=classification)
    shown = "".join(
        "y" if Edition.objects.visible_to(person).filter(pk=edition.pk).exists() else "n" for person in cast
    )
    assert shown == EXPECTED[Classification(classification)]


def test_red_is_read_by_those_named_only(cast):
    edition = make_in_force(classification=Classification.TLP_RED)
    edition.instrument.named_readers.add(cast[5])
    readers = [p for p in cast if Edition.objects.visible_to(p).filter(pk=edition.pk).exists()]
    assert readers == [cast[5]]


def test_a_draft_is_read_by_those_who_work_on_it(cast):
    draft = make_draft()
    readers = [p for p in cast if Edition.objects.visible_to(p).filter(pk=draft.pk).exists()]
    assert readers == cast[:2]
    assert draft.state == State.DRAFT


def test_a_right_that_has_ended_has_ended_at_the_next_request(cast):
    draft = make_draft()
    grant = Grant.objects.create(user=cast[4], key=f"ed:{draft.pk}", verb=Verb.COMMENT, reason="test")
    assert Edition.objects.visible_to(cast[4]).filter(pk=draft.pk).exists()
    grant.ends = grant.starts
    grant.save()
    assert not Edition.objects.visible_to(cast[4]).filter(pk=draft.pk).exists()
