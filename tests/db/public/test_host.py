"""What holds on the public host whatever the page: no cookie, no session, GET only, nothing of the office."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from people.actions.groups import sync_groups
from people.roles import Role
from public.models import CampaignPage
from tests.support.factories import make_person
from tests.support.html import PageClient
from tests.support.public.fixtures import PUBLIC

PAGES = [
    "/en/",
    "/mk/",
    "/ar/",
    "/sr-latn/",
    "/fa/",
    "/mk/work-abroad/",
    "/ar/work-abroad/",
    "/bs/work-abroad/",
    "/prs/work-abroad/",
    "/en/help/",
    "/en/help/xk/",
    "/ar/help/mk/",
    "/ur/help/mk/",
    "/sq/privacy/",
    "/en/library/",
    "/robots.txt",
    "/mk/data/",
    "/mk/feeds/all.atom",
    "/data/glossary.tbx",
    "/data/translations.tmx",
    "/sitemap.xml",
]
NOT_THERE = [
    "/xx/",
    "/en/no-such-campaign/",
    "/en/help/zz/",
    "/en/sign-in/",
    "/en/desk/",
    "/en/people/",
    "/en/styles/",
    "/admin/",
    "/admin/login/",
    "/admin/pages/1/edit/",
    "/_util/login/",
    "/pictures/x.png",
    "/campaign-files/1/x.pdf",
]
LEAD_ELSEWHERE = ["/", "/favicon.ico"]
FOR_MONITORS = ["/healthz", "/readyz"]


def test_every_page_is_there_without_a_cookie(campaign: dict[str, CampaignPage], reader: Client) -> None:
    for path in PAGES:
        answer = reader.get(path)
        assert answer.status_code == 200, path
        assert not answer.cookies, path
        assert "Set-Cookie" not in answer.headers, path
        is_page = answer.headers["Content-Type"].startswith("text/html") and "/library/" not in path
        stored = "no-store" if is_page else "public, max-age=60"  # what a page tells of its reader
        assert answer.headers["Cache-Control"] == stored, path
        assert answer.headers["Referrer-Policy"] == "no-referrer", path
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path
        assert "Cookie" not in answer.headers.get("Vary", ""), path


def test_what_is_not_there_is_not_found_without_a_cookie(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    for path in NOT_THERE:
        answer = reader.get(path)
        assert answer.status_code == 404, path
        assert not answer.cookies, path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_only_get_and_head_are_answered(
    campaign: dict[str, CampaignPage], reader: Client, method: str
) -> None:
    for path in [*PAGES, *NOT_THERE, *LEAD_ELSEWHERE, *FOR_MONITORS]:
        answer = getattr(reader, method)(path)
        assert answer.status_code == 405, path
        assert not answer.cookies, path


def test_head_says_what_get_would(campaign: dict[str, CampaignPage], reader: Client) -> None:
    for path in PAGES:
        answer = reader.head(path)
        assert answer.status_code == 200, path
        assert answer.getvalue() == b"", path


def test_a_session_of_the_office_means_nothing_here(campaign: dict[str, CampaignPage]) -> None:
    operator = make_person(Role.OPERATOR, is_superuser=True)
    sync_groups(operator)
    browser = PageClient()
    browser.force_login(operator)
    campaign["mk"].unpublish()
    assert browser.get("/admin/").status_code == 200
    public = {"host": PUBLIC}
    assert browser.get("/admin/", headers=public).status_code == 404
    answer = browser.get("/mk/work-abroad/", headers=public)
    assert campaign["mk"].title not in answer.content.decode()
    assert not answer.cookies


def test_an_address_without_a_language_leads_to_one_that_the_browser_asks_for(
    db: None, reader: Client
) -> None:
    answer = reader.get("/", headers={"accept-language": "ps,ar;q=0.8"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ps/")
    assert answer.headers["Vary"] == "Accept-Language"


def test_what_is_not_found_is_said_in_the_language_of_the_address(db: None, reader: Client) -> None:
    page = reader.get("/ar/no-such-campaign/").content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert "الصفحة غير موجودة" in page


def test_a_page_that_has_not_changed_is_not_sent_again(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    packed = reader.get("/mk/work-abroad/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    again = reader.get("/mk/work-abroad/", headers={"if-none-match": packed.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_office_serves_none_of_these_pages(campaign: dict[str, CampaignPage]) -> None:
    browser = PageClient()
    assert browser.get("/mk/work-abroad/").status_code == 302
    browser.force_login(make_person(Role.DRAFTER))
    for path in ("/mk/work-abroad/", "/en/help/mk/", "/sitemap.xml", "/robots.txt"):
        assert browser.get(path).status_code == 404, path


@pytest.mark.parametrize(
    "host",
    [
        "public.test:443",
        "public.test:8443",
        "public.test.",
        "PUBLIC.test.:80",
        "public.test:08000",
        "public.test:" + "9" * 5000,
    ],
)
def test_another_way_of_writing_the_public_name_does_not_open_the_office(db: None, host: str) -> None:
    """Django takes a Host with any port, or with a dot at its end: it must not be the office that answers."""
    answer = PageClient().get("/en/sign-in/", headers={"host": host})
    assert answer.status_code == 404 and not answer.cookies
    assert PageClient().post("/en/sign-in/", headers={"host": host}).status_code == 405
    assert PageClient().get("/en/library/", headers={"host": host}).status_code == 200


def test_a_forwarded_host_decides_nothing(db: None) -> None:
    answer = PageClient().get(
        "/en/sign-in/", headers={"host": "public.test", "x-forwarded-host": "testserver"}
    )
    assert answer.status_code == 404 and not answer.cookies


def test_where_both_hosts_have_one_name_the_port_tells_them_apart(db: None, settings: Any) -> None:
    settings.PUBLIC_HOSTS, settings.OFFICE_BASE_URL = ["localhost:8000"], "http://localhost:8001"
    assert PageClient().get("/en/sign-in/", headers={"host": "localhost:08000"}).status_code == 404
    assert PageClient().get("/en/sign-in/", headers={"host": "localhost:8001"}).status_code == 200
