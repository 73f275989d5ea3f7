"""Of which original a translation counts as made: what its page showed, what was put in since, what the
original is set back to."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from documents.actions.decide_suggestions import accept
from documents.actions.find_translation_source import UNREAD, whole
from documents.actions.save_section import save_section
from documents.choices import Translation
from documents.editions.text_storage import load_outline, text_columns
from documents.models import Section, SectionChange
from documents.text import body_text
from tests.support.documents.desk.fixtures import UID, UID2, As, Desk, post_json
from tests.support.factories import beside, body
from tests.support.returned_files import suggest

NOTHING: dict[str, Any] = {"heading": [], "blocks": [], "notes": {}}


def put(desk: Desk, uid: str, language: str, heading: str, words: str) -> None:
    sha256 = getattr(desk.row(uid), f"text_hash_{language}") or ""
    seen = beside(desk.edition, uid)
    save_section(desk.drafter, desk.edition, uid, language, body(heading, words), sha256, seen=seen)


def state(desk: Desk) -> Translation:
    return next(row.state for row in load_outline(desk.edition, "sq") if str(row.uid) == UID)


def piece(words: str) -> dict[str, Any]:
    return NOTHING | {"blocks": body("", words)["blocks"]}


def put_in(desk: Desk, old: str, new: str) -> None:
    """A suggestion from Word changes these words of the translation."""
    accept(desk.drafter, suggest(desk.drafter, desk.edition, UID, "sq", piece(old), piece(new)))


def untranslated(desk: Desk) -> None:
    Section.objects.filter(edition=desk.edition, uid=UID).update(
        body_sq=None, text_hash_sq="", source_hash_sq="", heading_sq=""
    )


@pytest.fixture
def term(desk: Desk) -> Desk:
    """An original that says 2, and its translation."""
    put(desk, UID, "mk", "Еден", "Рок 2.")
    put(desk, UID, "sq", "Një", "Afati 2.")
    return desk


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"\s+value="([^"]*)"', page)
    assert found
    return found[1]


def test_a_save_as_json_counts_as_made_from_the_original_that_was_shown(term: Desk, as_: As) -> None:
    client = as_(term.translator)
    page = client.get(term.section("sq")).content.decode()
    shown = field(page, "source")
    assert shown == term.row().text_hash_mk
    put(term, UID, "mk", "Еден", "Рок 9.")
    data = {"body": body("Një", "Afati 2!"), "expected": field(page, "expected"), "source": shown}
    answer = post_json(client, term.section("sq"), data).json()
    assert answer["older"] and "so the translation is out of date" in answer["message"]
    assert "Open the page again" in answer["message"]
    assert state(term) == Translation.STALE and term.row().source_hash_sq == shown
    # However often one saves beside that original.
    data |= {"body": body("Një", "Afati 2?"), "expected": answer["hash"]}
    assert post_json(client, term.section("sq"), data).json()["older"] and state(term) == Translation.STALE
    # Opened again, it shows what changed, and a save is a save beside that.
    page = client.get(term.section("sq")).content.decode()
    assert "Changes since the translation" in page
    data |= {"body": body("Një", "Afati 9."), "expected": field(page, "expected")}
    data |= {"source": field(page, "source")}
    assert not post_json(client, term.section("sq"), data).json()["older"]
    assert state(term) == Translation.CURRENT


def test_a_save_by_form_counts_so_too(term: Desk, as_: As) -> None:
    client = as_(term.translator)
    page = client.get(term.section("sq")).content.decode()
    put(term, UID, "mk", "Еден", "Рок 9.")
    data = {
        "body": json.dumps(body("Një!")),
        "expected": field(page, "expected"),
        "source": field(page, "source"),
    }
    said = client.post(term.section("sq"), data, follow=True).content.decode()
    assert "so the translation is out of date" in said and "Changes since the translation" in said
    assert state(term) == Translation.STALE
    data = {
        "body": json.dumps(body("Një")),
        "expected": field(said, "expected"),
        "source": field(said, "source"),
    }
    said = client.post(term.section("sq"), data, follow=True).content.decode()
    assert "so the translation is out of date" not in said and state(term) == Translation.CURRENT


@pytest.mark.parametrize("shown", [None, "", 7, "x" * 64, "\x00", "0" * 64, "\ud800"])
def test_an_original_that_never_was_says_nothing(term: Desk, as_: As, shown: object) -> None:
    data = {"body": body("Një", "Afati 3."), "expected": term.row().text_hash_sq, "source": shown}
    answer = post_json(as_(term.translator), term.section("sq"), data)
    assert answer.status_code == 200 and answer.json()["older"]
    assert term.row().source_hash_sq == "" and state(term) == Translation.STALE
    # Nor does the text of another section.
    other = whole(term.row(UID2).text_hash_mk)
    save_section(
        term.translator, term.edition, UID, "sq", body("Një", "Afati 4."), term.row().text_hash_sq, seen=other
    )
    assert term.row().source_hash_sq == ""


def test_who_changes_nothing_beside_an_older_original_takes_nothing_from_who_looked(
    term: Desk, as_: As
) -> None:
    shown = term.row().text_hash_mk
    put(term, UID, "mk", "Еден", "Рок 9.")
    put(term, UID, "sq", "Një", "Afati 9.")
    data = {"body": term.row().body_sq, "expected": term.row().text_hash_sq, "source": shown}
    assert not post_json(as_(term.translator), term.section("sq"), data).json()["older"]
    assert state(term) == Translation.CURRENT


def test_a_conflict_keeps_the_original_that_was_shown(term: Desk, as_: As) -> None:
    client = as_(term.translator)
    page = client.get(term.section("sq")).content.decode()
    put(term, UID, "sq", "Një", "Afati 2, e saktë.")
    put(term, UID, "mk", "Еден", "Рок 9.")
    data = {
        "body": json.dumps(body("Një!")),
        "expected": field(page, "expected"),
        "source": field(page, "source"),
    }
    answer = client.post(term.section("sq"), data)
    conflict = answer.content.decode()
    assert answer.status_code == 409 and field(conflict, "source") == field(page, "source")
    mine = body("Një!", "Afati 2.")
    data = {"body": json.dumps(mine)} | {f"part-{number}": "write" for number in range(5)}
    data |= {name: field(conflict, name) for name in ("expected", "source", "base")}
    merged = client.post(term.section("sq") + "merge/", data).content.decode()
    assert field(merged, "source") == field(page, "source")
    assert "The original changed while you were editing" in merged
    assert "the translation is marked as up to date" not in merged
    assert "Changes since the translation" in merged
    sent = {"body": mine} | {name: field(merged, name) for name in ("expected", "source")}
    assert post_json(client, term.section("sq"), sent).json()["older"]
    assert state(term) == Translation.STALE


def test_an_older_translation_that_was_changed_stays_older_when_the_original_goes_back(term: Desk) -> None:
    put(term, UID, "mk", "Еден", "Рок 9.")
    put_in(term, "Afati 2.", "Afati 9.")
    assert term.row().source_hash_sq  # what changed since can still be shown
    put(term, UID, "mk", "Еден", "Рок 2.")
    assert "Afati 9." in body_text(term.row().body_sq) and state(term) == Translation.STALE
    assert term.row().source_hash_sq == ""


def test_so_it_does_where_the_earlier_text_is_put_back_on_its_page(term: Desk, as_: As) -> None:
    put(term, UID, "mk", "Еден", "Рок 9.")
    put_in(term, "Afati 2.", "Afati 9.")
    two = SectionChange.objects.filter(edition=term.edition, uid=UID, language="mk").order_by("id")[0]
    data = {"expected": term.row().text_hash_mk}
    assert as_(term.drafter).post(term.section("mk") + f"earlier/{two.pk}/", data).status_code == 302
    assert "Рок 2." in body_text(term.row().body_mk) and state(term) == Translation.STALE


def test_so_it_does_where_a_file_changed_a_part(desk: Desk) -> None:
    def save(language: str, *words: str, **more: Any) -> None:
        sha256 = getattr(desk.row(), f"text_hash_{language}")
        more = more or {"seen": beside(desk.edition, UID)}
        save_section(desk.drafter, desk.edition, UID, language, body("Еден", *words), sha256, **more)

    save("mk", "Рок 2.", "Суд.")
    save("sq", "Afati 2.", "Gjykata.")
    save("mk", "Рок 9.", "Болница.")
    save("sq", "Afati 9.", "Gjykata.", seen=UNREAD)
    save("mk", "Рок 2.", "Суд.")
    assert state(desk) == Translation.STALE


def test_a_translation_that_nobody_changed_is_up_to_date_when_the_original_goes_back(term: Desk) -> None:
    for _again in range(2):
        put(term, UID, "mk", "Еден", "Рок 9.")
        assert state(term) == Translation.STALE
        put(term, UID, "mk", "Еден", "Рок 2.")
        assert state(term) == Translation.CURRENT


def test_where_the_log_does_not_say_when_the_original_was_changed_it_counts_as_older(term: Desk) -> None:
    two = term.row().body_mk
    # As in an edition whose translation was older from the beginning.
    other = text_columns("mk", body("Еден", "Рок 9."))
    Section.objects.filter(edition=term.edition, uid=UID).update(**other)
    term.save("mk", two)
    assert state(term) == Translation.STALE and term.row().source_hash_sq == ""


@pytest.mark.parametrize("after", [piece("Vetëm kjo."), NOTHING | {"heading": body("Një")["heading"]}])
def test_nor_does_a_suggestion(desk: Desk, after: dict[str, Any]) -> None:
    untranslated(desk)
    accept(desk.drafter, suggest(desk.drafter, desk.edition, UID, "sq", NOTHING, after))
    assert desk.row().text_hash_sq and state(desk) == Translation.STALE


def test_the_page_says_why_a_translation_is_older(term: Desk, as_: As) -> None:
    changed = "This translation is out of date: the original has changed."
    put_back = "or an earlier version was restored"
    put(term, UID, "mk", "Еден", "Рок 9.")
    page = as_(term.drafter).get(term.section("sq")).content.decode()
    assert changed in page and put_back not in page
    Section.objects.filter(edition=term.edition, uid=UID).update(source_hash_sq="")
    page = as_(term.drafter).get(term.section("sq")).content.decode()
    assert changed not in page and put_back in page
