"""What stands on the first page of a language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from public import addresses, published
from public.countries import footnotes
from public.hotlines import Line, shown_lines
from public.languages import SPOKEN, native_name, stand_in
from public.models import CampaignPage, HomePage
from theme.locales import direction, html_lang


@dataclass(frozen=True)
class Link:
    """An address in some language, with what HTML needs to know of it."""

    text: str
    url: str
    html_lang: str
    direction: str
    language_name: str = ""
    current: bool = False


def language_links() -> list[str]:
    """The languages that the first page can be read in: those of our words, and those of a published first
    page."""
    return sorted(SPOKEN | {home.tag for home in published.homes()})


def context(tag: str, page: HomePage | None) -> dict[str, Any]:
    """``page`` is the first page as somebody wrote it, where there is one in that language."""
    by_key: dict[Any, dict[str, CampaignPage]] = {}
    for campaign in published.campaigns().order_by("path"):
        by_key.setdefault(campaign.translation_key, {})[campaign.tag] = campaign
    own = [languages[tag] for languages in by_key.values() if tag in languages]
    others = [
        languages[stand_in(tag, languages) or ""] for languages in by_key.values() if tag not in languages
    ]
    first: dict[str, Line] = {}
    for line in shown_lines(tag):
        first.setdefault(line.country.code, line)
    return {
        "home": page,
        "campaigns": own,
        "elsewhere": [campaign_link(campaign, address_in=tag) for campaign in others],
        "lines": list(first.values()),
        "footnotes": footnotes([line.country for line in first.values()]),
        "tongues": [
            Link(
                native_name(one),
                addresses.path_of("home", one),
                html_lang(one),
                direction(one),
                "",
                one == tag,
            )
            for one in language_links()
        ],
    }


def campaign_link(campaign: CampaignPage, address_in: str = "") -> Link:
    """A link to a campaign, which keeps its own language."""
    return Link(
        campaign.title,
        addresses.path_of("campaign", address_in or campaign.tag, campaign.slug),
        html_lang(campaign.tag),
        direction(campaign.tag),
        native_name(campaign.tag),
    )
