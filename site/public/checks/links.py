"""Links of a rich text as Wagtail stores it, and whether an address can be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

ANCHOR = re.compile(r"<a\s([^>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")


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
