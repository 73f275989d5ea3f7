"""The table of access, the rules, the database's answer and the keys of the search index are one and the same."""

from __future__ import annotations

from itertools import product

import pytest

from documents.access.rights import Text, access_keys, reader_keys
from documents.choices import FOLLOWED, Classification, State
from documents.models import Assignment, Edition, LanguageVersion
from documents.models.access_table import EDITIONS, INSTITUTIONS, TEXTS, Given, Place, may, reads
from people import access
from people.access import asking_once
from people.models import Grant, Institution, User
from people.roles import Role, Verb
from tests.support.factories import make_draft, make_institution, make_person
from tests.support.tampering import unguarded

pytestmark = pytest.mark.django_db
LANGUAGE = "sq"
KEYS = {
    Place.OWNER: "mk-coordinator",
    Place.SHARED: "mk-interior",
    Place.COUNTRY: "mk-social",
    Place.ABROAD: "al-interior",
}
BY_GRANT = {Given.ASKED: Verb.COMMENT, Given.DRAFT: Verb.DRAFT}
Person = tuple[User, Role | None, Place | None]
Keys = dict[int, frozenset[str]]


def make_people(places: list[Place]) -> list[Person]:
    """Somebody of each role in each of these places."""
    return [
        (make_person(role, make_institution(KEYS[place]), languages=[LANGUAGE]), role, place)
        for place, role in product(places, Role)
    ]


def make_editions() -> list[Edition]:
    """One in each state, of each classification."""
    found: list[Edition] = []
    for classification in Classification:
        first = make_draft(slug=f"{classification.replace('_', '-')}-draft", classification=classification)
        instruments = [first]
        owner, by = first.instrument.owner, first.created_by
        for state in [state for state in State if state != State.DRAFT]:
            slug = f"{classification}-{state}".replace("_", "-")
            edition = make_draft(slug=slug, classification=classification, owner=owner, by=by)
            instruments.append(edition)
            with unguarded():
                Edition.objects.filter(pk=edition.pk).update(state=state)
        for edition in instruments:
            edition.instrument.shared_with.set([make_institution(KEYS[Place.SHARED])])
        found += Edition.objects.filter(pk__in=[one.pk for one in instruments]).select_related("instrument")
    return found


def differences(
    person: Person, editions: list[Edition], opened: Keys, given: set[Given]
) -> list[tuple[object, ...]]:
    """Where the rules, the database or the index say something else than the table."""
    user, role, place = person
    found: list[tuple[object, ...]] = []
    with asking_once():
        for edition in editions:
            classification, state = Classification(edition.instrument.classification), State(edition.state)
            cell = (role, place, classification, state, sorted(given))
            needed = reads(role, place, classification, state)
            expected = needed is not None and needed <= given
            if access.may(user, Verb.READ, edition) != expected:
                found.append(("database", *cell))
            if classification != Classification.TLP_RED and expected != bool(
                opened[edition.pk] & reader_keys(user)
            ):
                found.append(("index", *cell))
            if role is None or place is None:
                continue
            for verb in EDITIONS.keys() | TEXTS.keys():
                thing = Text(edition, LANGUAGE) if verb in TEXTS else edition
                ways = may(role, place, classification, state, verb)
                if access.may(user, verb, thing) != any(way <= given for way in ways or ()):
                    found.append((verb, *cell))
    return found


def test_rules_database_and_index_say_what_the_table_says() -> None:
    editions = make_editions()
    opened = {edition.pk: access_keys(edition) for edition in editions}
    people = make_people(list(Place))
    strangers: list[Person] = [(make_person(), None, None), (make_person(is_superuser=True), None, None)]
    gone = make_person(Role.COORDINATOR, make_institution(KEYS[Place.OWNER]), is_active=False)
    wrong = [
        d
        for one in [*people, *strangers, (gone, None, None)]
        for d in differences(one, editions, opened, set())
    ]
    assert wrong == []
    roles = (Role.COORDINATOR, Role.TRANSLATOR, Role.REVIEWER, Role.OPERATOR)
    some = [one for one in people if one[1] in roles and one[2] in (Place.SHARED, Place.ABROAD)] + strangers[
        :1
    ]
    for edition in editions:
        edition.instrument.named_readers.set([one[0] for one in some])
    for number, given in enumerate((Given.ASKED, Given.DRAFT, Given.ASSIGNED)):
        Grant.objects.all().delete()
        for (user, *_), edition in product(some, editions):
            with unguarded():
                if given == Given.ASSIGNED:
                    Assignment.objects.create(user=user, edition=edition, language=LANGUAGE)
                else:
                    key, verb = f"ed:{edition.pk}", BY_GRANT[given]
                    Grant.objects.create(user=user, key=key, verb=verb, reason="test")
        if number == 1:
            following = LanguageVersion.objects.filter(edition__state__in=FOLLOWED, language=LANGUAGE)
            with unguarded():
                following.update(unfinished=True)
        follows = {Given.FOLLOWS} if number else set()
        wrong = [
            d
            for one in some
            for d in differences(one, editions, opened, {Given.NAMED, *implied(given, one[1]), *follows})
        ]
        assert wrong == []


def implied(given: Given, role: Role | None) -> set[Given]:
    """A part that is assigned asks its person, too, whose role must be one of those that write."""
    if role is None or (
        given == Given.ASSIGNED and role not in (Role.DRAFTER, Role.COORDINATOR, Role.TRANSLATOR)
    ):
        return set()
    return {given, Given.ASKED}


def test_institutions_too() -> None:
    of = Institution.objects.get(pk=make_institution(KEYS[Place.OWNER]).pk)
    for user, role, place in make_people([Place.OWNER, Place.COUNTRY, Place.ABROAD]):
        for verb in Verb:
            expected = place in INSTITUTIONS.get(verb, {}).get(role, ())  # type: ignore[arg-type]
            assert access.may(user, verb, of) == expected, (role, place, verb)


def test_a_right_that_has_ended_has_ended_at_the_next_request() -> None:
    draft, reviewer = make_draft(), make_person(Role.REVIEWER, make_institution("mk-interior"))
    with unguarded():
        grant = Grant.objects.create(user=reviewer, key=f"ed:{draft.pk}", verb=Verb.COMMENT, reason="test")
    assert access.may(reviewer, Verb.READ, draft)
    grant.ends = grant.starts
    grant.save()
    assert not access.may(reviewer, Verb.READ, draft)
