"""Fields x readers x doors of the directory: a marked word in each field, looked for at each door."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from search.outbox import drain
from tests.db.directory import test_access
from tests.db.directory.test_access import Cast, expected, give_levels, rounds
from tests.support.directory.records import FIELDS
from tests.support.search.fixtures import analyser as analyser
from tests.support.search.fixtures import search_index as search_index

cast = test_access.cast
ELSEWHERE = {
    "sitemap": "/sitemap.xml",
    "feed": "/en/feeds/all.atom",
    "library search": "/en/library/search/?q=Quiet+house",
    "glossary": "/en/glossary/",
    "materials": "/en/materials/",
    "numbers": "/en/help/mk/",
    "first page": "/en/?in=mk",
    "data": "/en/data/",
}
"""Doors that show nothing of a service; on each host that has them."""


def test_no_field_leaks(cast: Cast, search_index: Any, capsys: pytest.CaptureFixture[str]) -> None:
    drain()
    leaks, looked = [], 0
    for levels in rounds():
        give_levels(cast, levels)
        for who, browser in cast.browsers.items():
            shown = dict(cast.texts(who))
            for door, path in ELSEWHERE.items():
                answer = browser.get(path)
                shown[door] = unescape(answer.getvalue().decode(errors="replace"))
            for field, values in FIELDS.items():
                if not expected(levels, field, who):
                    looked += len(shown)
                    leaks += [
                        (levels, field, who, door)
                        for door, text in shown.items()
                        if any(value in text for value in values)
                    ]
    with capsys.disabled():
        print(
            f"  directory: {len(FIELDS)} fields x {len(cast.browsers)} readers, {looked} looks at doors, {len(leaks)} leaks"
        )
    assert leaks == []
