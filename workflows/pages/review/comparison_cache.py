"""Comparisons cached in memory, by the hashes of the texts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from documents.comparison import Comparison
from documents.display.script import Convert
from documents.pages.compare.cards import Card
from documents.text import SectionTree
from documents.text.extraction import image_hashes

MOST = 3_000
"""How many sections are cached in all: some ten full strategies, or a few hundred procedures."""


_lock = Lock()
DRAWINGS = 6
"""How many drawings of one comparison are cached, by language of the page and view."""
FOOT = "<!--foot-->"


class Drawing:
    """The cards of a comparison and, as each is asked for, its HTML: of no reader in particular."""

    def __init__(self, cards: list[Card], second: Mapping[str, object] | None = None) -> None:
        self.cards = cards
        self._second = second or {}
        self._html: dict[tuple[str, bool], tuple[SafeString, SafeString]] = {}

    def html(self, card: Card, opened: bool) -> tuple[SafeString, SafeString]:
        """The HTML of a card before and after the place of what the room puts under it."""
        known = self._html.get((card.anchor, opened))
        if known is None:
            context = {
                "card": card,
                "hide_next": True,
                "opened": opened,
                "beside": self._second.get(card.uid),
                "foot": "workflows/parts/foot_mark.html",
            }
            drawn = render_to_string("documents/parts/change_card.html", context)
            before, _, after = drawn.partition(FOOT)  # in a text it would be escaped
            known = self._html[card.anchor, opened] = mark_safe(before), mark_safe(after)  # noqa: S308 - our template's
        return known


@dataclass(frozen=True)
class ComparedTexts:
    """Two texts compared, in the script that they are read in; of no reader in particular."""

    comparison: Comparison
    tree: SectionTree
    convert: Convert
    silent: frozenset[str] = frozenset()
    """The sections that are compared nowhere, as they are translated on one side only."""
    _drawings: OrderedDict[tuple[str, ...], Drawing] = field(
        default_factory=OrderedDict, compare=False, repr=False
    )

    def drawing(self, key: tuple[str, ...], draw: Callable[[], list[Card]]) -> Drawing:
        """The cards that ``draw`` gives, made once for everybody for whom ``key`` is the same."""
        with _lock:
            found = self._drawings.get(key)
        if found is None:
            found = Drawing(draw())
            with _lock:
                self._drawings[key] = found
                while len(self._drawings) > DRAWINGS:
                    self._drawings.popitem(last=False)
        return found

    @cached_property
    def images(self) -> tuple[frozenset[str], frozenset[str]]:
        """The pictures of the former text and of the one now."""
        olds: set[str] = set()
        news: set[str] = set()
        for change in self.comparison.sections:
            news |= image_hashes(change.new.text.body) if change.new else set()
            olds |= image_hashes(change.old.text.body) if change.old else set()
        return frozenset(olds), frozenset(news)


_cache: OrderedDict[str, ComparedTexts] = OrderedDict()


def compare_once(key: str, make: Callable[[], tuple[str, ComparedTexts]]) -> ComparedTexts:
    """What ``make`` gives, with its own key: the text may have been saved since ``key`` was asked."""
    with _lock:
        found = _cache.get(key)
        if found is not None:
            _cache.move_to_end(key)
            return found
    own, created = make()  # outside of the lock: two readers at once may both make it, and neither waits
    with _lock:
        _cache[own] = created
        _cache.move_to_end(own)
        while len(_cache) > 1 and sum(len(one.comparison.sections) for one in _cache.values()) > MOST:
            _cache.popitem(last=False)
    return created


def forget() -> None:
    """Lets go of everything (tests)."""
    with _lock:
        _cache.clear()
