"""Who to call and which help pages fit: what the public site puts above the documents that were found."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Find = Callable[[HttpRequest, str, str, str], SafeString]

_finders: list[Find] = []


def register(find: Find) -> None:
    """``find(request, words, language, country)``: the box; country and words may be empty."""
    _finders.append(find)


def help_box(request: HttpRequest, words: str, tag: str, country: str) -> SafeString:
    return SafeString("".join(find(request, words, tag, country) for find in _finders))
