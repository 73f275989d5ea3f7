"""The country of a reader on the public host: in addresses alone, from a country's page or a choice."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from search.outbox import drain
from tests.support.factories import make_in_force, make_tree
from tests.support.html import PageClient, squeeze
from tests.support.search.library import get, office, plain, texts, texts_once

__all__ = ["office", "texts", "texts_once"]

pytestmark = pytest.mark.django_db


def _public(path: str) -> str:
    response = PageClient().get(path, headers={"host": "public.test"})
    assert response.status_code == 200 and not response.cookies
    return unescape(squeeze(response.content.decode()))


def test_a_country_once_chosen_stays_in_the_address() -> None:
    form = _public(reverse("documents:country", urlconf="config.urls_public", args=["mk"]))
    assert '<input type="hidden" name="home" value="mk">' in form
    assert 'name="home"' not in _public("/en/library/")
    for query in ("home=mk", "country=mk"):
        page = _public(f"/en/library/search/?q=razgovor&{query}")
        links = [link for link in re.findall(r'href="(\?[^"]*)"', page) if "q=razgovor" in link]
        assert links and all("home=mk" in link for link in links), query
        assert '<input type="hidden" name="home" value="mk">' in page
    page = _public("/en/library/search/?q=razgovor&home=mk")
    assert plain(page).index("In North Macedonia") < plain(page).index("In other countries")
    opened = re.search(r'<h4><a href="([^"]+)"', page)
    assert opened and "home=mk" in opened[1]
    assert "&home=mk" in re.search(r'href="([^"]+)">Back to the search', _public(opened[1]))[1]  # type: ignore[index]
    for wrong in ("zz", "MK", "<b>"):
        assert "In other countries" not in _public(f"/en/library/search/?q=razgovor&home={wrong}")
    api = PageClient()
    host = {"host": "public.test"}
    first = api.get("/api/v1/search?q=razgovor&home=mk&lang=en", headers=host).json()["results"][0]
    assert first["document"].startswith("mk/") and not first["other_country"]
    assert api.get("/api/v1/search?q=razgovor&home=MKD", headers=host).status_code == 422


def test_what_answers_less_at_home_comes_before_other_countries(office: PageClient) -> None:
    """Where only other countries have enough of the words, one's own country is shown with fewer."""
    tree = make_tree("mk", "Постапки", [(1, "Прв разговор", "Разговор во центарот за жртви.")])
    make_in_force(slug="mk-less", languages=("mk",), tree=tree)
    drain()
    page = get(office, "q=razgovor+sa+zrtvom+vodi+radnik+rok", "sr-latn")
    assert page.index('id="home"') < page.index('id="abroad"')
    before = page[page.index('id="home"') : page.index('id="abroad"')]
    assert "/i/mk/" in before
