"""What rooms above add next to a text in reading: the state of its review, a link to the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from documents.models import Edition


@dataclass(frozen=True)
class Running:
    """A review that runs: where it is, in words, and its page."""

    words: str
    url: str


Panel = Callable[[HttpRequest, Edition, str, str], str]

_panels: list[Panel] = []
_running: list[Callable[[HttpRequest, Edition], Running | None]] = []


def register_running(function: Callable[[HttpRequest, Edition], Running | None]) -> None:
    """Registers what tells the review of an edition that runs, for who may see it."""
    _running.append(function)


def running(request: HttpRequest, edition: Edition) -> Running | None:
    """The review of the edition that runs, if the reader may see one."""
    return next((found for function in _running if (found := function(request, edition))), None)


def panel(function: Panel) -> Panel:
    """Registers a function that gives safe HTML for the column next to the text (an ``<h2>`` and more), or
    "". It receives the request, edition, section's uid (or ""), and language; it is not called on the public
    host."""
    _panels.append(function)
    return function


def panels(request: HttpRequest, edition: Edition, uid: str, language: str) -> list[str]:
    """What every room says of this page."""
    if request.public:
        return []
    drawn = (function(request, edition, uid, language) for function in _panels)
    return [html for html in drawn if html]
