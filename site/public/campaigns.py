"""What stands on the page of a campaign, besides its own text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from public import addresses, published
from public.countries import named
from public.home import Link
from public.hotlines import line
from public.language_notice import notice
from public.languages import native_name
from public.models import CampaignPage, HomePage
from theme.locales import direction, html_lang


def context(page: CampaignPage, request: HttpRequest) -> dict[str, Any]:
    """``request.asked`` is the language of the address; a preview has none and is in the language of its
    page."""
    asked = getattr(request, "asked", page.tag)
    hotline = page.hotline
    home = HomePage.objects.filter(locale=page.locale_id).live().first()
    country = named(page.country, page.tag) if page.country else None
    return {
        "tag": page.tag,
        "text_lang": html_lang(page.tag),
        "text_dir": direction(page.tag),
        "site_name": home.title if home else "",
        "notice": notice(asked, page.tag),
        "line": line(hotline, page.tag) if hotline else None,
        "called": line(hotline, asked) if hotline else None,
        "country": country,
        "tongues": tongues(page, asked),
    }


def tongues(page: CampaignPage, asked: str) -> list[Link]:
    """The campaign in its published languages, each under its own address."""
    return [
        Link(
            native_name(tag),
            addresses.path_of("campaign", tag, slug),
            html_lang(tag),
            direction(tag),
            "",
            tag == asked,
        )
        for tag, slug in published.translations(page)
    ]
