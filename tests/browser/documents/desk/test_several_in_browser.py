"""The list of several Word files, and the table of names of the templates' page, in a browser."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.support.documents.desk.fixtures import Desk, Open
from tests.support.documents.desk.landing import MK, written
from tests.support.documents.desk.several import bring


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
def test_names_and_states_of_files_stand_whole(desk_here: Desk, opened: Open, width: int) -> None:
    client = Client()
    client.force_login(desk_here.coordinator)
    url = bring(client, ("tajna.docx", written(MK)), ("broken.docx", b"PK no document"))
    page = opened(desk_here.coordinator, url, viewport={"width": width, "height": 900})
    for part in page.locator(".bfiles th[scope=row] a, .bfiles .tstate").all():
        # A word that breaks stands in several boxes.
        assert part.evaluate("one => one.getClientRects().length") == 1, part.inner_text()
        assert part.evaluate("one => one.getBoundingClientRect().height") < 32, part.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 1280])
def test_what_a_name_gives_stands_beside_or_under_it(desk_here: Desk, opened: Open, width: int) -> None:
    page = opened(desk_here.coordinator, "/mk/desk/templates/", viewport={"width": width, "height": 900})
    name, said = (page.locator(f".gives tbody {part}").nth(1) for part in ("th code", "td"))
    words, text = name.bounding_box(), said.bounding_box()
    assert words and text
    if width == 1280:
        assert 0 <= words["y"] - text["y"] < 20
    else:
        assert text["y"] >= words["y"] + words["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
