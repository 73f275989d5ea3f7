"""Which text a reader gets where there is none in the language of the page."""

from __future__ import annotations

import pytest

from documents.display.language import choose, nearest

CYRILLIC = {"sr": "Поступак са дететом на граници", "mk": "Постапка со дете"}


@pytest.mark.parametrize(
    ("page", "wanted", "available", "shown"),
    [
        ("bs", "", ["mk", "sr", "en"], "sr-latn"),
        ("hr", "", ["mk", "sr", "bs"], "bs"),
        ("cnr", "", ["mk", "sr", "en"], "sr-latn"),
        ("cnr", "sr", ["mk", "cnr", "sr"], "sr-latn"),
        ("cnr", "sr-cyrl", ["mk", "sr"], "sr-cyrl"),
        ("sr-latn", "", ["mk", "sr"], "sr-latn"),
        ("sr-cyrl", "", ["mk", "cnr", "en"], "cnr"),
        ("mk", "sr", ["mk", "sr"], "sr-cyrl"),
        ("sq", "", ["mk", "sr", "en"], "mk"),
        ("en", "", ["mk", "sr", "en"], "en"),
    ],
)
def test_the_nearest_text_is_shown_in_the_script_of_its_reader(
    page: str, wanted: str, available: list[str], shown: str
) -> None:
    text = choose(page, wanted, "mk", available, CYRILLIC)
    assert text.tag == shown
    assert text.instead is (text.language != text.requested)
    if not wanted:
        assert nearest(page, available, "mk") == text.language
        # The same text by its own tag, for links from other pages.
        assert choose(page, shown, "mk", available, CYRILLIC).parameter == ""
