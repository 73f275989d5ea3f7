"""Passwords that are long enough and still guessed first (NIST 800-63B, 3.1.1.2).

Django's package has the list of leaked ones. Most are short, and people make them long with figures or by
typing them twice.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_CHARACTERS = 5
"""A password with fewer different ones is refused: ``aaaaaaaaaaaaaaaa``, ``121212121212121``."""
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertzuiopasdfghjklyxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
)
OWN = ("kodeks",)


class OwnNameValidator(UserAttributeSimilarityValidator):
    """Django's, for the fields that a person has here."""

    def __init__(self) -> None:
        super().__init__(("name", "email"))

    def validate(self, password: str, user: Any = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError:
            too_similar = _("The password is too similar to your name or your e-mail address.")
            raise ValidationError(too_similar, code="password_too_similar") from None


class GuessableValidator:
    """Refuses repetitions, rows of the alphabet and the keyboard, and a leaked password with a tail."""

    @cached_property
    def leaked(self) -> set[str]:
        return CommonPasswordValidator().passwords | set(OWN)

    def validate(self, password: str, user: Any = None) -> None:
        typed = password.strip().lower()
        if len(set(typed)) < FEWEST_CHARACTERS or _is_row(typed) or self._is_leaked(typed):
            raise ValidationError(self.get_help_text(), code="password_guessable")

    def _is_leaked(self, typed: str) -> bool:
        """Whether nothing but figures and signs is around a leaked password, once or several times."""
        once = re.fullmatch(r"(.+?)\1*", typed, re.DOTALL)
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", once[1] if once else typed)
        letters = re.fullmatch(r"(.+?)\1*", core, re.DOTALL)
        return not core or core in self.leaked or (letters is not None and letters[1] in self.leaked)

    def get_help_text(self) -> str:
        return _("This password is easy to guess. Use a few words that do not belong together.")


def _is_row(typed: str) -> bool:
    for row in ROWS:
        for way in (row, row[::-1]):
            if typed in way * (len(typed) // len(way) + 2):
                return True
    return False
