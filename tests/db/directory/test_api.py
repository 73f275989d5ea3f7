"""The directory for programs: valid by HSDS 3.0, in pages, with clear errors."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from directory.api.endpoints import api as hsds
from directory.demo import load_services
from directory.models import Place, Service
from public.demo.hotlines import load_hotlines
from search.api.endpoints import api as search
from tests.support.directory.hsds import problems
from tests.support.factories import make_institution
from tests.support.public.fixtures import make_countries

API = "/api/hsds/3/"
LISTS = {
    "services": "SERVICE",
    "organizations": "ORGANIZATION",
    "locations": "LOCATION",
    "service_at_locations": "LINK",
}


@pytest.fixture
def demo(db: None) -> None:
    cache.clear()
    make_countries()
    make_institution("mk-coordinator", "mk")
    load_hotlines()
    load_services()


def test_every_object_is_valid(demo: None, reader: Client) -> None:
    assert reader.get(API).json()["version"] == "HSDS-3.0"
    for name, kind in LISTS.items():
        page = reader.get(f"{API}{name}?per_page=100&lang=mk").json()
        assert list(problems(page, "PAGE")) == [] and page["contents"], name
        assert list(problems(page["contents"], f"[{kind}]")) == []
        one = reader.get(f"{API}{name}/{page['contents'][-1]['id']}").json()
        assert list(problems(one, kind)) == [] and one["id"] == page["contents"][-1]["id"]
    found = {one["name"]: one["id"] for one in reader.get(f"{API}services?country=mk").json()["contents"]}
    whole = reader.get(f"{API}services/{found['Example: Free lawyer']}").json()
    assert whole["phones"][0]["number"] == "020000005" and whole["schedules"] and whole["required_documents"]
    assert whole["service_at_locations"][0]["location"]["addresses"][0]["city"] == "Skopje"
    old = reader.get(f"{API}services/{found['Example: Work and training']}").json()
    assert old["phones"][0]["type"] == "hotline", "nobody confirmed its number for 180 days"
    shelter = Service.objects.get(key="mk-shelter-3")
    shown = reader.get(f"{API}services/{shelter.uid}").json()
    assert "service_at_locations" not in shown and "appointment" not in shown["application_process"]
    assert not Place.objects.filter(key__contains="skopje").exists()
    assert reader.head(f"{API}services").status_code == reader.head(API).status_code == 200
    throttles: Any = [hsds.throttle, search.throttle]
    assert throttles[0][0].name != throttles[1][0].name, "each has a budget of its own"


def test_pages_hold_everything_once(demo: None, reader: Client) -> None:
    seen, number = [], 1
    while True:
        page = reader.get(f"{API}services?page={number}&per_page=30").json()
        assert page["first_page"] is (number == 1) and page["size"] == len(page["contents"])
        seen += [one["id"] for one in page["contents"]]
        if page["last_page"]:
            break
        number += 1
    assert len(seen) == len(set(seen)) == page["total_items"] == 6 * 11 + 6
    beyond = reader.get(f"{API}services?page=99").json()
    assert beyond["empty"] and beyond["contents"] == []


def test_bad_input_has_a_clear_answer(demo: None, reader: Client) -> None:
    missing = "00000000-0000-0000-0000-000000000000"
    for path, status in (
        ("services?page=0", 422),
        ("services?page=x", 422),
        ("services?per_page=101", 422),
        ("services?lang=xx", 422),
        ("organizations?lang=%00", 422),
        ("services?country=zz", 200),
        ("services/1", 422),
        *((f"{name}/{missing}", 404) for name in LISTS),
    ):
        answer = reader.get(API + path)
        assert answer.status_code == status and answer.json(), path
    assert reader.post(f"{API}services").status_code == 405
    assert Client().get(f"{API}services").status_code == 302, "the office asks who it is"
