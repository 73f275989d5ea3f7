"""A right ends with the membership that it came with; nobody gives a role to themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404
from django.utils import timezone
from django.utils.http import int_to_base36

from audit.models import Entry
from documents.access.rights import Text
from documents.actions.assign import assign
from documents.choices import Classification
from documents.models import Edition
from people.access import keys, may
from people.actions.invite import NotYourself, enter_role, invite
from people.actions.leave import end_membership, hand_over
from people.models import Grant, Invitation, Membership, User
from people.roles import Role, Verb
from tests.support.factories import PASSWORD, make_draft, make_in_force, make_institution, make_person
from tests.support.html import PageClient, signed_in
from tests.support.tampering import unguarded
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure

pytestmark = pytest.mark.django_db

ENGLISH = {"headers": {"accept-language": "en"}}


def ended(user: User) -> None:
    """By its date, as a membership that was given for a time runs out: nothing is called or mailed."""
    Membership.objects.filter(user=user).update(ends=timezone.localdate() - timedelta(days=1))


@pytest.fixture
def coordinator(db: None) -> User:
    return make_person(Role.COORDINATOR, make_institution())


@pytest.fixture
def draft(coordinator: User) -> Edition:
    return make_draft(by=coordinator, classification=Classification.PUBLIC)


class TestEndedMembers:
    def test_a_translator_whose_membership_ended_neither_reads_nor_writes_what_was_assigned(
        self, draft: Edition, coordinator: User
    ) -> None:
        translator = make_person(Role.TRANSLATOR, make_institution("mk-interior"), languages=["sq"])
        assign(coordinator, draft, translator, "sq")
        assert may(translator, Verb.DRAFT, Text(draft, "sq"))
        ended(translator)
        assert not may(translator, Verb.READ, draft)
        assert not may(translator, Verb.DRAFT, Text(draft, "sq"))
        client = signed_in(translator)
        uid = draft.sections.values_list("uid", flat=True)[0]
        enter_role(translator, make_institution("mk-justice"), Role.PRACTITIONER)
        for path in (f"/en/i/mk/sop/1/s/{uid}/", f"/en/desk/{draft.pk}/", f"/en/desk/{draft.pk}/s/{uid}/sq/"):
            assert client.get(path).status_code == 404, path
        assert client.post(f"/en/desk/{draft.pk}/s/{uid}/sq/", {"body": "{}"}).status_code == 404

    def test_a_translator_who_lost_a_language_keeps_the_others(
        self, draft: Edition, coordinator: User
    ) -> None:
        translator = make_person(Role.TRANSLATOR, make_institution("mk-interior"), languages=["sq", "en"])
        assign(coordinator, draft, translator, "sq")
        assign(coordinator, draft, translator, "en")
        Membership.objects.filter(user=translator).update(languages=["en"])
        assert not may(translator, Verb.DRAFT, Text(draft, "sq"))
        assert may(translator, Verb.DRAFT, Text(draft, "en"))

    def test_a_grant_without_an_end_opens_nothing_to_somebody_of_no_institution(self, draft: Edition) -> None:
        user = make_person(Role.REVIEWER, make_institution("mk-interior"))
        for verb in (Verb.COMMENT, Verb.DRAFT):
            with unguarded():
                Grant.objects.create(user=user, key=f"ed:{draft.pk}", verb=verb, reason="test")
        assert may(user, Verb.COMMENT, draft) and may(user, Verb.OUTLINE, draft)
        ended(user)
        assert keys(user) == {"pub"}
        assert not any(may(user, verb, draft) for verb in (Verb.READ, Verb.COMMENT, Verb.OUTLINE, Verb.DRAFT))

    def test_a_named_reader_of_a_red_text_whose_membership_ended_reads_it_no_more(self) -> None:
        edition = make_in_force(slug="red", classification=Classification.TLP_RED)
        named = edition.instrument.named_readers.all()[0]
        assert may(named, Verb.READ, edition)
        ended(named)
        assert not may(named, Verb.READ, edition)

    def test_a_reviewer_who_stays_something_else_loses_the_draft_with_that_role(
        self, draft: Edition, coordinator: User
    ) -> None:
        there = make_institution("mk-interior")
        reviewer, colleague = make_person(Role.REVIEWER, there), make_person(Role.REVIEWER, there)
        enter_role(reviewer, there, Role.PRACTITIONER, starts=date(2020, 1, 1))
        stages = [{"kind": "sign_off", "least": 1, "quorum": "all", "days": 5}]
        procedure = Procedure.objects.create(key="one", name="One", stages=stages)
        start_review(coordinator, draft, procedure, [Plan((Respondent(there),))])
        draft.refresh_from_db()
        assert may(reviewer, Verb.COMMENT, draft)
        end_membership(coordinator, Membership.objects.get(user=reviewer, role=Role.REVIEWER))
        assert not may(reviewer, Verb.READ, draft)
        assert may(colleague, Verb.COMMENT, draft)

    def test_a_reviewer_whose_role_ran_out_by_date_reads_that_review_no_more(
        self, draft: Edition, coordinator: User
    ) -> None:
        """Nothing is called on that day; the person stays something else, so the grants remain."""
        there = make_institution("mk-interior")
        reviewer = make_person(Role.REVIEWER, there)
        enter_role(reviewer, there, Role.PRACTITIONER, starts=date(2020, 1, 1))
        stages = [{"kind": "sign_off", "least": 1, "quorum": "all", "days": 5}]
        procedure = Procedure.objects.create(key="one", name="One", stages=stages)
        review = start_review(coordinator, draft, procedure, [Plan((Respondent(there),))])
        draft.refresh_from_db()
        client = signed_in(reviewer)
        addresses = [f"/en/review/{review.pk}/", "/en/i/mk/sop/1/"]
        assert [client.get(address).status_code for address in addresses] == [200, 200]
        Membership.objects.filter(user=reviewer, role=Role.REVIEWER).update(ends=timezone.localdate())
        assert not may(reviewer, Verb.READ, draft) and not may(reviewer, Verb.COMMENT, draft)
        assert f"ed:{draft.pk}" not in keys(reviewer)
        assert [client.get(address).status_code for address in addresses] == [404, 404]


class TestWhoLeft:
    def test_a_session_ends_with_the_last_role_and_none_begins(self) -> None:
        person = make_person(Role.DRAFTER)
        enter_role(person, make_institution("mk-justice"), Role.PRACTITIONER, starts=date(2020, 1, 1))
        here, elsewhere = signed_in(person), signed_in(person)
        Membership.objects.filter(user=person, role=Role.DRAFTER).update(ends=timezone.localdate())
        assert here.get("/en/account/").status_code == 200
        Membership.objects.filter(user=person).update(ends=timezone.localdate())
        assert here.get("/en/account/")["Location"] == "/en/sign-in/?next=%2Fen%2Faccount%2F"
        assert "_auth_user_id" not in here.session
        assert elsewhere.post("/en/account/", {"name": "X", "language": "en"}).status_code == 302
        assert User.objects.get(pk=person.pk).name == person.name
        page = here.post("/en/sign-in/", {"login": person.email, "password": PASSWORD}, follow=True)
        assert "You can no longer sign in" in page.content.decode()
        assert "_auth_user_id" not in here.session
        refused = Entry.objects.get(verb="sign_in", refused=True)
        assert refused.thing == f"user:{person.pk}" and refused.actor is None

    @pytest.mark.parametrize("waits", ["first day", "second person", "never had one"])
    def test_who_waits_for_a_role_may_sign_in(self, waits: str) -> None:
        person = make_person(Role.DRAFTER)
        if waits == "never had one":
            with unguarded():
                Membership.objects.filter(user=person).delete()
        else:
            ended(person)
        tomorrow = timezone.localdate() + timedelta(days=1)
        if waits == "first day":
            enter_role(person, make_institution(), Role.REVIEWER, starts=tomorrow)
        elif waits == "second person":
            enter_role(person, make_institution(), Role.REVIEWER, confirmed=None)
        client = PageClient()
        client.post("/en/sign-in/", {"login": person.email, "password": PASSWORD})
        assert client.get("/en/account/").status_code == 200


class TestNobodyGivesThemselvesARole:
    def test_a_coordinator_does_not_invite_themselves_to_vote_for_another_institution(
        self, coordinator: User
    ) -> None:
        there = make_institution("mk-justice")
        with pytest.raises(NotYourself):
            invite(coordinator, there, coordinator.email.upper(), Role.REVIEWER)
        client = signed_in(coordinator)
        sent = {"email": coordinator.email, "institution": there.pk, "role": "reviewer", "language": "en"}
        page = client.post("/en/people/invite/", sent)
        assert page.status_code == 200 and "You cannot give yourself a role" in page.content.decode()
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize("path", ["end", "hand-over"])
    def test_a_coordinator_neither_makes_nor_unmakes_an_operator(self, coordinator: User, path: str) -> None:
        with pytest.raises(Http404):
            invite(coordinator, make_institution(), "new@test.example", Role.OPERATOR)
        sent = {
            "email": "n@test.example",
            "institution": make_institution().pk,
            "role": "operator",
            "language": "en",
        }
        client = signed_in(coordinator)
        assert client.post("/en/people/invite/", sent).status_code == 200
        assert not Invitation.objects.exists()
        operator = make_person(Role.OPERATOR, make_institution())
        pk = operator.memberships.get().pk
        shown = client.get(f"/en/people/person/{operator.pk}/").content.decode()
        assert f"/people/{pk}/" not in shown
        assert client.post(f"/en/people/{pk}/{path}/", {"successor": coordinator.pk}).status_code == 404
        assert Membership.objects.active().filter(pk=pk).exists()

    def test_an_operator_invites_another_one(self) -> None:
        operator = make_person(Role.OPERATOR, make_institution())
        assert invite(operator, make_institution(), "new@test.example", Role.OPERATOR).pk

    def test_nobody_hands_a_role_over_to_themselves(self, coordinator: User) -> None:
        reviewer = make_person(Role.REVIEWER, make_institution())
        membership = reviewer.memberships.get()
        with pytest.raises(NotYourself):
            hand_over(coordinator, membership, coordinator)
        client = signed_in(coordinator)
        page = client.post(f"/en/people/{membership.pk}/hand-over/", {"successor": coordinator.pk})
        assert page.status_code == 200 and "You cannot give yourself a role" in page.content.decode()
        assert not Membership.objects.filter(user=coordinator, role=Role.REVIEWER).exists()


def test_handing_over_one_role_moves_nothing_of_another_country(coordinator: User, draft: Edition) -> None:
    """What somebody was given elsewhere is not the coordinator's to give on."""
    abroad: Any = make_institution("rs-interior")
    leaving, successor = make_person(Role.DRAFTER), make_person(Role.PRACTITIONER)
    enter_role(leaving, abroad, Role.REVIEWER, starts=date(2020, 1, 1))
    with unguarded():
        grant = Grant.objects.create(
            user=leaving, key="ed:4711", verb=Verb.COMMENT, reason="review 1, stage 1"
        )
    hand_over(coordinator, leaving.memberships.get(role=Role.DRAFTER), successor)
    assert not Grant.objects.filter(user=successor).exists()
    assert Grant.objects.active().filter(pk=grant.pk).exists()


