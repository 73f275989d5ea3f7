"""What a reader says on the telephone, in a language of the country, where no helpline speaks theirs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from documents.translation.scripts import to_latin
from theme.locales import html_lang

FILE = Path(__file__).parent / "interpreter.toml"
ONE_LANGUAGE = frozenset({"bs", "cnr", "hr", "sr"})
"""Four standards: whoever speaks one understands the others."""
MACEDONIAN = str.maketrans({"ѓ": "gj", "ќ": "kj", "ѕ": "dz", "Ѓ": "Gj", "Ќ": "Kj", "Ѕ": "Dz"})


@dataclass(frozen=True)
class ToSay:
    """``latin``: the same for who does not read Cyrillic; empty where the sentence is in Latin script."""

    text: str
    html_lang: str
    latin: str


def spoken_like(tag: str) -> str:
    """One name for the languages that the same person speaks on the telephone."""
    base = tag.partition("-")[0]
    return "sr" if base in ONE_LANGUAGE else base


def sentences(tag: str, official: Iterable[str]) -> list[ToSay]:
    """For a reader of ``tag``, in each of the official languages of a country that differ enough."""
    chosen = {spoken_like(one): one for one in reversed([*official])}
    return [found for one in reversed(chosen.values()) if (found := _sentence(tag.partition("-")[0], one))]


def _sentence(reader: str, official: str) -> ToSay | None:
    own = _data().get(official, {})
    name = own.get("names", {}).get(reader)
    if name is None:
        return None
    text = own["sentence"].format(name)
    latin = to_latin(text.translate(MACEDONIAN))
    return ToSay(text, html_lang(official), latin if latin != text else "")


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))
