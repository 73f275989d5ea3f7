"""What several test files of search begin with: leaks."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from people.models import User
from search import factory
from search.analysis import Analyser
from tests.support.html import PageClient, flat


@pytest.fixture(params=["tantivy", "elasticsearch"])
def site_engine(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Any, analyser: Analyser
) -> Iterator[str]:
    """The site on either engine, with an empty index."""
    if request.param == "tantivy":
        settings.KODEKS_SEARCH = {"engine": "tantivy", "path": tmp_path / "index"}
    else:
        url = request.getfixturevalue("elasticsearch_url")
        settings.KODEKS_SEARCH = {"engine": "elasticsearch", "url": url, "index": f"t-{uuid.uuid4().hex[:8]}"}
    engine = factory.engine()
    engine.rebuild([])
    yield request.param
    if request.param == "elasticsearch":
        engine.drop()  # type: ignore[attr-defined]
    engine.close()


def fetch(person: User | None, query: str) -> str:
    """The page as a person gets it: in the office, or on the public host."""
    client = PageClient()
    if person is None:
        response = client.get(f"/en/library/search/?{query}", headers={"host": "public.test"})
    else:
        client.force_login(person)
        response = client.get(f"/en/search/?{query}")
    assert response.status_code == 200
    return unescape(flat(response.content.decode()))


def total(page: str) -> int:
    found = re.search(r"<h2> ?(\d+) results?\b", page)
    return int(found[1]) if found else 0
