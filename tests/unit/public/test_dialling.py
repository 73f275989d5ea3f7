"""Whether a number that is shown is the one that is dialled; and which links call one."""

import pytest

from public.checks.links import calls_a_number
from public.dialling import is_abroad, same_number


@pytest.mark.parametrize(
    ("shown", "dialled", "same"),
    [
        ("0800 660", "0800660", True),
        ("0800 660", "08006660", False),
        ("116 006", "116006", True),
        ("070 123 456", "+38970123456", True),
        ("+389 (0)70 123-456", "+38970123456", True),
        ("00389 70 123 456", "070123456", True),
        ("070 123 456", "+38170123456", False),
        ("0800 1 or 0800 2", "08001", False),
        ("call us", "0800660", False),
        ("", "", False),
    ],
)
def test_the_digits_decide(shown: str, dialled: str, same: bool) -> None:
    assert same_number(shown, dialled, "mk") is same


@pytest.mark.parametrize(
    ("href", "calls"),
    [
        ("tel:+38970999999", True),
        (" TEL:070", True),
        ("&#116;el:070", True),
        ("viber://chat?number=1", True),
        ("https://wa.me/389", True),
        ("https://example.org/tel:1", False),
        ("mailto:a@example.org", False),
    ],
)
def test_links_that_call(href: str, calls: bool) -> None:
    assert calls_a_number(f'<p>tel: <a href="{href}">x</a></p>') is calls


@pytest.mark.parametrize(
    ("number", "country", "abroad"),
    [
        ("+381 11 3344 555", "mk", True),
        ("00381113344555", "mk", True),
        ("+389 2 333", "mk", False),
        ("0800 11 222", "mk", False),
        ("+49 30 1", "de", False),
        ("", "mk", False),
    ],
)
def test_a_code_tells_the_country(number: str, country: str, abroad: bool) -> None:
    assert is_abroad(number, country) is abroad
