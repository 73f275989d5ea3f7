"""A section through all its editions: what each did to it, who approved that, and who may see it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.actions.start_revision import start_revision
from documents.choices import Classification
from documents.editions.text_storage import store_tree
from documents.models import Edition
from people.roles import Role
from tests.support.documents.reading.pages import FIRST, SECOND, supersede
from tests.support.factories import make_in_force, make_institution, make_person, make_tree
from tests.support.html import PageClient, signed_in

pytestmark = pytest.mark.django_db


def address(edition: Edition, uid: str = SECOND, prefix: str = "i") -> str:
    return f"/en/{prefix}/{edition.instrument.path}/s/{uid}/editions/?text=mk"


def test_each_edition_says_what_it_did_and_who_approved_it() -> None:
    first = make_in_force(classification=Classification.OFFICIAL)
    second = supersede(first, date(2025, 1, 1))
    coordinator = make_person(Role.COORDINATOR, first.instrument.owner)
    draft = start_revision(coordinator, second)
    store_tree(draft, make_tree("mk", "Процедури", ((1, "Општо", "Текст."), (2, "Цел", "Целта е друга."))))
    html = signed_in(coordinator).get(address(first)).content.decode()
    assert [html.index(f'id="e-{number}"') for number in (3, 2, 1)] == sorted(
        html.index(f'id="e-{number}"') for number in (1, 2, 3)
    ), "the newest first"
    assert re.search(r"<del[^>]*>Целта\.</del>", html) and re.search(r"<ins[^>]*>Целта е друга\.</ins>", html)
    assert "same text as in edition 1" in html and "added" in html
    assert "no. 2 of 1 January 2025" in html and "no. 41-1/24" in html
    assert "Not approved." in html
    reader = signed_in(make_person(Role.PRACTITIONER, first.instrument.owner))
    seen = reader.get(address(first)).content.decode()
    assert "е друга" not in seen and 'id="e-3"' not in seen, "a draft is for those who work on it"
    assert "In all editions" in reader.get(f"/en/i/{first.instrument.path}/2/s/{SECOND}/").content.decode()


def test_who_may_not_read_the_document_finds_nothing() -> None:
    public = PageClient(headers={"host": "public.test"})
    closed = make_in_force(classification=Classification.OFFICIAL)
    stranger = signed_in(make_person(Role.PRACTITIONER, make_institution("rs-police", "rs")))
    assert stranger.get(address(closed)).status_code == 404
    assert public.get(address(closed, prefix="library/i")).status_code == 404
    member = signed_in(make_person(Role.PRACTITIONER, closed.instrument.owner))
    assert member.get(address(closed, "00000000-0000-4000-8000-00000000ffff")).status_code == 404
    assert member.post(address(closed)).status_code == 405


def test_the_public_reads_it_too_with_the_acts_alone() -> None:
    public = PageClient(headers={"host": "public.test"})
    first = make_in_force()
    second = supersede(first, date(2025, 1, 1))
    answer = public.get(address(first, FIRST, "library/i"))
    assert answer.status_code == 200 and "no. 41-1/24" in answer.content.decode()
    assert "Agreed in the review" not in answer.content.decode()
    reader = signed_in(make_person(Role.PRACTITIONER, first.instrument.owner))
    reader.get(address(first))
    with CaptureQueriesContext(connection) as few:
        reader.get(address(first))
    for year in (2026, 2027, 2028):
        second = supersede(second, date(year, 1, 1))
    with CaptureQueriesContext(connection) as many:
        reader.get(address(first))
    assert len(many) == len(few), "as many queries for five editions as for two"
