"""The words that a person has listed (words/*.toml). Dictionaries confuse them, they say nothing in a
query, or the standards of the four BCMS languages differ in them.

Forms are in small letters with their diacritics (for the BCMS languages in Latin letters).
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent / "words"


@cache
def _lists(name: str) -> dict[str, Any]:
    path = _FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def listed(family: str, name: str) -> tuple[str, ...]:
    """One of the lists of a family."""
    return tuple(_lists(family).get(name, "").split())


def frequent(family: str) -> dict[str, str]:
    """The frequent words of a family: the lemma, and its forms as the file has them."""
    return dict(_lists(family)["frequent"])


def lemma_of_form(words: dict[str, str]) -> dict[str, str]:
    """Form to lemma, from lemma to forms."""
    return {form: lemma for lemma, forms in words.items() for form in forms.split()}


@cache
def closed_forms(family: str) -> dict[str, str]:
    """Form to lemma of pronouns and auxiliary verbs, which are listed once and for all."""
    words = _lists(family).get("closed", {})
    return lemma_of_form({lemma.lower(): forms for lemma, forms in words.items()})


@cache
def silent_forms(family: str) -> frozenset[str]:
    """The forms that are left out of a query as long as it has others."""
    silent = listed(family, "silent") or listed("light", family)
    return frozenset(silent) | closed_forms(family).keys()


def standards() -> tuple[tuple[str, ...], ...]:
    """Groups of words that the four standards use for the same thing; the first stands for all."""
    lines = (_FOLDER / "standards.txt").read_text("utf-8").splitlines()
    return tuple(tuple(line.split(" = ")) for line in lines if line and not line.startswith("#"))
