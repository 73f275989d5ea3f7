"""What a page costs somebody on a slow telephone: bytes on the wire, and how many files are asked for."""

from __future__ import annotations

import gzip
import re

import pytest
from django.test import Client

from public.models import CampaignPage
from theme import inline

KB = 1024


def asked_for(page: str) -> list[str]:
    """What a page makes a browser fetch."""
    sources = r'<(?:script|img) [^>]*?src="([^"]+)'
    links = r'<link rel="(?:stylesheet|preload|icon)"[^>]*? href="([^"]+)'
    found = re.findall(sources, page) + re.findall(links, page)
    return [address for address in found if not address.startswith("data:")]


def test_the_styles_fit() -> None:
    assert len(gzip.compress((inline.TEXTS["base.css"] + inline.TEXTS["public.css"]).encode())) <= 6.5 * KB


@pytest.mark.parametrize(
    "path", ["/mk/work-abroad/", "/sq/work-abroad/", "/ar/work-abroad/", "/en/", "/en/help/"]
)
def test_a_page_is_light_and_asks_for_nothing_else(
    campaign: dict[str, CampaignPage], reader: Client, path: str
) -> None:
    answer = reader.get(path, headers={"accept-encoding": "gzip"})
    page = gzip.decompress(answer.content).decode()
    assert asked_for(page) == []
    assert len(page.encode()) <= 60 * KB
    assert len(answer.content) <= 14 * KB
