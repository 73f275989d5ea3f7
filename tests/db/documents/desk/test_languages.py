"""The desk across languages: what is not up to date, and what helps to translate it."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.editions.text_storage import store_tree
from documents.models import Section
from tests.support.documents.desk.fixtures import UID, UID2, UID3, As, Desk
from tests.support.factories import make_tree


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
    found = re.search(r"Glossary terms.*?</dl>", html, re.DOTALL)
    assert found and "жртва на трговија со луѓе" in found.group() and "viktimë e trafikimit" in found.group()
    own = as_(desk.drafter).get(desk.section("mk")).content.decode()
    assert "Glossary terms" not in own


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


def cells(html: str) -> list[str]:
    """The states of the table's cells, row by row."""
    table = html[html.index("<tbody>") : html.index("</tbody>")]
    return re.findall(r"<td.*?tstate (t-\w+)", table, re.DOTALL)


def behind(desk: Desk, language: str, uid: str) -> None:
    """Makes a translation older than its original."""
    Section.objects.filter(edition=desk.edition, uid=uid).update(**{f"source_hash_{language}": "0" * 64})


def away(desk: Desk, language: str, uid: str) -> None:
    """Takes a translation away."""
    gone = {f"body_{language}": None, f"heading_{language}": "", f"text_hash_{language}": ""}
    Section.objects.filter(edition=desk.edition, uid=uid).update(**gone)


def test_every_section_stands_with_its_state_in_every_language(desk: Desk, as_: As) -> None:
    behind(desk, "sq", UID2)
    away(desk, "sq", UID3)
    away(desk, "en", UID)
    html = as_(desk.coordinator).get(desk.url("languages/")).content.decode()
    ok, old, no = "t-ok", "t-old", "t-no"
    assert cells(html) == [ok, ok, no, ok, old, ok, ok, no, ok], "in the columns mk, sq, en"
    assert desk.section("sq", UID2) in html and "out of date" in html
    tally = re.findall(r'<ul class="tally".*?</ul>', html, re.DOTALL)
    numbers = [re.findall(r"</svg>(\d+)", one) for one in tally]
    assert numbers == [["3"], ["1", "1", "1"], ["2", "1"]]


def test_what_is_up_to_date_is_left_out_of_the_table_on_demand(desk: Desk, as_: As) -> None:
    behind(desk, "sq", UID)
    away(desk, "en", UID)
    away(desk, "en", UID3)
    client = as_(desk.coordinator)
    counts = {
        query: len(cells(client.get(desk.url(f"languages/{query}")).content.decode())) // 3
        for query in ("", "?open=sq", "?open=en", "?open=any", "?open=mk", "?open=%3Cb%3E")
    }
    assert counts == {"": 3, "?open=sq": 1, "?open=en": 2, "?open=any": 2, "?open=mk": 3, "?open=%3Cb%3E": 3}


def test_when_nothing_is_left_to_translate_the_table_says_so(desk: Desk, as_: As) -> None:
    html = as_(desk.coordinator).get(desk.url("languages/?open=any")).content.decode()
    assert "All sections are up to date." in html and "<tbody>" not in html


def test_a_cell_leads_to_where_its_text_is_written_or_else_read(desk: Desk, as_: As) -> None:
    away(desk, "en", UID2)
    client = as_(desk.translator)
    html = client.get(desk.url("languages/")).content.decode()
    assert desk.section("sq") in html and desk.section("en") not in html and desk.section() not in html
    read = re.findall(r'<a class="cell" href="(/en/i/[^"]*text=en)"', html)
    assert len(read) == 2, "of what is not translated there is nothing to read"
    assert client.get(read[0]).status_code == 200


def test_the_table_asks_the_database_as_often_for_many_sections_as_for_few(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    client.get(desk.url("languages/"))
    asked_for = []
    for number in (3, 60):
        store_tree(
            desk.edition, make_tree("mk", "Текст", [(1, f"Дел {n}", f"Текст {n}.") for n in range(number)])
        )
        with CaptureQueriesContext(connection) as asked:
            html = client.get(desk.url("languages/")).content.decode()
        assert len(cells(html)) == 3 * number
        asked_for.append(len(asked))
    assert asked_for[0] == asked_for[1] <= 20


def test_the_page_of_a_draft_leads_to_the_table(desk: Desk, as_: As, client: Client) -> None:
    assert desk.url("languages/") in as_(desk.translator).get(desk.url()).content.decode()
    assert client.get(desk.url("languages/")).status_code == 302
    assert as_(desk.coordinator).post(desk.url("languages/")).status_code == 405
