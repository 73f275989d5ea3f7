"""What a campaign must have before everybody sees it: a number for each country that it is for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
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


def why_not_published(body: Any, needed: Mapping[str, str], reached: Collection[str]) -> str:
    """Why nobody may see a campaign with this content yet, in plain words; empty where all may.
    ``needed``: the countries that it is for, with their names; ``reached``: those that have a helpline."""
    texts = (block.value["text"] for block in body if block.block_type == "text")
    if any(calls_a_number(text.source) for text in texts if text):
        return no_call_links()
    blocks = [block for block in body if block.block_type == "hotline"]
    every = any(block.block_type == "numbers" for block in body)
    if not blocks and not every:
        return _("Add a number to call before you publish this campaign.")
    chosen = [block.value["hotline"] for block in blocks if block.value["hotline"]]
    if not every and not any(number.is_shown for number in chosen):
        return _("The site does not show this number. A second person must confirm it first.")
    foreign = [number for number in chosen if number.country_id not in needed]
    if foreign:
        return _("A number of another country is in this campaign: %(numbers)s. Remove it.") % {
            "numbers": ", ".join(map(str, foreign))
        }
    covered = {number.country_id for number in chosen if number.is_shown} & {*reached}
    missing = [name for code, name in needed.items() if code not in (reached if every else covered)]
    if missing:
        return _("This campaign has no number to call for: %(countries)s.") % {
            "countries": ", ".join(missing)
        }
    return ""
