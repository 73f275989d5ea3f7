"""Answers that are files: nothing in them runs, no other site draws them, and the name can't end the header.

:class:`config.middleware.SecurityHeadersMiddleware` gives the headers to whatever is no page, too.
"""

from __future__ import annotations

import re
from typing import TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that can make "gpj.exe" look like a picture."""
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""Whatever a file holds, nothing in it runs and nothing is fetched."""
SAFE = {
    "Content-Security-Policy": SANDBOX,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
A = TypeVar("A", bound=HttpResponseBase)


def disposition(name: str, *, attachment: bool = True) -> str:
    """A Content-Disposition for a file of any name."""
    clean = CONTROL.sub("", name.replace("\\", "/").rpartition("/")[2]).strip() or "file"
    return content_disposition_header(attachment, clean) or "attachment"


def as_file(response: A, name: str, *, attachment: bool = True) -> A:
    """The answer with the headers of a file. Only what a page draws is no attachment."""
    response.headers["Content-Disposition"] = disposition(name, attachment=attachment)
    for header, value in SAFE.items():
        response.headers[header] = value
    return response


def attachment(data: bytes | str, content_type: str, name: str) -> HttpResponse:
    """A file made for this reader, that no cache keeps."""
    response = as_file(HttpResponse(data, content_type=content_type), name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
