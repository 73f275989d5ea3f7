"""Pages as tests read them."""

from __future__ import annotations

import re


def flat(html: str) -> str:
    """The HTML in one line, without the line breaks that templates set between tags and between attributes."""
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).replace(" >", ">")
