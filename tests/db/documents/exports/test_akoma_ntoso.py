"""An edition as Akoma Ntoso, on both hosts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from documents.choices import Classification
from documents.text.akoma_ntoso import NS
from people.roles import Role
from tests.support.documents.exports.akoma_ntoso import problems, words_in
from tests.support.factories import make_draft, make_in_force, make_person
from tests.support.html import PageClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return PageClient(headers={"host": "public.test"})


def found(data: bytes, path: str) -> Any:
    assert not problems(data)
    return etree.fromstring(data).xpath(path, namespaces={"a": NS})


def test_each_language_is_a_valid_file_of_its_own(reader: Client) -> None:
    edition = make_in_force(date(2024, 1, 1), languages=["mk", "sq", "en"])
    answer = reader.get("/mk/library/i/mk/sop/1.akn")
    assert answer.headers["Content-Type"] == "application/akn+xml"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mk-sop-1-mk.akn"'
    assert [words_in(one) for one in found(answer.content, "//a:mainBody/a:section/a:heading")] == [
        "Општо",
        "Постапка",
    ]
    address = found(answer.content, "//a:FRBRalias")[0].get("value")
    assert address == "http://public.test/mk/library/i/mk/sop/1/"
    translated = reader.get("/mk/library/i/mk/sop/1.akn?text=sq").content
    assert found(translated, "//a:FRBRtranslation")[0].get("fromLanguage") == "mk"
    assert found(translated, "//a:FRBRauthoritative")[0].get("value") == "false"
    page = reader.get("/mk/library/i/mk/sop/1/").content.decode()
    assert 'href="/mk/library/i/mk/sop/1.akn"' in page and 'href="/mk/library/i/mk/sop/1.json"' in page
    office = signed_in(make_person(Role.COORDINATOR, edition.instrument.owner))
    assert found(office.get("/mk/i/mk/sop/1.akn").content, "//a:docTitle")[0].text == "Title mk"


def test_no_text_that_is_closed_goes_out(reader: Client) -> None:
    amber = make_in_force(slug="amber", classification=Classification.TLP_AMBER)
    make_draft(slug="draft", owner=amber.instrument.owner)
    for slug in ("amber", "draft"):
        assert reader.get(f"/mk/library/i/mk/{slug}/1.akn").status_code == 404
    member = signed_in(make_person(Role.COORDINATOR, amber.instrument.owner))
    assert member.get("/mk/i/mk/draft/1.akn").status_code == 200
    assert member.post("/mk/i/mk/draft/1.akn").status_code == 405
