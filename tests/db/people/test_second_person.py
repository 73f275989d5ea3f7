"""A second person is known to two people: no coordinator makes one alone."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from documents.actions.record_prior_adoption import propose_prior
from mail.models import Message
from people.access import has_role, keys, may
from people.actions.invite import accept, enter_role, invite
from people.actions.leave import NotConfirmed, hand_over
from people.models import Institution, Membership, User
from people.roles import Role, Verb
from proposals.actions.decide import confirm, refuse
from proposals.errors import Decided
from proposals.models import Proposal
from tests.support.factories import PASSWORD, make_act, make_draft, make_institution, make_person
from tests.support.html import PageClient, signed_in
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure

pytestmark = pytest.mark.django_db
SECOND = "second.address@home.example"


def proposal_of(membership: Membership) -> Proposal:
    return Proposal.objects.about(membership).get()


def address_of(membership: Membership) -> str:
    return f"/en/proposals/{proposal_of(membership).pk}/"


def joined(by: User, role: Role, institution: Institution | None = None, email: str = SECOND) -> Membership:
    """Whoever reads the mail of that address takes the invitation up."""
    invite(by, institution or make_institution(), email, role)
    found = re.search(r"/invitation/([^/]+)/", Message.objects.filter(to=email).latest("pk").text)
    assert found
    user = accept(found.group(1), "Second", PASSWORD)
    return user.memberships.latest("pk")


@pytest.fixture
def first(db: None) -> User:
    return make_person(Role.COORDINATOR, make_institution(), name="First")


@pytest.fixture
def colleague(db: None) -> User:
    return make_person(Role.COORDINATOR, make_institution("mk-interior"), name="Colleague")


def test_a_coordinator_with_two_addresses_confirms_nothing_alone(first: User) -> None:
    edition = make_draft(by=first)
    prior = propose_prior(first, edition, make_act(), make_act().date)
    second = joined(first, Role.COORDINATOR).user
    assert not has_role(second, Role.COORDINATOR) and keys(second) == {"pub"}
    with pytest.raises(Http404):
        confirm(second, prior)
    assert signed_in(second).get("/en/people/").status_code == 404
    # Neither of the two addresses confirms the other one.
    for person in (first, second):
        with pytest.raises(Http404):
            confirm(person, proposal_of(second.memberships.get()))
    edition.refresh_from_db()
    assert edition.state == "draft"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.PUBLISHER])
def test_another_coordinator_confirms_and_the_role_counts(first: User, colleague: User, role: Role) -> None:
    Institution.objects.filter(key="mk-coordinator").update(name_mk="Министерство", name_en="Ministry")
    membership = joined(first, role)
    User.objects.filter(pk=membership.user_id).update(language="mk")
    address = address_of(membership)
    asked = Message.objects.get(template="proposal_waits")
    assert asked.to == colleague.email and address in f"{asked.text}/"
    client = signed_in(colleague)
    assert "Second" in client.get("/en/people/").content.decode()
    page = client.get(f"/en/people/{membership.pk}/confirm/", follow=True).content.decode()
    assert SECOND in page and "Proposed by First" in page
    assert not has_role(membership.user, role)
    assert client.post(address, {"decision": "confirm"}).status_code == 302
    assert has_role(membership.user, role)
    entry = Entry.objects.get(verb="confirm_role")
    assert entry.actor == colleague.actor and entry.detail["role"] == role
    mail = Message.objects.get(template="role_confirmed", to=SECOND)
    # In the language of who reads it, whoever confirmed it in another one.
    assert mail.language == "mk" and "Министерство" in mail.text and "Ministry" not in mail.text
    # Decided once.
    with pytest.raises(Decided):
        refuse(colleague, proposal_of(membership))
    assert client.post(address, {"decision": "refuse"}).status_code == 302
    assert has_role(membership.user, role)


def test_who_may_confirm_finds_it_on_the_first_page(first: User, colleague: User) -> None:
    membership = joined(first, Role.REVIEWER)
    address = address_of(membership)
    assert address in signed_in(colleague).get("/en/").content.decode()
    for other in (first, membership.user, make_person(Role.COORDINATOR, make_institution("rs-coordinator"))):
        assert address not in signed_in(other).get("/en/").content.decode()
    confirm(colleague, proposal_of(membership))
    assert address not in signed_in(colleague).get("/en/").content.decode()


def test_who_invited_sees_it_and_can_only_take_it_back(first: User, colleague: User) -> None:
    membership = joined(first, Role.COORDINATOR)
    client = signed_in(first)
    address = address_of(membership)
    page = client.get(address).content.decode()
    assert 'value="confirm"' not in page and "Withdraw the proposal" in page
    assert client.post(address, {"decision": "confirm"}).status_code == 404
    assert client.post(address, {"decision": "refuse"}).status_code == 302
    membership.refresh_from_db()
    assert membership.ends and not membership.confirmed
    assert Entry.objects.filter(verb="refuse_role", actor=first.actor).exists()
    with pytest.raises(Decided):
        confirm(colleague, proposal_of(membership))


def test_others_neither_see_nor_decide(first: User) -> None:
    membership = joined(first, Role.COORDINATOR)
    others = [
        make_person(Role.COORDINATOR, make_institution("rs-interior")),
        make_person(Role.REVIEWER, make_institution()),
        make_person(is_superuser=True),
        membership.user,
    ]
    for person in others:
        client = signed_in(person)
        address = address_of(membership)
        assert client.get(address).status_code == 404
        for decision in ("confirm", "refuse"):
            assert client.post(address, {"decision": decision}).status_code == 404
    membership.refresh_from_db()
    assert membership.confirmed is None and membership.ends is None
    assert signed_in(others[0]).get("/en/people/0/confirm/").status_code == 404


def test_the_first_coordinator_comes_from_the_operator_and_the_operator_is_asked_where_there_is_one_only() -> (
    None
):
    operator = make_person(Role.OPERATOR)
    membership = joined(operator, Role.COORDINATOR, email="first@test.example")
    assert has_role(membership.user, Role.COORDINATOR)
    waiting = joined(membership.user, Role.REVIEWER)
    assert Message.objects.get(template="proposal_waits").to == operator.email
    confirm(operator, proposal_of(waiting))
    assert has_role(waiting.user, Role.REVIEWER)


def test_an_operator_who_coordinates_too_does_not_give_alone(first: User) -> None:
    enter_role(first, make_institution(), Role.OPERATOR)
    assert joined(first, Role.COORDINATOR).confirmed is None


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.TRANSLATOR, Role.PRACTITIONER])
def test_roles_that_confirm_nothing_need_no_second_person(first: User, role: Role) -> None:
    assert has_role(joined(first, role).user, role)


def test_handing_over_is_no_way_round(first: User, colleague: User) -> None:
    reviewer = make_person(Role.REVIEWER, make_institution())
    second = joined(first, Role.DRAFTER).user
    with pytest.raises(NotConfirmed):
        hand_over(first, reviewer.memberships.get(), second)
    client = signed_in(first)
    page = client.post(f"/en/people/{reviewer.memberships.get().pk}/hand-over/", {"successor": second.pk})
    assert page.status_code == 200 and "does not have the role yet" in page.content.decode()
    assert not has_role(second, Role.REVIEWER) and has_role(reviewer, Role.REVIEWER)
    confirm(colleague, proposal_of(joined(first, Role.REVIEWER)))
    hand_over(first, reviewer.memberships.get(), second)
    assert has_role(second, Role.REVIEWER) and not has_role(reviewer, Role.REVIEWER)


def test_a_reviewer_is_let_into_an_open_review_when_confirmed_and_not_before(
    first: User, colleague: User
) -> None:
    edition = make_draft(by=first)
    make_person(Role.REVIEWER, make_institution("mk-interior"))
    stages = [{"kind": "sign_off", "least": 1, "quorum": "all", "days": 5}]
    procedure = Procedure.objects.create(key="one", name="One", stages=stages)
    start_review(first, edition, procedure, [Plan((Respondent(make_institution("mk-interior")),))])
    edition.refresh_from_db()
    membership = joined(first, Role.REVIEWER, make_institution("mk-interior"))
    assert not may(membership.user, Verb.READ, edition)
    confirm(colleague, proposal_of(membership))
    assert may(membership.user, Verb.COMMENT, edition)


def test_the_person_is_told_that_the_role_waits(first: User) -> None:
    invite(first, make_institution(), SECOND, Role.REVIEWER)
    found = re.search(r"(/en/invitation/\S+)", Message.objects.get(to=SECOND).text)
    assert found
    client = PageClient()
    page = client.post(found.group(1), {"name": "Second", "password": PASSWORD}, follow=True)
    assert "once a second person confirms it" in page.content.decode()
    browser = signed_in(User.objects.get(email=SECOND))
    assert "awaiting confirmation by a second person" in browser.get("/en/account/").content.decode()
    assert "Awaiting confirmation by a second person" in browser.get("/en/").content.decode()


def test_the_directory_asks_the_database_the_same_number_of_times(first: User) -> None:
    client = signed_in(first)
    counts = []
    for round_ in range(3):
        joined(first, Role.REVIEWER, email=f"n{round_}@test.example")
        with CaptureQueriesContext(connection) as asked:
            client.get("/en/people/")
        counts.append(len(asked))
    assert counts[1] == counts[2]