def test_handing_over_one_role_leaves_the_drafts_of_another_country_where_they_are(coordinator: User) -> None:
    abroad, ours = make_institution("rs-interior"), make_draft(slug="ours", by=coordinator)
    theirs = make_draft(slug="theirs", owner=abroad, classification=Classification.PUBLIC)
    leaving = make_person(Role.TRANSLATOR, make_institution(), languages=["sq"])
    successor = make_person(Role.PRACTITIONER, make_institution())
    for edition in (ours, theirs):
        assign(edition.created_by or coordinator, edition, leaving, "sq")
    hand_over(coordinator, leaving.memberships.get(), successor)
    assert may(successor, Verb.DRAFT, Text(ours, "sq"))
    assert not may(successor, Verb.READ, theirs)


def test_a_password_that_was_forgotten_and_set_anew_is_on_the_record() -> None:
    user = make_person(Role.DRAFTER)
    key = f"{int_to_base36(user.pk)}-{default_token_generator.make_token(user)}"
    client = PageClient()
    page = client.get(f"/en/password/{key}/", follow=True)
    words = "some words that nobody guesses"
    sent = {"password1": words, "password2": words}
    assert client.post(page.redirect_chain[-1][0], sent).status_code == 302
    assert Entry.objects.get(verb="new_password").actor == user.actor
    assert "password1" not in PageClient().get(f"/en/password/{key}/", follow=True).content.decode()
