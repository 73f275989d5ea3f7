"""A message that says what was done and offers to undo it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

_MARK = "undo="


def success(request: HttpRequest, text: str, undo_url: str) -> None:
    """Show ``text`` at the top of the next page, with a button *Undo* that posts to ``undo_url``.

    The view behind ``undo_url`` checks rights and age again: the address is no secret, and the
    message may be old.
    """
    messages.add_message(request, messages.SUCCESS, text, extra_tags=_MARK + undo_url)


def undo_url(extra_tags: str) -> str:
    """The address that a message's *Undo* posts to; empty where it offers none."""
    return extra_tags.removeprefix(_MARK) if extra_tags.startswith(_MARK) else ""
