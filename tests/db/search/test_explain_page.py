"""How a search was understood: a page for operators alone, that shows them no text they may not read."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.models import Entry
from documents.choices import Classification
from people.roles import Role
from search.outbox import drain
from tests.support.factories import make_in_force, make_institution, make_person, make_tree
from tests.support.html import PageClient
from tests.support.search.library import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


def test_operators_see_why_and_nothing_that_they_may_not_read() -> None:
    page = reverse("saved:explain", urlconf="config.urls_office")
    tree = make_tree("en", "Open", [(1, "Shelter for victims", "The shelter opens at once.")])
    make_in_force(slug="open", languages=("en",), tree=tree)
    owner = make_institution("rs-coordinator")
    tree = make_tree("en", "Closed", [(1, "Zxkestrel shelter", "Zxkestrel.")])
    closed = make_in_force(
        slug="closed", languages=("en",), owner=owner, tree=tree,
        classification=Classification.TLP_AMBER_STRICT,
    )  # fmt: skip
    drain()
    insider = make_person(Role.PRACTITIONER, owner)
    asked = {"query": "who gives shelter", "email": "", "language": "en"}
    for role in Role:
        client = PageClient()
        client.force_login(make_person(role))
        expected = 200 if role == Role.OPERATOR else 404
        assert client.get(page).status_code == client.post(page, asked).status_code == expected, role
    assert PageClient().get(page).status_code == 302
    assert PageClient().get(page, headers={"host": "public.test"}).status_code == 404
    operator = PageClient()
    operator.force_login(make_person(Role.OPERATOR))
    found = plain(operator.post(page, asked).content.decode())
    assert "Shelter for victims" in found and "1 result" in found and "(give)" in found
    address = operator.post(page, asked | {"query": "/en/search/?q=zyxw&status=all"})
    assert "0 results" in plain(address.content.decode())
    theirs = operator.post(page, asked | {"email": insider.email}).content.decode()
    assert "1 result" in plain(theirs) and "Shelter for victims" in plain(theirs) and "inst:" in theirs
    assert "Zxkestrel" not in theirs and f"/{closed.instrument.slug}/" not in theirs
    slip = operator.post(page, asked | {"email": insider.email, "query": "zxkestral"}).content.decode()
    assert "0 results" in plain(slip) and "zxkestrel" not in slip.lower()
    entries = Entry.objects.filter(verb="explain_search", thing=f"user:{insider.pk}")
    assert [one.detail for one in entries] == [{}, {}]
    for wrong, said in (
        ({"email": "nobody@x.example"}, "Nobody has this"),
        ({"query": ""}, "required"),
        ({"language": "xx"}, "xx"),
    ):
        answer = operator.post(page, asked | wrong)
        assert answer.status_code == 400 and said in answer.content.decode()
