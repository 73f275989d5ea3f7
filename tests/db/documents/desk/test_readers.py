"""Who else reads a document: a coordinator names and ends it, the classification says whom, and it holds at
once."""

from __future__ import annotations

import pytest
from django.http import Http404

from audit.models import Entry
from documents.actions.errors import ActionError
from documents.actions.share import end_reader, end_sharing, name_reader, share
from documents.choices import Classification
from documents.models import Edition
from people.access import may
from people.models import Membership, User
from people.roles import Role, Verb
from search.models import OutboxRow
from search.outbox import denied_editions
from tests.support.factories import make_draft, make_in_force, make_institution, make_person
from tests.support.html import signed_in

pytestmark = pytest.mark.django_db
READ = "/en/i/mk/sop/1/"


@pytest.fixture
def amber() -> Edition:
    return make_in_force(classification=Classification.TLP_AMBER)


@pytest.fixture
def coordinator(amber: Edition) -> User:
    return make_person(Role.COORDINATOR, amber.instrument.owner)


@pytest.fixture
def abroad() -> User:
    return make_person(Role.PRACTITIONER, make_institution("rs-interior"))


def test_a_country_is_named_and_ended_and_both_hold_at_the_next_request(
    amber: Edition, coordinator: User, abroad: User
) -> None:
    reader, client = signed_in(abroad), signed_in(coordinator)
    address = f"/en/desk/{amber.pk}/readers/"
    assert reader.get(READ).status_code == 404
    page = client.get(address).content.decode()
    assert '<select name="whom"' in page and "All institutions: RS" in page
    assert client.post(address, {"whom": "c:rs"}).status_code == 302
    assert reader.get(READ).status_code == 200
    assert Entry.objects.get(verb="share").detail == {"institutions": ["rs-interior"]}
    OutboxRow.objects.all().delete()
    whom = make_institution("rs-interior").pk
    assert client.post(f"{address}end/", {"whom": f"i:{whom}"}).status_code == 302
    # The page at once; the search leaves the text out until its index has caught up.
    assert reader.get(READ).status_code == 404
    assert str(amber.pk) in denied_editions()
    assert Entry.objects.get(verb="end_sharing").actor == coordinator.actor
    assert client.post(f"{address}end/", {"whom": f"i:{whom}"}, follow=True).status_code == 200


@pytest.mark.parametrize("classification", [c for c in Classification if c != Classification.TLP_AMBER])
def test_only_amber_is_shared(classification: Classification, abroad: User) -> None:
    edition = make_in_force(slug="other", classification=classification)
    by = edition.instrument.named_readers.first() or make_person(Role.COORDINATOR, edition.instrument.owner)
    with pytest.raises(ActionError):
        share(by, edition.instrument, [make_institution("rs-interior")])
    if classification != Classification.TLP_RED:
        with pytest.raises(ActionError):
            name_reader(by, edition.instrument, abroad.email)
    page = signed_in(by).get(f"/en/desk/{edition.pk}/readers/")
    assert page.status_code == 200 and '<select name="whom"' not in page.content.decode()


def test_a_draft_that_is_shared_stays_the_owners(coordinator: User, abroad: User) -> None:
    draft = make_draft(slug="draft", by=coordinator, classification=Classification.TLP_AMBER)
    share(coordinator, draft.instrument, [make_institution("rs-interior")])
    assert not may(abroad, Verb.READ, draft)


def test_others_neither_see_nor_change_it(amber: Edition, abroad: User) -> None:
    owner = amber.instrument.owner
    for person in (
        make_person(Role.DRAFTER, owner),
        make_person(Role.REVIEWER, owner),
        make_person(Role.COORDINATOR, make_institution("mk-interior")),
        make_person(is_superuser=True),
        make_person(Role.OPERATOR),
        abroad,
    ):
        client = signed_in(person)
        address = f"/en/desk/{amber.pk}/readers/"
        assert client.get(address).status_code == 404
        assert client.post(address, {"whom": "c:rs"}).status_code == 404
        assert client.post(f"{address}end/", {"whom": "i:1"}).status_code == 404
        with pytest.raises(Http404):
            share(person, amber.instrument, [make_institution("rs-interior")])
    assert not amber.instrument.shared_with.exists()


@pytest.mark.parametrize("whom", ["", "c:zz", "i:0", "i:x", "u:1", "i:99999999999999999999", "c:", "\x01"])
def test_nonsense_is_refused_in_words(amber: Edition, coordinator: User, abroad: User, whom: str) -> None:
    client = signed_in(coordinator)
    address = f"/en/desk/{amber.pk}/readers/"
    assert client.post(address, {"whom": whom}).status_code == 422
    page = client.post(f"{address}end/", {"whom": whom}, follow=True)
    assert "This access has already ended." in page.content.decode()
    assert not amber.instrument.shared_with.exists()


class TestRed:
    @pytest.fixture
    def red(self) -> Edition:
        return make_in_force(slug="red", classification=Classification.TLP_RED)

    @pytest.fixture
    def named(self, red: Edition) -> User:
        return red.instrument.named_readers.all()[0]

    def test_a_person_is_named_by_their_address_and_ended(
        self, red: Edition, named: User, abroad: User
    ) -> None:
        reader, client = signed_in(abroad), signed_in(named)
        address, read = f"/en/desk/{red.pk}/readers/", "/en/i/mk/red/1/"
        assert reader.get(read).status_code == 404
        assert client.post(address, {"email": abroad.email.upper()}).status_code == 302
        assert reader.get(read).status_code == 200
        assert Entry.objects.get(verb="name_reader").detail == {"to": str(abroad.actor)}
        assert client.post(f"{address}end/", {"whom": f"u:{abroad.pk}"}).status_code == 302
        assert reader.get(read).status_code == 404

    def test_a_coordinator_who_is_not_named_does_not_name_themselves(self, red: Edition) -> None:
        other = make_person(Role.COORDINATOR, red.instrument.owner)
        assert signed_in(other).get(f"/en/desk/{red.pk}/readers/").status_code == 404
        with pytest.raises(Http404):
            name_reader(other, red.instrument, other.email)
        assert not may(other, Verb.READ, red)

    def test_who_belongs_to_no_institution_is_not_named(self, red: Edition, named: User) -> None:
        nobody, former = make_person(), make_person(Role.PRACTITIONER)
        Membership.objects.filter(user=former).update(ends="2024-01-01")
        client = signed_in(named)
        for email in (nobody.email, former.email, make_person(Role.OPERATOR).email, "no@where.example"):
            page = client.post(f"/en/desk/{red.pk}/readers/", {"email": email})
            assert page.status_code == 422 and "No user with this e-mail address" in page.content.decode()

    def test_the_last_coordinator_stays(self, red: Edition, named: User, abroad: User) -> None:
        first, second = red.instrument.named_readers.order_by("pk")
        name_reader(first, red.instrument, abroad.email)
        end_reader(first, red.instrument, second)
        with pytest.raises(ActionError):
            end_reader(first, red.instrument, first)
        assert may(first, Verb.READ, red)


def test_ending_twice_and_sharing_twice_say_so_or_do_nothing(amber: Edition, coordinator: User) -> None:
    there = make_institution("rs-interior")
    assert share(coordinator, amber.instrument, [there, amber.instrument.owner]) == [there]
    assert share(coordinator, amber.instrument, [there]) == []
    assert Entry.objects.filter(verb="share").count() == 1
    end_sharing(coordinator, amber.instrument, there)
    with pytest.raises(ActionError):
        end_sharing(coordinator, amber.instrument, there)
