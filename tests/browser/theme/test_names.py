"""Names out of the database stand in the script of the page."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.utils import translation

from theme.localized_names import localized_name


@dataclass
class Place:
    shown: str
    name_sr: str = ""

    def __str__(self) -> str:
        return self.shown


@pytest.mark.parametrize(
    ("page", "name", "said"),
    [
        ("sr-latn", Place("Министарство правде"), "Ministarstvo pravde"),
        ("sr-latn", "Љубица Њежић", "Ljubica Nježić"),
        ("sr-cyrl", Place("Ministarstvo pravde", "Ministarstvo pravde"), "Министарство правде"),
        # A name that is in another language stays: nobody knows how to write it in the other script.
        ("sr-cyrl", Place("Ministry of Justice", "Министарство правде"), "Ministry of Justice"),
        ("sr-cyrl", "Ministry of Justice", "Ministry of Justice"),
        # Serbian letters don't do for Macedonian: better as it is than half of it.
        ("sr-latn", Place("Меѓународен центар"), "Меѓународен центар"),
        ("en", Place("Министарство правде"), "Министарство правде"),
    ],
)
def test_a_name_is_in_the_script_of_the_page(page: str, name: object, said: str) -> None:
    with translation.override(page):
        assert localized_name(name) == said
