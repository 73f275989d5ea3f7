"""Puts the demonstration's numbers on the site, where they are not there yet."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from people.models import Country
from public.actions.change_hotline import enter_hotline
from public.models import Hotline, HotlineText

FILE = Path(__file__).parent / "hotlines.toml"
TAGS = {"sr": ("sr-cyrl",)}
"""Texts in Serbian are written in Cyrillic."""


def load_hotlines() -> None:
    data = tomllib.loads(FILE.read_text("utf-8"))
    for position, row in enumerate(data["hotline"]):
        _load_hotline(row, position, _texts(row, data))
    for row in data["emergency"]:
        country, languages = row.pop("country"), row.pop("languages")
        for position, (kind, number) in enumerate(row["numbers"].items(), 100):
            values = {
                "key": f"{country}-{kind}",
                "country": country,
                "kind": kind,
                "number": number,
                "tel": number,
                "languages": languages,
                "source": row["source"],
                "checked": row["checked"],
            }
            _load_hotline(values, position, [])


def _texts(row: dict[str, Any], data: dict[str, Any]) -> list[HotlineText]:
    parts = {name: data[name][row.pop(name)] for name in ("name", "hours", "call")}
    return [
        HotlineText(language=tag, **{name: texts[language] for name, texts in parts.items()})
        for language in parts["name"]
        for tag in TAGS.get(language, (language,))
    ]


def _load_hotline(values: dict[str, Any], position: int, texts: list[HotlineText]) -> None:
    if Hotline.objects.filter(key=values["key"]).exists():
        return
    hotline = Hotline(**values | {"country": Country.objects.get(pk=values["country"]), "position": position})
    hotline.texts = texts
    hotline.full_clean()
    enter_hotline(hotline)
