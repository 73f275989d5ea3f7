"""Where the links of a page lead: with the country, and to the discreet twin."""

from __future__ import annotations

import pytest

from public.places import Place

NUMBERS = {"work-abroad": 104}


@pytest.mark.parametrize(
    ("path", "plain", "discreet"),
    [
        ("/en/", "/en/?in=mk", "/en/n/1/?in=mk"),
        ("/sr-latn/help/", "/sr-latn/help/?in=mk", "/sr-latn/n/2/?in=mk"),
        ("/en/help/rs/", "/en/help/rs/", "/en/n/2/?in=rs"),
        ("/ar/work-abroad/", "/ar/work-abroad/?in=mk", "/ar/n/104/?in=mk"),
        ("/en/unknown/", "/en/unknown/?in=mk", "/en/unknown/?in=mk"),
        ("/en/library/search/", "/en/library/search/?home=mk", "/en/library/search/?home=mk"),
    ],
)
def test_a_link_keeps_the_country(path: str, plain: str, discreet: str) -> None:
    assert Place("mk").address(path) == plain
    assert Place("mk", discreet=True, campaigns=NUMBERS).address(path) == discreet


def test_without_a_country_an_address_stays_as_it_is() -> None:
    place = Place(campaigns=NUMBERS)
    assert place.address("/en/help/") == "/en/help/"
    assert place.twin("/en/work-abroad/") == "/en/n/104/"
    assert place.twin("/en/library/search/") == ""
