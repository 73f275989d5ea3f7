"""Links of a rich text as Wagtail stores it, whether an address can be one, and whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

ANCHOR = re.compile(r"<a\s([^>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")
HREF = re.compile(r"""href\s*=\s*["']([^"']*)""", re.IGNORECASE)
CALLS = re.compile(
    r"(tel|sms|smsto|callto|facetime|skype|sip|viber|whatsapp):|https?://(www\.)?(wa\.me|api\.whatsapp\.com)/",
    re.IGNORECASE,
)
OFFICIAL = (
    "gov.al", "gov.ba", "vladars.net", "vladars.rs", "bdcentral.net", "gov.me", "gov.mk", "gov.rs",
    "rks-gov.net", "europa.eu", "coe.int", "osce.org", "un.org", "unhcr.org", "iom.int", "unicef.org",
    "ilo.org", "unodc.org",
)  # fmt: skip
"""Hosts of the six governments and of international organisations, with all below them."""


@dataclass(frozen=True)
class Link:
    """``kind``: "page" or "document" with the ``target``'s key, else "address"."""

    kind: str
    target: str


def links_of(html: str) -> list[Link]:
    found = []
    for anchor in ANCHOR.findall(html):
        names = {name.lower(): unescape(value) for name, value in ATTRIBUTE.findall(anchor)}
        if kind := names.get("linktype"):
            found.append(Link(kind, names.get("id", "")))
        elif "href" in names:
            found.append(Link("address", names["href"].strip()))
    return found


def is_well_formed(address: str) -> bool:
    """Whether a browser could open the address: https or http with a host, or a mail address."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", parts.path) is not None
    is_web = parts.scheme in ("http", "https") and not re.search(r"\s", address)
    return is_web and bool(HOST.fullmatch(host))


def calls_a_number(html: str) -> bool:
    """Whether a link of the text calls a number or writes to one."""
    return any(CALLS.match(re.sub(r"\s", "", unescape(href))) for href in HREF.findall(html))


def no_call_links() -> str:
    return _("A link here calls a number. Remove it and use the block Number to call.")


def is_official(address: str) -> bool:
    """Whether an address, or a host alone, is a government's or an international organisation's."""
    try:
        host = (urlsplit(address if "//" in address else f"//{address}").hostname or "").lower()
    except ValueError:
        return False
    return any(host == own or host.endswith(f".{own}") for own in OFFICIAL)
