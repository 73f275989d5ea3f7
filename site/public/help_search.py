"""Campaigns and situations that contain what somebody searches for, above the documents."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue

from documents.translation.scripts import to_latin
from public.models import CampaignPage
from theme.locales import NEAREST, direction, html_lang

MOST = 5


def help_pages(request: HttpRequest, words: str, tag: str) -> SafeString:
    """The list for a reader of a language; empty where no page has all the words."""
    wanted = [word for word in _plain(words).split() if not word.startswith("-")]
    if not wanted:
        return SafeString()
    languages = (tag, *NEAREST.get(tag, ()), "en")
    pages = CampaignPage.published().filter(locale__language_code__in=languages)
    # As stored: a body that is taken apart asks for each number and picture of each page.
    rows = pages.values_list("translation_key", "title", "lead", "body")
    found = dict.fromkeys(key for key, *texts in rows if _has_all(wanted, _plain_page(_text_of(*texts))))
    if not found:
        return SafeString()
    context = {
        "links": CampaignPage.links_from(tag, list(found))[:MOST],
        "html_lang": html_lang(tag),
        "html_dir": direction(tag),
    }
    with translation.override(tag):
        return render_to_string("public/help_pages.html", context, request)


def _has_all(words: list[str], text: str) -> bool:
    return all(word in text for word in words)


def _plain(text: str) -> str:
    return to_latin(text).casefold().replace('"', " ")


_plain_page = lru_cache(maxsize=512)(_plain)
"""For the texts of pages; what somebody searched for is not kept."""


def _text_of(title: str, lead: str, body: StreamValue) -> str:
    blocks = (block["value"]["signs"] for block in body.raw_data if block["type"] == "signs")
    return "\n".join([title, lead, *(sign["value"]["text"] for signs in blocks for sign in signs)])
