"""Campaigns and situations that contain what somebody searches for, above the documents."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

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
    found = [page for page in pages if all(word in _plain(_text_of(page)) for word in wanted)]
    if not found:
        return SafeString()
    context = {
        "links": CampaignPage.links_from(tag, _once(found))[:MOST],
        "html_lang": html_lang(tag),
        "html_dir": direction(tag),
    }
    with translation.override(tag):
        return render_to_string("public/help_pages.html", context, request)


def _once(pages: list[CampaignPage]) -> list[CampaignPage]:
    return list({page.translation_key: page for page in pages}.values())


def _plain(text: str) -> str:
    return to_latin(text).casefold().replace('"', " ")


def _text_of(page: CampaignPage) -> str:
    signs = (
        sign["text"] for block in page.body if block.block_type == "signs" for sign in block.value["signs"]
    )
    return "\n".join([page.title, page.lead, *signs])
