"""Which sections the draft's page shows, and what it says of languages that are behind."""

from __future__ import annotations

import pytest

from documents.actions.assign import assign
from documents.editions.text_storage import load_outline
from documents.models import Section
from documents.pages.desk.views.outline import _last_of_text
from tests.support.documents.desk.fixtures import UID, UID2, UID3, As, Desk
from tests.support.factories import body


def rows(page: str) -> list[str]:
    return [uid for uid in (UID, UID2, UID3) if f'id="s-{uid}"' in page]


def test_filters_have_counts_and_leave_the_sections_that_match(desk: Desk, as_: As) -> None:
    assign(desk.coordinator, desk.edition, desk.translator, "sq", UID3)
    desk.save("sq", body("Qëllimi", "E re."), UID2)
    desk.save("mk", body("Цел", "Друго."), UID2)
    client = as_(desk.translator)
    page = client.get(desk.url()).content.decode()
    assert "Mine</a>" not in page and "Mine (1)" in page and "All (3)" in page
    assert rows(page) == [UID, UID2, UID3]
    assert rows(client.get(desk.url() + "?show=mine").content.decode()) == [UID3]
    stale = client.get(desk.url() + "?show=stale").content.decode()
    assert UID2 in rows(stale) and 'href="?show=stale#outline" aria-current="true"' in stale
    assert rows(client.get(desk.url() + "?show=nonsense").content.decode()) == [UID, UID2, UID3]


def test_nothing_is_moved_while_only_some_are_shown(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    assert 'value="down ' in client.get(desk.url()).content.decode()
    page = client.get(desk.url() + "?show=empty").content.decode()
    assert 'value="down ' not in page and "outline.js" not in page
    assert desk.url("add/") in page


def test_authentic_languages_that_are_behind_are_named(desk: Desk, as_: As) -> None:
    instrument = desk.edition.instrument
    instrument.authentic_languages = ["mk", "sq"]
    instrument.save()
    desk.save("mk", body("Цел", "Друго."), UID2)
    page = as_(desk.coordinator).get(desk.url()).content.decode()
    assert "Shqip has legal force, but" in page and "English has legal force" not in page


@pytest.mark.parametrize(
    ("kinds", "levels", "after"),
    [
        (("section", "section", "annex"), (1, 2, 1), UID),
        (("section", "section", "section"), (1, 2, 1), UID3),
        (("annex", "section", "section"), (1, 2, 1), UID3),
        (("annex", "annex", "annex"), (1, 1, 1), ""),
        (("section", "annex", "section"), (1, 1, 2), UID),
    ],
)
def test_a_new_section_is_put_before_the_annexes(
    desk: Desk, kinds: tuple[str, ...], levels: tuple[int, ...], after: str
) -> None:
    for uid, kind, level in zip((UID, UID2, UID3), kinds, levels, strict=True):
        Section.objects.filter(edition=desk.edition, uid=uid).update(kind=kind, level=level)
    assert _last_of_text(load_outline(desk.edition, "mk")) == after
