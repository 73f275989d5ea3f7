"""What stands over a comparison, in the language of the page: how many sections of each kind, the first sentence, the strip in
words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.comparison import Comparison
from documents.comparison.drawing.parts import quoted
from documents.comparison.facts.kinds import FactKind
from documents.comparison.facts.sentence import sentence
from documents.pages.compare.words import fact_said, kind_look, safe

LIMITS = (FactKind.LIMIT_SHORTENED, FactKind.LIMIT_LENGTHENED, FactKind.LIMIT_CHANGED)
DATES = (FactKind.DATE_CHANGED, FactKind.DATES_CHANGED)


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
            ngettext("%(n)s with another title", "%(n)s with another title", counts.retitled),
        ),
        (
            counts.format_only,
            "fmt",
            "bold",
            ngettext("%(n)s only its look", "%(n)s only their look", counts.format_only),
        ),
        (
            counts.renumbered,
            "fmt",
            "list",
            ngettext("%(n)s only its number", "%(n)s only their number", counts.renumbered),
        ),
    ]
    return [Chip(css, icon, words % {"n": n}) for n, css, icon, words in found if n]


def lead(comparison: Comparison) -> tuple[str, SafeString]:
    """The summary's first sentence, and what weighs most in it: the limits that changed."""
    counts = comparison.counts
    if comparison.identical:
        return _("Nothing changes."), safe(_("The two texts are the same, word for word."))
    first = ngettext(
        "%(n)s of %(total)s sections changes.", "%(n)s of %(total)s sections change.", counts.shown
    ) % {"n": counts.shown, "total": counts.sections}
    more: dict[bool, list[str]] = {True: [], False: []}
    for change in comparison.shown:
        for fact in sentence(change):
            if fact.kind in LIMITS or fact.kind in DATES:
                where = change.label or change.title
                said = f"{quoted(where)}: {fact_said(fact, change)}" if where else fact_said(fact, change)
                more[fact.kind in LIMITS].append(said)
    return first, safe(" ".join([*more[True], *more[False]][:2]))


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
