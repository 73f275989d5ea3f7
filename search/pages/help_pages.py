"""Pages of help that the public site lists above the documents that were found."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Find = Callable[[HttpRequest, str, str], SafeString]

_finders: list[Find] = []


def register(find: Find) -> None:
    """``find(request, words, language)``: the list, or an empty text."""
    _finders.append(find)


def help_pages(request: HttpRequest, words: str, tag: str) -> SafeString:
    return SafeString("".join(find(request, words, tag) for find in _finders))
