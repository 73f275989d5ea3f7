"""Which countries a campaign must have a number for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from public.publication import no_number

NAMES = {"mk": "North Macedonia", "rs": "Serbia"}


def number(country: str, *, shown: bool = True) -> Any:
    hotline = SimpleNamespace(country_id=country, is_shown=shown)
    return SimpleNamespace(block_type="hotline", value={"hotline": hotline})


EVERY = SimpleNamespace(block_type="numbers", value={})


@pytest.mark.parametrize(
    ("body", "needed", "reached", "problem"),
    [
        ([number("mk")], ["mk"], ["mk", "rs"], ""),
        ([number("rs")], ["mk"], ["mk", "rs"], "another country"),
        ([EVERY, number("rs")], ["mk"], ["mk", "rs"], "another country"),
        ([EVERY, number("rs")], ["mk", "rs"], ["mk", "rs"], ""),
        ([number("mk")], ["mk", "rs"], ["mk", "rs"], "no number to call for: Serbia"),
        ([number("mk"), number("rs")], ["mk", "rs"], ["mk", "rs"], ""),
        ([EVERY], ["mk", "rs"], ["mk", "rs"], ""),
        ([EVERY], ["mk", "rs"], ["mk"], "no number to call for: Serbia"),
        ([number("mk", shown=False)], ["mk"], ["mk"], "does not show this number"),
        ([], ["mk"], ["mk"], "Add a number"),
    ],
)
def test_a_campaign_has_a_number_for_each_of_its_countries(
    body: list[Any], needed: list[str], reached: list[str], problem: str
) -> None:
    found = no_number(body, {code: NAMES[code] for code in needed}, reached)
    assert problem in found and bool(problem) is bool(found)
