"""What a campaign must have before everybody sees it: a confirmed number, and no other way to call."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.utils.translation import gettext as _

HREF = re.compile(r"""href\s*=\s*["']([^"']*)""", re.IGNORECASE)
CALLS = re.compile(
    r"(tel|sms|smsto|callto|facetime|skype|sip|viber|whatsapp):|https?://(www\.)?(wa\.me|api\.whatsapp\.com)/",
    re.IGNORECASE,
)


def calls_a_number(html: str) -> bool:
    """Whether a link of the text calls a number or writes to one."""
    return any(CALLS.match(re.sub(r"\s", "", unescape(href))) for href in HREF.findall(html))


def no_call_links() -> str:
    return _("A link here calls a number. Remove it and use the block Number to call.")


def why_not_published(body: Any) -> str:
    """Why nobody may see a campaign with this content yet, in plain words; empty where all may."""
    numbers = [block.value["hotline"] for block in body if block.block_type == "hotline"]
    texts = (block.value["text"] for block in body if block.block_type == "text")
    if any(calls_a_number(text.source) for text in texts if text):
        return no_call_links()
    if not any(numbers):
        return _("Add a number to call before you publish this campaign.")
    if not any(number.is_shown for number in numbers if number):
        return _("The site does not show this number. A second person must confirm it first.")
    return ""
