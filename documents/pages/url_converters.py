"""Parts of an address, each in its one spelling: what is not spelled so is no address."""

from __future__ import annotations

from datetime import date

from django.urls import register_converter
from django.urls.converters import get_converters


class CountryCode:
    regex = "[a-z]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Slug(CountryCode):
    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


class Sha256(CountryCode):
    regex = "[0-9a-f]{64}"


class EditionNumber:
    """1, 2, 3 …, without leading zeros."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Day:
    """2026-03-14; a day that no calendar has is no address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)  # a ValueError here is a 404

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


_CONVERTERS: dict[str, type] = {
    "cc": CountryCode,
    "address": Slug,
    "sha256": Sha256,
    "edition": EditionNumber,
    "day": Day,
}
for _name, _converter in _CONVERTERS.items():
    if _name not in get_converters():
        register_converter(_converter, _name)
