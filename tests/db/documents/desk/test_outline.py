"""The outline's page: sections moved, added, removed."""

from __future__ import annotations

import pytest

from documents.actions.edit_outline import fingerprint, outline_of, set_level
from documents.models import Edition, Section
from tests.support.documents.desk.fixtures import UID, UID3, As, Desk


def order(edition: Edition) -> list[tuple[str, int]]:
    return [(node.uid[-1], node.level) for node in outline_of(edition)]


def test_buttons_move_a_section(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    answer = client.post(desk.url("outline/"), {"do": f"up {UID3}", "expected": fingerprint(desk.edition)})
    assert answer["Location"] == f"{desk.url()}?at={UID3}&did=up"
    assert order(desk.edition) == [("2", 1), ("0", 1), ("1", 2)]
    assert desk.row(UID3).label_mk == "1"


def test_a_drop_moves_a_section(desk: Desk, as_: As) -> None:
    data = {"uid": UID3, "target": UID, "place": "inside", "expected": fingerprint(desk.edition)}
    as_(desk.drafter).post(desk.url("outline/"), data)
    assert order(desk.edition) == [("0", 1), ("2", 2), ("1", 2)]


def test_a_move_from_an_outline_that_is_gone_is_told(desk: Desk, as_: As) -> None:
    old = fingerprint(desk.edition)
    client = as_(desk.drafter)
    client.post(desk.url("outline/"), {"do": f"up {UID3}", "expected": old})
    before = order(desk.edition)
    answer = client.post(desk.url("outline/"), {"do": f"down {UID}", "expected": old}, follow=True)
    # The first one may have become impossible by the first move: either is told, neither changes anything.
    assert 'class="note note-bad"' in answer.content.decode()
    # At the top of the page, where the message is, not at the section.
    assert answer.redirect_chain == [(desk.url(), 302)]
    assert order(desk.edition) == before


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"do": "up"},
        {"do": "sideways " + UID},
        {"do": "up nobody"},
        {"uid": UID, "target": UID, "place": "after"},
        {"uid": UID, "target": "x", "place": "y"},
    ],
)
def test_a_move_to_nowhere_changes_nothing(desk: Desk, as_: As, data: dict[str, str]) -> None:
    before = order(desk.edition)
    answer = as_(desk.drafter).post(desk.url("outline/"), data | {"expected": fingerprint(desk.edition)})
    assert answer.status_code == 302
    assert order(desk.edition) == before


def test_a_new_section_opens_for_writing(desk: Desk, as_: As) -> None:
    data = {
        "after": UID,
        "place": "inside",
        "kind": "step",
        "heading_mk": "Нов чекор",
        "expected": fingerprint(desk.edition),
    }
    answer = as_(desk.drafter).post(desk.url("add/"), data)
    made = Section.objects.get(heading_mk="Нов чекор")
    assert answer["Location"] == desk.section("mk", str(made.uid))
    assert (made.position, made.level, made.label_mk) == (1, 2, "1.1")


def test_a_new_section_needs_its_heading(desk: Desk, as_: As) -> None:
    data = {
        "after": UID,
        "place": "beside",
        "kind": "section",
        "heading_mk": " ",
        "expected": fingerprint(desk.edition),
    }
    assert as_(desk.drafter).post(desk.url("add/"), data).status_code == 422
    assert Section.objects.filter(edition=desk.edition).count() == 3


def test_removing_names_what_goes_along(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    page = client.get(desk.url(f"remove/{UID}/")).content.decode()
    assert "These 2 sections" in page and "Цел" in page and "Постапка" not in page
    client.post(desk.url(f"remove/{UID}/"), {"expected": "not this outline"})
    assert Section.objects.filter(edition=desk.edition).count() == 3
    client.post(desk.url(f"remove/{UID}/"), {"expected": fingerprint(desk.edition)})
    assert order(desk.edition) == [("2", 1)]


@pytest.mark.parametrize(("had", "labels"), [("", ["1", "", "2"]), ("1.1", ["1", "1.1", "2"])])
def test_a_section_without_a_heading_has_a_number_only_where_the_file_gave_it_one(
    desk: Desk, had: str, labels: list[str]
) -> None:
    second = outline_of(desk.edition)[1].uid
    for column in ("heading", "label"):
        empty = {f"{column}_{language}": "" for language in desk.edition.instrument.languages}
        Section.objects.filter(edition=desk.edition, uid=second).update(**empty)
    Section.objects.filter(edition=desk.edition, uid=second).update(label_mk=had)
    set_level(desk.drafter, desk.edition, UID3, 2, fingerprint(desk.edition))
    set_level(desk.drafter, desk.edition, UID3, 1, fingerprint(desk.edition))
    found = Section.objects.filter(edition=desk.edition).order_by("position")
    assert [row.label_mk for row in found] == labels
