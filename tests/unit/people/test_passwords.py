"""Passwords by NIST 800-63B: length, and what is guessed first."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from people.models import User


@pytest.mark.parametrize(
    "password",
    [
        "fourteen signs",
        "aaaaaaaaaaaaaaaa",
        "1212121212121212",
        "12345678901234567",
        "0987654321098765",
        "abcdefghijklmnop",
        "qwertyuiopasdfgh",
        "qwertzuiopasdfgh",
        "password12345678",
        "passwordpassword",
        "Password!!!!2026",
        "Password2026!Password2026!",
        "kodekskodekskodeks",
        "KODEKS-2026-2027-1",
        "1234-5678-9012-3456",
        "                    ",
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["a long password of words", "ovo je duga lozinka", "kodeks-demo-2026", "правилник под чинар"]
)
def test_a_few_words_are_enough(password: str) -> None:
    validate_password(password)


def test_a_password_like_the_own_name_is_refused_in_words_of_its_own() -> None:
    with pytest.raises(ValidationError, match="too similar to your name"):
        validate_password("aleksandra petrovska1", User(name="Aleksandra Petrovska", email="a@example.org"))
