"""The icons, drawn on 24 by 24 with a stroke of 2. Inline, because a page then needs no second request."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import quote

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))

# What points along the line of reading turns round in right-to-left pages.
_FLIPPED = frozenset(
    {
        *("next", "previous", "leave", "sign-out", "back", "redo", "list", "comment", "quote"),
        *("numbers", "reference", "footnote", "step", "indent", "outdent"),
    }
)


@cache
def _plain(name: str, classes: str) -> SafeString:
    body = mark_safe(ICONS[name])  # noqa: S308 - our own drawings
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', classes, body)


def icon_svg(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon as inline SVG, silent or named `label`. KeyError if there is none."""
    classes = " ".join(filter(None, ["ic", "flip" if name in _FLIPPED else "", css]))
    if not label:
        return _plain(name, classes)
    body = mark_safe(ICONS[name])  # noqa: S308 - our own drawings
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', classes, label, body
    )


#: The mark of Kodeks, as an address that holds the picture itself: one request less on a slow phone.
FAVICON = "data:image/svg+xml," + quote(
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 28 28'><path fill='#0a3641' d='M0 0h28v28H0z'/>"
    "<path d='M5 8.5h13m-13 11h13' stroke='#fff' stroke-width='3'/>"
    "<path d='M10 14h13' stroke='#f5b82e' stroke-width='3'/></svg>",
    safe="='/:",
)

PLAIN_FAVICON = "data:image/svg+xml," + quote(
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 28 28'><path fill='#fff' stroke='#747b82' "
    "stroke-width='2' d='M6 2h11l5 5v19H6z'/><path d='M10 12h8m-8 5h8' stroke='#747b82' "
    "stroke-width='2'/></svg>",
    safe="='/:",
)
"""A sheet of paper."""
