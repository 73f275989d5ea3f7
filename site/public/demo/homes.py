"""The first pages of the demonstration, and the texts that its pages share.

Texts stand in ``texts/LANGUAGE.toml``, the same in each but for the words; Serbian in Latin is made.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from documents.translation.scripts import to_latin
from public.languages import CYRILLIC, LATIN
from public.set_up import first_page_in, set_up_site

FOLDER = Path(__file__).parent
TEXTS = FOLDER / "texts"


def read(folder: Path, tag: str) -> dict[str, Any]:
    """The file of a language in a folder."""
    found = tomllib.loads((folder / f"{CYRILLIC if tag == LATIN else tag}.toml").read_text("utf-8"))
    latin: dict[str, Any] = _in_latin(found)
    return latin if tag == LATIN else found


def languages(folder: Path = TEXTS) -> list[str]:
    """Those that have texts in a folder, English first: the others are its translations."""
    written = {file.stem for file in folder.glob("*.toml")} - {"campaign"}
    latin = {LATIN} if CYRILLIC in written else set()
    return ["en", *sorted((written | latin) - {"en"})]


@cache
def texts(tag: str) -> dict[str, Any]:
    """What the first page and the situations say in a language."""
    return read(TEXTS, tag)


def _in_latin(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _in_latin(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_in_latin(part) for part in value]
    return to_latin(value) if isinstance(value, str) else value


def set_up_homes(tags: Sequence[str]) -> None:
    """First pages in these languages, with who runs the site; what somebody wrote stays."""
    set_up_site()
    for tag in tags:
        words = texts(tag)
        home = first_page_in(tag, words["home"]["title"], words["home"]["lead"])
        own, english = _about(words), _about(texts("en"))
        # A first page of another language begins as a copy of the English one.
        if home.about != own and home.about in ("", english):
            home.title, home.lead, home.about = words["home"]["title"], words["home"]["lead"], own
            home.save_revision().publish()


def _about(words: dict[str, Any]) -> str:
    return f"<p>{words['home']['about']}</p>"
