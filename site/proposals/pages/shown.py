"""How a kind of proposal is shown to the second person; each app registers its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise

from proposals.models import Proposal


class Row(NamedTuple):
    """``before`` is empty for what is new."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Shown:
    """``kind``: what it is in a word or two. ``must_read``: sentences to tick before it is confirmed, by
    name. ``blockers``: why it can't be confirmed now. ``template`` draws what rows can't, with the
    ``context``. ``decided_at``: the address where it is decided, if that is a page of its own."""

    title: str
    kind: str | Promise
    back: str
    rows: Sequence[Row] = ()
    advice: str = ""
    warnings: Sequence[str] = ()
    blockers: Sequence[str] = ()
    must_read: dict[str, str] = field(default_factory=dict)
    template: str = ""
    decided_at: str = ""
    context: dict[str, Any] = field(default_factory=dict)


Show = Callable[[HttpRequest, Proposal, Any], Shown]
Title = Callable[[Proposal, Any], str]
_shows: dict[str, Show] = {}
_titles: dict[str, tuple[str | Promise, Title]] = {}


def show(kind: str, label: str | Promise, title: Title) -> Callable[[Show], Show]:
    """Registers how proposals of a kind are shown: ``label`` and ``title`` in lists, the function on a page.
    The last argument of both is the thing that the proposal is about."""

    def register(function: Show) -> Show:
        _shows[kind] = function
        _titles[kind] = label, title
        return function

    return register


def shown(request: HttpRequest, proposal: Proposal, thing: Any) -> Shown:
    return _shows[proposal.kind](request, proposal, thing)


def listed(proposal: Proposal, thing: Any) -> tuple[str, str | Promise]:
    """Its title and kind in a list."""
    label, title = _titles[proposal.kind]
    return title(proposal, thing), label
