"""The head of a comparison, in the language of the page. That is how many sections of each kind, the first
sentence, the strip in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.comparison import Comparison
from documents.comparison.render.elements import quoted
from documents.comparison.summary import FIGURE_FACTS, summarise
from documents.pages.compare.labels import fact_html, kind_look, safe

MOST_FIGURES = 2
"""So many changed figures are in the first sentence."""


@dataclass(frozen=True, slots=True)
class Chip:
    """How many sections of one kind."""

    css: str
    icon: str
    words: str


def chips(comparison: Comparison) -> list[Chip]:
    """The counts of the summary; what there is none of is left out."""
    counts = comparison.counts
    found = [
        (counts.new, "add", "plus", ngettext("%(n)s new", "%(n)s new", counts.new)),
        (counts.removed, "del", "minus", ngettext("%(n)s removed", "%(n)s removed", counts.removed)),
        (counts.moved, "mov", "move", ngettext("%(n)s moved", "%(n)s moved", counts.moved)),
        (
            counts.changed,
            "chg",
            "changed",
            ngettext("%(n)s changed", "%(n)s changed", counts.changed),
        ),
        (
            counts.retitled,
            "chg",
            "changed",
            ngettext("%(n)s retitled", "%(n)s retitled", counts.retitled),
        ),
        (
            counts.format_only,
            "fmt",
            "bold",
            ngettext("%(n)s formatting only", "%(n)s formatting only", counts.format_only),
        ),
        (
            counts.renumbered,
            "fmt",
            "list",
            ngettext("%(n)s number only", "%(n)s number only", counts.renumbered),
        ),
    ]
    return [Chip(css, icon, words % {"n": n}) for n, css, icon, words in found if n]


def lead(comparison: Comparison) -> tuple[str, SafeString]:
    """The summary's first sentence, and what weighs most in it: the limits and other figures that changed."""
    counts = comparison.counts
    if comparison.identical:
        return _("Nothing changes."), safe(_("The two texts are identical."))
    first = ngettext(
        "%(n)s of %(total)s sections changes.", "%(n)s of %(total)s sections change.", counts.shown
    ) % {"n": counts.shown, "total": counts.sections}
    figures: list[str] = []
    for change in comparison.shown:
        where = change.label or change.title
        for fact in summarise(change):
            if fact.kind in FIGURE_FACTS:
                text = fact_html(fact, change)
                figures.append(f"{quoted(where)}: {text}" if where else text)
    return first, safe(" ".join(figures[:MOST_FIGURES]))


def strip_description(comparison: Comparison) -> str:
    """The strip in words, for those who do not see it."""
    groups: dict[str, list[str]] = {}
    for change in comparison.shown:
        word = kind_look(change).word
        name = change.label or change.title
        if name:
            groups.setdefault(word, []).append(name)
    return "; ".join(f"{word}: {', '.join(names)}" for word, names in groups.items()) + (
        "." if groups else ""
    )
