"""What one may not read is not found, counted, quoted or named, on both engines."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from documents.actions.classify import change_classification
from documents.choices import Classification
from documents.models import Edition
from people.actions.invite import enter_role
from people.models import Grant, Membership, User
from people.roles import Role, Verb
from search.factory import engine
from search.outbox import drain
from search.pages.params import parse_params
from search.pages.service import query_of, reader_for
from tests.support.factories import (
    make_draft,
    make_in_force,
    make_institution,
    make_person,
    make_tree,
    narrow,
)
from tests.support.search.leaks import fetch, total
from tests.support.search.leaks import site_engine as site_engine
from tests.support.tampering import unguarded

pytestmark = pytest.mark.django_db

ALL = "status=all"


@pytest.fixture
def cast() -> dict[str, User | None]:
    """A person of every kind that the rules tell apart; None is the public host."""
    owner = make_institution("mk-coordinator")
    interior = make_institution("mk-interior")
    abroad = make_institution("al-interior")
    return {
        "coordinator": make_person(Role.COORDINATOR, owner),
        "drafter": make_person(Role.DRAFTER, owner),
        "practitioner": make_person(Role.PRACTITIONER, owner),
        "translator": make_person(Role.TRANSLATOR, owner, languages=["sq"]),
        "publisher": make_person(Role.PUBLISHER, owner),
        "operator": make_person(Role.OPERATOR, owner),
        "reviewer elsewhere": make_person(Role.REVIEWER, interior),
        "practitioner elsewhere": make_person(Role.PRACTITIONER, interior),
        "partner abroad": make_person(Role.REGIONAL_PARTNER, abroad),
        "coordinator abroad": make_person(Role.COORDINATOR, abroad),
        "nobody in particular": make_person(),
        "superuser": make_person(is_superuser=True),
        "the public": None,
    }


def make_texts() -> list[Edition]:
    """Two texts of each classification, in force and draft, each with a word of its own."""
    made = []
    for make in (make_in_force, make_draft):
        for classification in Classification.values:
            slug = f"{make.__name__.replace('_', '-')}-{classification.replace('_', '-')}"
            tree = make_tree("en", "Title", [(1, f"Heading {slug}", "Common word.")])
            edition = make(slug=slug, languages=("en",), tree=tree, classification=classification)
            if make is make_draft:
                with unguarded():
                    Grant.objects.create(
                        institution=make_institution("mk-interior"),
                        key=f"ed:{edition.pk}",
                        verb=Verb.COMMENT,
                        reason="review",
                    )
            made.append(edition)
    return made


def counts(page: str, facet: str) -> list[int]:
    """The numbers beside the values of a filter."""
    block = re.search(rf'id="fac-{facet}".*?</section>', page, re.DOTALL)
    return (
        [int(number) for number in re.findall(r'<span class="num">(\d+)</span>', block[0])] if block else []
    )


def test_everybody_finds_and_counts_what_they_may_read_and_nothing_else(
    site_engine: str, cast: dict[str, User | None]
) -> None:
    texts = make_texts()
    drain()
    for who, person in cast.items():
        allowed = {
            edition.instrument.slug
            for edition in Edition.objects.visible_to(person).select_related("instrument")
            if edition.instrument.classification != Classification.TLP_RED
        }
        page = fetch(person, f"q=common&{ALL}")
        named = {
            edition.instrument.slug
            for edition in texts
            if f"Heading {edition.instrument.slug}" in page.replace("<mark>", "")
        }
        # Three documents of several are on a page in full; the numbers are of all.
        assert named <= allowed, f"{who} is shown {named - allowed}"
        assert total(page) == len(allowed), who
        for facet in ("status", "country", "kind", "language"):
            assert sum(counts(page, facet)) == len(allowed), f"{who}: {facet}"
        reader = reader_for(person or AnonymousUser(), "en")
        for slug in (edition.instrument.slug for edition in texts):
            query = f'q="Heading {slug}"&{ALL}'
            found = {
                hit.document.slug
                for side in ("", "&abroad=1")
                for hit in engine().search(query_of(parse_params(QueryDict(query + side)), reader)).hits
            }
            assert found <= allowed and (slug in found) == (slug in allowed), f"{who}: {slug}"
            # What is not found is not said on the page in any other way.
            if who in ("the public", "operator", "practitioner elsewhere") and slug not in allowed:
                assert f"/i/mk/{slug}/" not in fetch(person, query), f"{who}: {slug}"


def test_what_has_some_of_the_words_is_under_the_same_rights(
    site_engine: str, cast: dict[str, User | None]
) -> None:
    """Not even how rare a word is: what closed texts have changes nothing in what others are shown."""
    texts = make_texts()
    tree = make_tree("en", "Title", [(1, "Kestrel", "Common kestrel.")])
    make_in_force(slug="open-one", languages=("en",), tree=tree, classification=Classification.PUBLIC)
    drain()
    for who, person in cast.items():
        readable = {one.instrument.slug for one in Edition.objects.visible_to(person)}
        page = fetch(person, f"q=common+kestrel&{ALL}")
        named = {one.instrument.slug for one in texts if f"/i/mk/{one.instrument.slug}/" in page}
        assert "/i/mk/open-one/" in page, who
        assert named <= readable, f"{who} is shown {named - readable}"


def test_filters_and_addresses_tell_nothing_of_what_is_closed(
    site_engine: str, cast: dict[str, User | None]
) -> None:
    closed = make_in_force(slug="closed-one", classification=Classification.TLP_AMBER_STRICT)
    drain()
    title = closed.title_in("mk")
    for query in (
        "in=mk/closed-one&q=",
        f"in=mk/closed-one&{ALL}",
        f"q=Title&{ALL}",
        f"country=mk&{ALL}",
        "kind=sop&status=in_force&q=-x",
        f"q=xyzzy+Title&{ALL}",
    ):
        page = fetch(cast["practitioner elsewhere"], query)
        assert title not in page, query
        assert total(page) == 0, query
        assert "/i/mk/closed-one" not in page, query
        for facet in ("status", "country", "kind", "language", "topic", "in"):
            assert sum(counts(page, facet)) == 0, f"{query}: {facet}"


def test_a_right_that_ended_finds_nothing_at_the_next_request(
    cast: dict[str, User | None], search_index: object
) -> None:
    make_in_force(classification=Classification.OFFICIAL)
    drain()
    reader = cast["practitioner"]
    assert total(fetch(reader, "q=Title")) > 0
    assert reader is not None
    Membership.objects.filter(user=reader).update(ends="2021-01-01")
    enter_role(reader, make_institution("al-interior"), Role.PRACTITIONER)
    assert total(fetch(reader, "q=Title")) == 0


def test_a_text_that_was_tightened_is_not_found_before_the_index_has_caught_up(
    site_engine: str, cast: dict[str, User | None]
) -> None:
    edition = make_in_force()
    drain()
    assert total(fetch(cast["the public"], "q=Title")) > 0
    coordinator = make_person(Role.COORDINATOR, edition.instrument.owner)
    change_classification(coordinator, edition.instrument, Classification.TLP_AMBER_STRICT, "a name in it")
    page = fetch(cast["the public"], "q=Title")
    assert total(page) == 0
    assert sum(counts(page, "country")) == 0
    drain()
    assert total(fetch(cast["the public"], "q=Title")) == 0
    assert total(fetch(cast["coordinator"], "q=Title")) > 0


def test_an_index_that_says_too_much_is_not_believed(
    search_index: object, cast: dict[str, User | None]
) -> None:
    """The database has the last word on what is shown, should an index ever be restored from yesterday."""
    edition = make_in_force()
    drain()
    narrow(Classification.TLP_AMBER_STRICT, edition.instrument)
    page = fetch(cast["the public"], "q=Title")
    assert "<article" not in page
    assert "/i/mk/" not in page
