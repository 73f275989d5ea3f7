"""The campaigns of the demonstration, in every language of the public site.

``campaigns/SLUG/campaign.toml`` holds what all languages share, ``LANGUAGE.toml`` the texts: block by block
in one order, with the names that the blocks give their fields.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.db import transaction

from people.models import Country
from public.demo.homes import languages, read, set_up_homes
from public.demo.hotlines import load_hotlines
from public.demo.plant import Planned, plant
from public.models import CampaignPage, Hotline
from public.phrases import starting_phrases

FOLDER = Path(__file__).parent / "campaigns"


def slugs() -> list[str]:
    return sorted(file.parent.name for file in FOLDER.glob("*/campaign.toml"))


def load_campaigns(only: Collection[str] = (), tags: Collection[str] = ()) -> list[CampaignPage]:
    """Publishes what is not there yet, and the numbers to call. Needs the countries of config.demo.people."""
    chosen = [slug for slug in slugs() if not only or slug in only]
    found = {slug: [tag for tag in languages(FOLDER / slug) if not tags or tag in tags] for slug in chosen}
    with transaction.atomic():
        set_up_homes(sorted({tag for own in found.values() for tag in own}))
        load_hotlines()
        return plant([_planned(slug, own) for slug, own in found.items()])


def _planned(slug: str, tags: list[str]) -> Planned:
    shared = tomllib.loads((FOLDER / slug / "campaign.toml").read_text("utf-8"))
    country = Country.objects.filter(pk=shared["country"]).first()
    hotline = Hotline.objects.filter(key=shared.get("hotline", "")).first()
    fields = {"art": shared["art"], "country": country}
    named = shared.get("phrases", "")
    contents = {
        tag: _content(FOLDER / slug, tag, hotline) | {"phrases": starting_phrases(named, tag)} for tag in tags
    }
    return Planned(slug, contents, fields)


def _content(folder: Path, tag: str, hotline: Hotline | None) -> dict[str, Any]:
    text = read(folder, tag)
    body = []
    for block in text["block"]:
        value = {name: part for name, part in block.items() if name != "kind"}
        if block["kind"] == "hotline":
            value["hotline"] = hotline.pk if hotline else None
        body.append((block["kind"], value))
    top = {"title": text["title"], "lead": text["lead"], "search_description": text["description"]}
    return top | {"body": body}
