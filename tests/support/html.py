"""Pages as tests read them."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

_BLOCKS = (
    "html|head|body|title|meta|link|header|footer|main|nav|section|article|aside|div|p|ul|ol|li|dl|dt|dd|table|thead|tbody"
    "|tr|td|th|form|fieldset|legend|details|summary|h[1-6]|option|select"
)
_AROUND_BLOCK = re.compile(rf" ?(</?(?:{_BLOCKS})\b[^>]*>) ?")

_INLINE = re.compile(r"(<(style|script)>).*?(</\2>)", re.DOTALL)


def flat(html: str) -> str:
    """The HTML in one line, without the line breaks that templates set between tags and between attributes."""
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).replace(" >", ">")


def squeeze(html: str) -> str:
    """The same with the white space between inline elements, which a browser shows; without the styles and
    the script that each public page carries in itself."""
    return _AROUND_BLOCK.sub(r"\1", re.sub(r"\s*\n\s*", " ", _INLINE.sub(r"\1\3", html)))


class PageClient(Client):
    """Reads HTML pages without the line breaks of templates, which say nothing. Files stay as they are."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        file = "Content-Disposition" in response or request.get("PATH_INFO", "").endswith(".html")
        packed = response.streaming or "Content-Encoding" in response
        if response.get("Content-Type", "").startswith("text/html") and not file and not packed:
            response.content = squeeze(response.content.decode()).encode()
        return response


def signed_in(user: Any = None) -> PageClient:
    """A client of the pages, as a person or as nobody."""
    client = PageClient()
    if user is not None:
        client.force_login(user)
    return client
