"""Who to call and which help pages fit: what stands above the documents that were found."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Find = Callable[[HttpRequest, str, str, str], SafeString]

_finders: dict[bool, list[Find]] = {True: [], False: []}


def register(find: Find, *, public: bool = True) -> None:
    """``find(request, words, language, country)``: the box of the public site, or of the office; country and
    words may be empty."""
    _finders[public].append(find)


def help_box(request: HttpRequest, words: str, tag: str, country: str) -> SafeString:
    return SafeString("".join(find(request, words, tag, country) for find in _finders[request.public]))
