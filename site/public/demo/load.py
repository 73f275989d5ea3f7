"""Puts the demonstration's campaign and numbers on the site, where they are not there yet."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from people.models import Country
from public.actions.change_hotline import enter_hotline
from public.models import CampaignPage, HomePage, Hotline, HotlineText
from public.set_up import first_page_in, set_up_site

FOLDER = Path(__file__).parent
TAGS = {"sr": ("sr-cyrl",)}
"""Texts in Serbian are written in Cyrillic."""


def read(name: str) -> dict[str, Any]:
    """One of the files beside this one."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def load_campaign() -> list[CampaignPage]:
    """The campaign, published as by an editor; what is there stays. Needs the countries of
    config.demo.people."""
    data = read("campaign")
    with transaction.atomic():
        set_up_site()
        load_hotlines()
        return [_page(tag, data) for tag in data["languages"]]


def load_hotlines() -> None:
    data = read("hotlines")
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


def _page(tag: str, data: dict[str, Any]) -> CampaignPage:
    locale = Locale.objects.get(language_code=tag)
    found = CampaignPage.objects.filter(locale=locale, slug=data["slug"]).first()
    if found is not None:
        return found
    text = read(tag)
    home = _home(tag, data)
    fields = {
        "title": text["title"],
        "lead": text["lead"],
        "body": [_block(data["hotline"], **block) for block in text["block"]],
        "search_description": data["description"][tag],
    }
    original = CampaignPage.objects.filter(slug=data["slug"]).order_by("pk").first()
    if original is None:
        page = CampaignPage(
            slug=data["slug"],
            locale=locale,
            art=data["art"],
            country=Country.objects.get(pk=data["country"]),
            live=False,
            **fields,
        )
        home.add_child(instance=page)
    else:
        page = original.copy_for_translation(locale)
        for name, value in fields.items():
            setattr(page, name, value)
    page.full_clean()
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _home(tag: str, data: dict[str, Any]) -> HomePage:
    home = first_page_in(tag, data["site"][tag], data["description"][tag])
    if home.title != data["site"][tag] and home.title == "Help and information":
        home.title, home.lead = data["site"][tag], data["description"][tag]
        home.save_revision().publish()
    return home


def _block(hotline: str, kind: str, **value: Any) -> tuple[str, dict[str, Any]]:
    """A block of the page. ``hotline`` is the key of the number to call."""
    return kind, value | ({"hotline": Hotline.objects.get(key=hotline)} if kind == "hotline" else {})
