"""What a page costs somebody on a slow telephone: bytes on the wire, and how many things are asked for."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from public.models import CampaignPage

CSS = ("theme/base.css", "theme/public.css")
KB = 1024


def packed(name: str) -> int:
    """The size of a static file as WhiteNoise sends it."""
    found = finders.find(name)
    assert found
    return len(gzip.compress(Path(found).read_bytes(), 9))


def asked_for(page: str) -> list[str]:
    """What a page makes a browser fetch."""
    sources = r'<(?:script|img) [^>]*?src="([^"]+)'
    links = r'<link rel="(?:stylesheet|preload|icon)"[^>]*? href="([^"]+)'
    found = re.findall(sources, page) + re.findall(links, page)
    return [address for address in found if not address.startswith("data:")]


def test_the_styles_fit() -> None:
    assert sum(packed(name) for name in CSS) <= 6.5 * KB


@pytest.mark.parametrize("tag", ["mk", "sq", "ar", "en"])
def test_a_campaign_is_light(campaign: dict[str, CampaignPage], reader: Client, tag: str) -> None:
    answer = reader.get(f"/{tag}/work-abroad/", headers={"accept-encoding": "gzip"})
    page = gzip.decompress(answer.content).decode()
    fetched = [address.removeprefix("/static/") for address in asked_for(page)]
    assert sorted(fetched) == sorted([*CSS, "theme/public.js"])  # with the page itself, four
    assert len(page.encode()) <= 25 * KB
    assert len(answer.content) + sum(packed(name) for name in fetched) <= 12 * KB


@pytest.mark.parametrize("path", ["/en/", "/en/help/", "/en/help/mk/", "/en/privacy/"])
def test_so_are_the_other_pages(campaign: dict[str, CampaignPage], reader: Client, path: str) -> None:
    page = reader.get(path).content.decode()
    fetched = asked_for(page)
    assert len(fetched) == 3
    assert "font" not in " ".join(fetched)
