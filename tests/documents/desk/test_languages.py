"""The desk across languages: what is not up to date, and what helps to translate it."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import Section
from documents.texts import store_tree
from people.models import User
from tests.documents.desk.conftest import UID, UID2, Desk
from tests.factories import make_tree

As = Callable[[User], Client]


def test_what_is_not_up_to_date_in_a_language_is_shown_alone(desk: Desk, as_: As) -> None:
    Section.objects.filter(edition=desk.edition, uid=UID2).update(text_hash_mk="0" * 64)
    html = as_(desk.coordinator).get(desk.url()).content.decode()
    assert "?open=sq#outline" in html and html.count("data-uid=") == 3
    only = as_(desk.coordinator).get(desk.url("?open=sq")).content.decode()
    assert only.count("data-uid=") == 1 and f'data-uid="{UID2}"' in only
    assert "data-movable" not in only, "in a part of the outline nothing is moved"
    assert as_(desk.coordinator).get(desk.url("?open=xx")).content.decode().count("data-uid=") == 3
    assert as_(desk.stranger).get(desk.url("?open=sq")).status_code == 404


def test_the_glossarys_terms_in_the_original_stand_beside_the_translation(desk: Desk, as_: As) -> None:
    words = "Секоја жртва на трговија со луѓе има старател."
    store_tree(desk.edition, make_tree("mk", "Текст", [(1, "Заштита", words)], [UID]))
    html = as_(desk.translator).get(desk.section("sq")).content.decode()
    found = re.search(r"Terms of the glossary.*?</dl>", html, re.DOTALL)
    assert found and "жртва на трговија со луѓе" in found.group() and "viktimë e trafikimit" in found.group()
    own = as_(desk.drafter).get(desk.section("mk")).content.decode()
    assert "Terms of the glossary" not in own


def test_a_draft_asks_the_database_as_often_for_many_sections_as_for_few(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    client.get(desk.url())
    counts = []
    for number in (3, 40):
        store_tree(
            desk.edition, make_tree("mk", "Текст", [(1, f"Дел {n}", f"Текст {n}.") for n in range(number)])
        )
        with CaptureQueriesContext(connection) as asked:
            assert client.get(desk.url()).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
