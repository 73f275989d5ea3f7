"""Saved copies of public pages: which are made, who gets them, how long."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from config.saved_pages import Away, Renewal, SavedPagesMiddleware
from config.settings.base import page_stores
from documents.actions import classify, publish_redaction
from public import saved_pages
from public.models import CampaignPage, Hotline
from tests.support.documents.redacted import make_original, publish
from tests.support.factories import make_in_force
from tests.support.public.fixtures import PUBLIC


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.KODEKS_PAGES, settings.CACHES = tmp_path, page_stores(tmp_path)
    settings.KODEKS_PAGE_SECONDS = 30
    Away.until = 0.0
    yield tmp_path
    Away.until = 0.0


def count(folder: Path) -> int:
    return len(list(folder.rglob("*.djcache")))


def grow_old(address: str, seconds: float) -> None:
    copy = saved_pages.find(address)
    assert copy
    saved_pages._store(address).set(address, (copy.made - seconds, copy.packed, copy.headers))


def without_database(path: str, **query: str) -> Any:
    """What a reader gets when the view found no database."""
    request = RequestFactory().get(path, query, HTTP_HOST=PUBLIC, HTTP_ACCEPT_ENCODING="gzip")
    request.public = True
    return SavedPagesMiddleware(lambda _: None).process_exception(request, OperationalError())  # type: ignore[arg-type,return-value]


SAVED = ["/mk/work-abroad/", "/en/help/?in=mk", "/en/n/2/?in=xk", "/en/library/?home=mk", "/en/help/mk/"]
NOT_SAVED = [
    "/en/library/search/?q=passport",
    "/en/library/search/",
    "/en/glossary/?q=passport",
    "/en/services/?place=Skopje",
    "/en/help/?in=zz",
    "/en/n/02/",
    "/en/no-such-page/",
    "/robots.txt",
    "/",
]


def test_a_copy_answers_and_what_was_searched_for_is_never_saved(
    campaign: dict[str, CampaignPage], folder: Path
) -> None:
    reader = Client(headers={"host": PUBLIC})
    for path in NOT_SAVED:
        reader.get(path)
    assert count(folder) == 0
    for path in SAVED:
        first = reader.get(path, headers={"accept-encoding": "gzip"})
        again = reader.get(path, headers={"accept-encoding": "gzip"})
        plain = reader.get(path)
        assert gzip.decompress(first.content) == gzip.decompress(again.content), path
        assert plain.content == gzip.decompress(first.content), path
        assert "Age" in again.headers and "Age" not in first.headers, path
        differ = {
            name
            for name in {*first.headers, *again.headers} - {"Age", "Content-Length", "X-Request-ID"}
            if first.headers.get(name) != again.headers.get(name)
        }
        assert differ == set(), path
        unchanged = reader.get(path, headers={"if-none-match": first.headers["ETag"]})
        assert (unchanged.status_code, unchanged.content) == (304, b""), path
    assert count(folder) == len(SAVED)
    assert reader.get(SAVED[2]).headers["Cache-Control"] == "no-store"
    # What these pages don't know is nothing to them: no way round the copies, and no word in them.
    unknown = reader.get("/en/help/?x=1&in=mk&q=passport")
    assert "Age" in unknown.headers and b"passport" not in unknown.content
    assert count(folder) == len(SAVED)
    # Another port in the Host header must not write itself into the copy.
    reader.get("/sq/help/", headers={"host": f"{PUBLIC}:8000"})
    assert count(folder) == len(SAVED)
    # Nobody's address, and nothing of what was read, stands in the names of the files.
    assert all(len(one.stem) == 32 for one in folder.rglob("*.djcache"))


def test_a_sender_puts_nothing_before_the_links(
    campaign: dict[str, CampaignPage], folder: Path, settings: Any
) -> None:
    reader = Client(headers={"host": PUBLIC})
    path = "/mk/help/?in=mk"
    page = reader.get(path, SCRIPT_NAME="//evil.example").content.decode()
    assert "evil.example" not in page and 'href="/mk/' in page
    assert reader.get(path).content.decode() == page
    # Were it served below a path for once, that would not be the copy for everybody.
    settings.FORCE_SCRIPT_NAME = None
    assert b"elsewhere" in reader.get("/sq/help/", SCRIPT_NAME="/elsewhere").content
    assert saved_pages.find("/sq/help/") is None
    settings.FORCE_SCRIPT_NAME = ""


def test_a_twin_has_one_number_and_numbers_a_store_of_their_own(
    campaign: dict[str, CampaignPage], folder: Path
) -> None:
    reader = Client(headers={"host": PUBLIC})
    oldest, *others = sorted(100 + page.pk for page in campaign.values())
    assert reader.get(f"/tr/n/{oldest}/?in=mk").status_code == 200
    for number in others:
        answer = reader.get(f"/tr/n/{number}/?in=mk&x=1")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/tr/n/{oldest}/?in=mk")
        assert answer.headers["Cache-Control"] == "no-store"
    assert count(folder / "pages") == 1 and count(folder / "numbers") == 0
    own = ("/mk/", "/mk/?in=mk", "/mk/help/", "/mk/help/mk/", "/mk/n/1/", "/mk/n/2/?in=mk")
    for path in own:
        assert reader.get(path).status_code == 200, path
    assert reader.get("/mk/n/3/").status_code == reader.get("/mk/signs/").status_code == 200
    assert (count(folder / "numbers"), count(folder / "pages")) == (len(own), 3)


def test_a_page_that_was_withdrawn_leaves_no_copy(
    campaign: dict[str, CampaignPage], reader: Client, folder: Path, settings: Any
) -> None:
    settings.KODEKS_PAGE_SECONDS = 0
    path = "/mk/work-abroad/"
    tag = reader.get(path, headers={"accept-encoding": "gzip"}).headers["ETag"]
    # Who has the page still renews the copy.
    grow_old(path, 50)
    assert reader.get(path, headers={"if-none-match": tag}).status_code == 304
    assert saved_pages.find(path, 10)
    for page in campaign.values():
        page.unpublish()
    assert reader.get(path).status_code == 404
    assert count(folder) == 0


def test_without_a_database_an_hour_of_pages_and_a_week_of_numbers(
    campaign: dict[str, CampaignPage], reader: Client, folder: Path, django_assert_num_queries: Any
) -> None:
    assert without_database("/mk/work-abroad/") is None, "nothing was saved yet"
    Away.until = 0.0
    for path in ("/mk/work-abroad/", "/mk/help/", "/mk/help/?in=mk", "/mk/n/2/?in=mk"):
        reader.get(path)
    grow_old("/mk/work-abroad/", 3500)
    with django_assert_num_queries(0):
        page = without_database("/mk/work-abroad/")
    html = gzip.decompress(page.content).decode()
    assert page.status_code == 200 and int(page.headers["Age"]) >= 3500
    assert page.headers["Cache-Control"] == "no-store" and "ETag" not in page.headers
    assert campaign["mk"].title in html and html.count('class="note standin"') == 1
    assert html.index("note standin") < html.index("<main")
    grow_old("/mk/work-abroad/", 200)
    for path, query, shown in (
        ("/mk/work-abroad/", {}, "/mk/help/"),
        ("/mk/work-abroad/", {"in": "mk"}, "/mk/help/?in=mk"),
        ("/mk/library/search/", {"q": "пасош", "home": "mk"}, "/mk/help/?in=mk"),
        ("/mk/help/mk/", {}, "/mk/help/?in=mk"),
        ("/mk/n/101/", {"in": "mk"}, "/mk/n/2/?in=mk"),
        ("/mk/help/al/", {}, "/mk/help/"),
    ):
        page = without_database(path, **query)
        html = gzip.decompress(page.content).decode()
        assert (page.status_code, page.headers["Retry-After"]) == (503, "60"), path
        copy = saved_pages.find(shown)
        assert copy and html.partition("<main")[2] == copy.html.partition("<main")[2], path
    assert without_database("/sq/help/") is None
    assert without_database("/robots.txt") is None
    # While it is known to be away nobody waits for it; a copy of this very page comes first.
    with django_assert_num_queries(0):
        assert reader.get("/mk/help/").status_code == 200
    assert Away.now()


def test_the_worker_renews_the_copies_of_the_pages_for_readers(
    campaign: dict[str, CampaignPage], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = list(saved_pages.to_save())
    assert len(every) == len(set(every)) > 500
    assert {"/mk/help/", "/ar/help/?in=xk", "/mk/work-abroad/", "/sq/help/mk/"} <= set(every)
    assert f"/mk/n/2/?in={Hotline.objects.shown()[0].country_id}" in every
    monkeypatch.setattr("config.saved_pages.AT_ONCE", 3)
    renew = Renewal()
    start = time.monotonic()
    renew()
    assert count(folder) == 0, "the first turn lists them"
    renew()
    renew()
    assert count(folder) == 6 and saved_pages.find(every[5]) and not saved_pages.find(every[6])
    assert time.monotonic() - start < 20


def test_what_is_withdrawn_or_closed_is_served_from_no_copy(
    folder: Path, db: None, django_capture_on_commit_callbacks: Any
) -> None:
    public = publish(make_original())
    reader = Client(headers={"host": PUBLIC})
    pages = [f"/en/library/i/mk/{public.instrument.slug}/1/", "/en/library/", "/en/", "/en/help/mk/"]
    for page in pages:
        assert reader.get(page).status_code == 200, page
    assert all(map(saved_pages.find, pages))
    with django_capture_on_commit_callbacks(execute=True):
        publish_redaction.end(public.redaction.created_by, public.redaction, "A mistake.")
    assert [bool(saved_pages.find(page)) for page in pages] == [False, False, True, True]
    assert reader.get(pages[0]).status_code == 404
    assert public.title_in("en") not in reader.get(pages[1]).content.decode()

    opened = make_in_force(slug="opened", owner=public.instrument.owner)
    page = f"/en/library/i/mk/{opened.instrument.slug}/1/"
    assert reader.get(page).status_code == 200 and saved_pages.find(page)
    with django_capture_on_commit_callbacks(execute=True):
        classify.change_classification(public.redaction.created_by, opened.instrument, "official", "A slip.")
    assert not saved_pages.find(page) and reader.get(page).status_code == 404
