"""The registry of the bar, the context of every page, and the pages of the theme itself."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from theme import inline, nav, views
from theme.context import Kodeks

pytestmark = pytest.mark.urls("tests.support.theme.urls")


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(nav, "_items", {})
    with translation.override("en"):
        yield


def asked(path: str, *, public: bool = False) -> HttpRequest:
    request = RequestFactory().get(path)
    request.public = public  # type: ignore[attr-defined]
    return request


def test_items_stand_in_order_and_the_nearest_is_current() -> None:
    nav.register("rs", "Serbia", "library-rs", 20)
    nav.register("library", "Library", "library", 10)
    entries = nav.entries(asked("/en/library/rs/x/"), nav.Place.MAIN)
    assert [(entry.label, entry.current) for entry in entries] == [("Library", ""), ("Serbia", "true")]
    assert nav.entries(asked("/en/library/"), nav.Place.MAIN)[0].current == "page"


def test_what_one_may_not_see_or_what_is_not_mounted_is_left_out() -> None:
    nav.register("library", "Library", "library", 10, visible=lambda request: False)
    nav.register("later", "Later", "not-mounted", 20)
    nav.register("me", lambda request: f"Agim at {request.path}", "find", 30)
    assert [entry.label for entry in nav.entries(asked("/en/"), nav.Place.MAIN)] == ["Agim at /en/"]
    assert nav.url_of("library", asked("/en/")) == ""
    assert nav.url_of("nobody", asked("/en/")) == ""


def test_two_rooms_cannot_take_one_key() -> None:
    nav.register("library", "Library", "library", 10)
    nav.register("library", "Library", "library", 10)
    with pytest.raises(ImproperlyConfigured, match="library"):
        nav.register("library", "Shelf", "find", 10)


@override_settings(KODEKS_OFFICE_LANGUAGES=["en", "sq", "sr-cyrl"])
def test_the_switcher_keeps_the_page_and_the_query() -> None:
    page = Kodeks(asked("/en/library/?q=1&page=2"))
    assert [(one.html_lang, one.url) for one in page.languages if one.tag != "en"] == [
        ("sq", "/sq/library/?q=1&page=2"),
        ("sr-Cyrl", "/sr-cyrl/library/?q=1&page=2"),
    ]
    assert [one.tag for one in page.languages if one.current] == ["en"]
    outside = {one.url for one in Kodeks(asked("/admin/")).languages}
    assert outside == {"/sq/", "/sr-cyrl/", "/en/"}
    public = {one.tag: one for one in Kodeks(asked("/en/library/", public=True)).languages}
    assert public["ps"].html_dir == "rtl" and public["ps"].url == "/ps/library/"


def test_the_search_field_comes_with_the_search() -> None:
    html = render_to_string("base.html", request=asked("/en/styles/"))
    assert 'role="search"' not in html
    nav.register(nav.SEARCH, "Search", "find", 5)
    html = render_to_string("base.html", request=asked("/en/styles/"))
    assert re.search(r'<form class="find" role="search" aria-label="Search" action="/en/search/">', html)
    assert html.count("/en/search/") == 2  # the field, and the link that a phone shows instead


def test_an_office_page_says_its_language_and_asks_for_its_letters_first() -> None:
    with translation.override("sr-cyrl"):
        html = render_to_string("base.html", request=asked("/sr-cyrl/styles/"))
    assert '<html lang="sr-Cyrl" dir="ltr">' in html
    assert "serif-cyrillic.woff2" in html and "serif-latin.woff2" not in html


def test_a_public_page_carries_no_token_no_fonts_and_a_way_out() -> None:
    nav.register("out", "Sign out", "out", 900, place=nav.Place.ACCOUNT, post=True)
    with translation.override("ps"):
        html = views.styles(asked("/ps/styles/", public=True)).content.decode()
    assert '<html lang="ps" dir="rtl" data-leave="https://' in html
    assert "csrf" not in html and "woff2" not in html and "fonts.css" not in html
    assert html.index("<script>") < html.index("<style>")
    assert re.search(r'<a\s+class="leave"\s+href="https://[^"]+"\s+rel="nofollow noreferrer">', html)
    office = views.styles(asked("/en/styles/")).content.decode()
    assert "csrfmiddlewaretoken" in office and "public.js" not in office


def test_no_page_has_style_or_script_in_it_but_those_that_the_policy_names() -> None:
    for public in (False, True):
        html = views.styles(asked("/en/styles/", public=public)).content.decode()
        for tag, allowed in (("style", inline.STYLES), ("script", inline.SCRIPTS)):
            for text in re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL):
                digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
                assert public and f"'sha256-{digest}'" in allowed
        assert not re.search(r"<style(?!>)|<script(?! src|>)|\sstyle=|\son[a-z]+=", html)


def test_the_broken_page_needs_nothing_and_keeps_the_way_out() -> None:
    office = views.server_error(asked("/en/x/"))
    public = views.server_error(asked("/en/x/", public=True))
    assert office.status_code == public.status_code == 500
    assert b"public.js" not in office.content and b'class="leave"' in public.content


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html"])
def test_error_pages_stand_in_the_look_of_their_host(name: str) -> None:
    assert 'class="bar"' in render_to_string(name, request=asked("/en/x/"))
    assert 'class="leave"' in render_to_string(name, request=asked("/en/x/", public=True))


def test_a_mail_has_a_plain_and_a_drawn_form_and_loads_nothing() -> None:
    with translation.override("sr-latn"):
        drawn = render_to_string("email/base.html")
        plain = render_to_string("email/base.txt")
    assert '<html lang="sr-Latn" dir="ltr">' in drawn
    assert not re.search(r'(src|href)="?http|url\(|@import', drawn)
    assert "<" not in plain
