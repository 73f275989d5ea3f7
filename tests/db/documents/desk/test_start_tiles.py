"""The tiles of practitioners' first page: who keeps them, who sees them, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Entry
from documents.actions.edit_start_tiles import TileData, add_tile, change_tile
from documents.actions.errors import ActionError
from documents.choices import Classification
from documents.models import Edition, Section, StartTile
from people.models import User
from people.roles import Role
from tests.support.factories import make_in_force, make_institution, make_person, narrow
from tests.support.html import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/start-here/mk/"


@pytest.fixture
def edition() -> Edition:
    return make_in_force()


@pytest.fixture
def coordinator(edition: Edition) -> User:
    return make_person(Role.COORDINATOR, edition.instrument.owner)


def section_of(edition: Edition) -> Any:
    return Section.objects.filter(edition=edition).order_by("position")[0].uid


def posted(edition: Edition, **other: str) -> dict[str, str]:
    target = f"{edition.instrument_id}:{section_of(edition)}"
    data = {"title_mk": "Прв контакт", "title_en": "First contact", "target": target, "position": "1"}
    return {**data, "title_sq": "", "query": "", **other}


def test_a_coordinator_adds_changes_and_removes_a_tile(edition: Edition, coordinator: User) -> None:
    client = signed_in(coordinator)
    assert client.post(PAGE, posted(edition)).status_code == 302
    tile = StartTile.objects.get()
    assert (tile.title_en, tile.uid) == ("First contact", section_of(edition))
    practitioner = signed_in(make_person(Role.PRACTITIONER, make_institution("mk-police")))
    home = practitioner.get("/en/").content.decode()
    assert "First contact" in home and f"/en/i/{edition.instrument.path}/1/s/{tile.uid}/" in home
    assert f"{PAGE}" not in home
    search = posted(edition, target="", query="child at the border", tile=str(tile.pk), expected=tile.version)
    assert client.post(PAGE, search).status_code == 302
    assert "/en/search/?q=child+at+the+border" in practitioner.get("/en/").content.decode()
    tile.refresh_from_db()
    assert client.post(PAGE, {"tile": tile.pk, "expected": tile.version, "do": "remove"}).status_code == 302
    assert not StartTile.objects.exists()
    verbs = Entry.objects.filter(thing="country:mk").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["add_start_tile", "change_start_tile", "remove_start_tile"]


@pytest.mark.parametrize(
    ("role", "institution"),
    [
        (Role.DRAFTER, "mk-coordinator"),
        (Role.PRACTITIONER, "mk-police"),
        (Role.OPERATOR, "mk-coordinator"),
        (Role.COORDINATOR, "rs-coordinator"),
    ],
)
def test_nobody_else_keeps_them(edition: Edition, role: Role, institution: str) -> None:
    client = signed_in(make_person(role, make_institution(institution)))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, posted(edition)).status_code == 404
    assert not StartTile.objects.exists()


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"query": "child"}, "Not both"),
        ({"target": ""}, "Choose a document or section"),
        ({"title_mk": ""}, "This field is required"),
        ({"target": "999:"}, "Select a valid choice"),
        ({"position": "0"}, "greater than or equal to 1"),
        ({"tile": "abc"}, ""),
    ],
)
def test_bad_input_is_told(edition: Edition, coordinator: User, other: dict[str, str], error: str) -> None:
    answer = signed_in(coordinator).post(PAGE, posted(edition, **other))
    assert answer.status_code == (422 if error else 404)
    assert error in answer.content.decode()
    assert not StartTile.objects.exists()


def test_two_at_once_do_not_overwrite_each_other(edition: Edition, coordinator: User) -> None:
    country = edition.instrument.country
    tile = add_tile(coordinator, country, TileData({"mk": "Дете"}, 1, query="дете"))
    change_tile(coordinator, tile, TileData({"mk": "Дете"}, 1, query="деца"), tile.version)
    with pytest.raises(ActionError, match="Someone else has changed this tile"):
        change_tile(coordinator, tile, TileData({"mk": "Друго"}, 1, query="друго"), tile.version)


def test_a_tile_is_seen_only_where_its_target_is(edition: Edition, coordinator: User) -> None:
    country = edition.instrument.country
    add_tile(coordinator, country, TileData({"mk": "Прв контакт"}, 1, edition.instrument_id))
    other = signed_in(make_person(Role.PRACTITIONER, make_institution("rs-police")))
    assert "Прв контакт" not in other.get("/mk/").content.decode()
    own = signed_in(make_person(Role.PRACTITIONER, make_institution("mk-police")))
    assert "Прв контакт" in own.get("/mk/").content.decode()
    narrow(Classification.TLP_AMBER_STRICT, edition.instrument)
    assert "Прв контакт" not in own.get("/mk/").content.decode()
