"""The trail's page in words: whatever an entry tells of, the page opens."""

from __future__ import annotations

import csv
import html
import io
import json
import uuid
from datetime import date
from typing import Any

import pytest

import audit
from audit import details, labels
from audit.labels import EntryLabels, Named
from audit.models import Entry
from documents.actions.edit_contacts import ContactData, add_contact, remove_contact, version_of
from documents.models import Contact
from people.models import User
from people.roles import Role
from tests.support.factories import make_person
from tests.support.html import PageClient
from tests.support.reviews import Cast, consult, make_cast, open_review
from workflows.actions.change_procedure import change_procedure, seen_of
from workflows.actions.end_coordination import end_coordination
from workflows.models import Procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def trail_of(user: User, language: str = "en") -> str:
    client = PageClient()
    client.force_login(user)
    answer = client.get(f"/{language}/audit/")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_a_saved_procedure_is_called_by_its_name_and_its_country(cast: Cast) -> None:
    kept = Procedure.objects.order_by("pk")[0]
    own = change_procedure(
        cast.coordinator,
        kept,
        cast.interior.country,
        "The short way",
        kept.stages,
        active=True,
        seen=seen_of(kept),
    )
    for reader in (cast.coordinator, make_person(Role.OPERATOR, cast.interior)):
        page = trail_of(reader)
        assert "The short way" in page and f"Country: {cast.interior.country}" in page
        assert f"procedure:{own.pk}" not in page.replace(f"thing=procedure:{own.pk}", "")


def test_a_number_to_call_is_named_and_one_that_is_gone_is_said_to_be(cast: Cast) -> None:
    names = {"en": "SOS line", "mk": "СОС линија"}
    data = ContactData(names, {}, "+389 2 123 456", date(2026, 1, 1))
    contact = add_contact(cast.coordinator, cast.edition, cast.uids[0], data)
    assert isinstance(contact, Contact)
    assert "SOS line · +389 2 123 456" in trail_of(cast.coordinator)
    assert "СОС линија · +389 2 123 456" in trail_of(cast.coordinator, "mk")
    remove_contact(cast.coordinator, cast.edition, contact, version_of(contact))
    assert "removed since" in trail_of(cast.coordinator)


ODD = ("", "0", "x", "-1", "9" * 18, "9" * 40, str(uuid.UUID(int=7)), "z" * 36, "\u0661\u0662", "1:2")


@pytest.mark.parametrize("name", sorted(labels._kinds))
def test_an_odd_number_of_any_kind_names_nothing_and_breaks_nothing(name: str, cast: Cast) -> None:
    entries = [Entry(thing=f"{name}:{odd}", detail={}) for odd in ODD]
    called = EntryLabels(cast.coordinator, entries)
    assert all(called.thing(entry.thing).words for entry in entries)


ODDITIES: tuple[Any, ...] = (None, True, 7, 1.5, "x", [], [1, None, {"a": [1]}], {"mk": {"a": 1}}, {"": None})


def test_a_detail_of_any_shape_opens_the_page(cast: Cast) -> None:
    keys = [*details.KEYS, *details.OF_KIND, *details.HIDDEN, "unheard_of"]
    keys.remove("reason")  # the words of one are kept beside the trail (audit.notes)
    for odd in ODDITIES:
        audit.record("try", cast.edition, cast.coordinator, **dict.fromkeys(keys, odd))
    for odd in ODDITIES[1:7]:
        last = audit.record("try", cast.edition, cast.coordinator)
        last.detail = odd
        assert EntryLabels(cast.coordinator, [last]).details(odd) == []
    trail_of(cast.coordinator)
    trail_of(cast.coordinator, "sr-cyrl")


def test_what_cannot_be_named_is_shown_as_it_is_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A defect in one room's words closes the trail to nobody, not even one that the database refuses."""

    def broken(user: object, ids: object) -> dict[str, Named]:
        list(User.objects.raw("SELECT nothing FROM nowhere"))
        return {}

    monkeypatch.setitem(labels._kinds, "edition", ("Edition", broken, ""))
    monkeypatch.setitem(labels._values, "number", [lambda text: text[99]])
    audit.record("try", cast.edition, cast.coordinator, number="4")
    page = trail_of(cast.coordinator)
    assert f"Edition {cast.edition.pk}" in page and "Number: 4" in page
    assert "no words for things of the kind edition" in caplog.text


def test_the_file_tells_the_details_as_json(cast: Cast) -> None:
    audit.record("try", "thing:7", cast.coordinator, words="„мк“", done=True, left=None)
    client = PageClient()
    client.force_login(cast.coordinator)
    answer = client.get("/en/audit.csv?thing=thing:7")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert json.loads(rows[0]["detail"]) == {"words": "„мк“", "done": True, "left": None}
    assert "мк" in rows[0]["detail"]


def test_a_submission_is_not_said_to_be_of_another_round_than_its_review(cast: Cast) -> None:
    """Each answer in a consultation may note another text, and a submission is the text after them."""
    review = open_review(cast)
    cast.change(0, "Десет дена.")
    consult(cast, review)
    end_coordination(cast.coordinator, review.stages.get(order=2))
    assert "round" not in Entry.objects.get(verb="submit").detail
    audit.record("submit", cast.edition, cast.coordinator, round=7, sha256="a" * 64)
    page = trail_of(cast.coordinator)
    assert "Round: 1" in page and "Round: 2" not in page and "Round: 7" not in page
