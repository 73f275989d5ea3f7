"""The list of documents: what is in it for whom, filters, counts, and how often it asks the database."""

from __future__ import annotations

import pytest
from django.test import Client

from documents.choices import Classification, Kind, Topic
from people.roles import Role
from tests.support.factories import make_draft, make_in_force, make_institution, make_person
from tests.support.html import PageClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def public() -> Client:
    return PageClient(headers={"host": "public.test"})


def member(role: str, institution: str) -> Client:
    return signed_in(make_person(role, make_institution(institution)))


def slugs(client: Client, address: str) -> set[str]:
    page = client.get(address).content.decode()
    return {slug for slug in ("open", "closed", "draft", "abroad") if f'/{slug}/"' in page}


@pytest.fixture
def shelf(db: None) -> None:
    make_in_force(slug="open", kind=Kind.STRATEGY, topics=[Topic.ASYLUM])
    make_in_force(slug="closed", classification=Classification.OFFICIAL)
    make_draft(slug="draft")
    make_in_force(slug="abroad", owner=make_institution("al-interior"), topics=[Topic.CHILDREN])


def test_each_reader_sees_what_is_for_them_and_nothing_is_counted_beyond(shelf: None, public: Client) -> None:
    assert slugs(public, "/en/library/") == {"open", "abroad"}
    assert "2 documents" in public.get("/en/library/").content.decode()
    practitioner = member(Role.PRACTITIONER, "mk-interior")
    assert slugs(practitioner, "/en/library/") == {"open", "closed", "abroad"}
    drafter = member(Role.DRAFTER, "mk-coordinator")
    assert slugs(drafter, "/en/library/") == {"open", "closed", "draft", "abroad"}
    assert member(Role.OPERATOR, "mk-coordinator").get("/en/library/").status_code == 200


def test_filters_narrow_and_count_under_each_other(shelf: None, public: Client) -> None:
    assert slugs(public, "/en/library/?country=al") == {"abroad"}
    assert slugs(public, "/en/library/?kind=strategy") == {"open"}
    assert slugs(public, "/en/library/?topic=children") == {"abroad"}
    assert slugs(public, "/en/library/?topic=nonsense&page=99") == set()
    page = public.get("/en/library/?country=al").content.decode()
    assert "Strategy (1)" not in page and "Standard operating procedures (1)" in page


def test_a_country_has_its_own_page_and_one_without_texts_has_none(shelf: None, public: Client) -> None:
    assert slugs(public, "/en/library/i/mk/") == {"open"}
    make_in_force(
        slug="hidden", owner=make_institution("xk-interior"), classification=Classification.OFFICIAL
    )
    assert public.get("/en/library/i/xk/").status_code == 404
    assert public.get("/en/library/i/zz/").status_code == 404


def test_the_footnote_goes_with_the_country(public: Client) -> None:
    owner = make_institution("xk-interior")
    owner.country.name_en, owner.country.footnote_en = "Kosovo*", "* This designation is without prejudice."
    owner.country.save()
    make_in_force(slug="open", owner=owner)
    page = public.get("/en/library/").content.decode()
    assert "Kosovo*" in page and "* This designation is without prejudice." in page


def test_the_number_of_queries_does_not_grow_with_the_shelf(
    public: Client, django_assert_num_queries: object
) -> None:
    for number in range(3):
        make_in_force(slug=f"text-{number}")
    with django_assert_num_queries(1):  # type: ignore[operator]
        public.get("/en/library/")
    for number in range(3, 9):
        make_in_force(slug=f"text-{number}")
    with django_assert_num_queries(1):  # type: ignore[operator]
        public.get("/en/library/")


def test_the_library_stands_in_the_bar_of_those_who_are_signed_in() -> None:
    page = member(Role.PRACTITIONER, "mk-interior").get("/en/library/").content.decode()
    assert '<a href="/en/library/" aria-current="page">Library</a>' in page
