"""What stands next to a section's text: where to go next, and what the draft changes."""

from __future__ import annotations

import pytest

from documents.actions.assign import assign
from documents.actions.start_revision import start_revision
from documents.comparison.summary import FactKind, summarise
from documents.pages.desk.rendering import section_change
from documents.text import normalise_body
from tests.support.documents.desk.fixtures import UID, UID2, UID3, As, Desk
from tests.support.factories import body, put_in_force


def next_of(client, url: str) -> str:
    waiting = client.get(url).context["waiting"]
    return waiting["url"] if waiting else ""


def test_next_leads_to_the_section_that_waits_and_starts_again_at_the_top(desk: Desk, as_: As) -> None:
    client = as_(desk.translator)
    assert next_of(client, desk.section("sq")) == ""
    desk.save("mk", body("Општо", "Сменето."), UID)
    desk.save("mk", body("Постапка", "Сменето."), UID3)
    assert next_of(client, desk.section("sq")) == desk.section("sq", UID3)
    assert next_of(client, desk.section("sq", UID2)) == desk.section("sq", UID3)
    assert next_of(client, desk.section("sq", UID3)) == desk.section("sq")
    html = client.get(desk.section("sq")).content.decode()
    assert "Next to do:" in html and "Next section" in html


def test_in_the_drafting_language_it_leads_to_what_is_not_written(desk: Desk, as_: As) -> None:
    desk.save("mk", body("Постапка"), UID3)
    assert next_of(as_(desk.drafter), desk.section()) == desk.section(uid=UID3)


def test_a_section_of_ones_own_comes_first(desk: Desk, as_: As) -> None:
    for uid in (UID2, UID3):
        desk.save("mk", body("Нов", "Сменето."), uid)
    assert next_of(as_(desk.drafter), desk.section("sq")) == desk.section("sq", UID2)
    assign(desk.coordinator, desk.edition, desk.drafter, "sq", uid=UID3)
    assert next_of(as_(desk.drafter), desk.section("sq")) == desk.section("sq", UID3)


@pytest.mark.parametrize(("person", "status"), [("drafter", 200), ("translator", 404), ("stranger", 404)])
def test_the_changes_are_drawn_anew_for_those_who_write(
    desk: Desk, as_: As, person: str, status: int
) -> None:
    put_in_force(desk.edition)
    desk.edition = start_revision(desk.coordinator, desk.edition)
    desk.save("mk", body("Општо", "Сосема друг текст."))
    answer = as_(getattr(desk, person)).get(desk.section() + "changes/")
    assert answer.status_code == status
    if status == 200:
        assert "<ins" in answer.content.decode() and "<html" not in answer.content.decode()


@pytest.mark.parametrize(("added", "kind"), [(True, FactKind.IMAGES_ADDED), (False, FactKind.IMAGES_REMOVED)])
def test_a_picture_that_came_or_went_is_called_so(added: bool, kind: FactKind) -> None:
    without = body("Општо", "Текст.")
    picture = {"type": "figure", "attrs": {"sha256": "a" * 64, "alt": "План"}}
    with_picture = normalise_body(without | {"blocks": [*without["blocks"], picture]})
    change = section_change(*((without, with_picture) if added else (with_picture, without)), "mk")
    assert change is not None
    assert kind in {fact.kind for fact in summarise(change)}
