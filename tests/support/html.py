"""Pages as tests read them."""

from __future__ import annotations

import re

_BLOCKS = (
    "html|head|body|title|meta|link|header|footer|main|nav|section|article|aside|div|p|ul|ol|li|dl|dt|dd|table|thead|tbody"
    "|tr|td|th|form|fieldset|legend|details|summary|h[1-6]|option|select"
)
_AROUND_BLOCK = re.compile(rf" ?(</?(?:{_BLOCKS})\b[^>]*>) ?")


def flat(html: str) -> str:
    """The HTML in one line, without the line breaks that templates set between tags and between attributes."""
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).replace(" >", ">")


def squeeze(html: str) -> str:
    """The same with the white space between inline elements, which a browser shows."""
    return _AROUND_BLOCK.sub(r"\1", re.sub(r"\s*\n\s*", " ", html))
