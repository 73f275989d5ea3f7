"""A comparison as one self-contained HTML file. It is for ``kodeks compare --html`` and for mail to those
without Kodeks."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from documents.comparison.model import Comparison, Counts, SectionChange
from documents.comparison.render.blocks import heading_html, inline_html, title_html
from documents.comparison.render.elements import words_of
from documents.comparison.render.inlines import Numbering
from documents.comparison.render.strings import Strings, places_in
from documents.comparison.render.strip import NARROW, WIDE, StripText, strip_svg
from documents.comparison.summary import Fact, FactKind, summarise

SENTENCES = {
    FactKind.SPLIT_INTO: "a part is now {new}",
    FactKind.JOINED_FROM: "{old} was joined to it",
    FactKind.MOVED_FROM: "moved from another place",
}
"""Facts that no list of words and figures says."""
CSS = Path(__file__).with_name("page.css").read_text()


def html_page(comparison: Comparison) -> str:
    """The page, in English around the texts."""
    counts = comparison.counts
    numbering, strings = Numbering(), Strings(places=places_in(comparison))
    lead = f"{in_numbers(counts)}; {counts.words_added} words added, {counts.words_removed} removed."
    name = StripText("Where the changes are", lead)
    strip = strip_svg(comparison, WIDE, name, "hide-s") + strip_svg(comparison, NARROW, name, "only-n")
    cards = "".join([_card(change, strings, numbering) for change in comparison.shown])
    title = escape(comparison.new_title or comparison.old_title or "Comparison")
    language = escape(comparison.language or "en")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" '
        f'content="width=device-width,initial-scale=1"><style>{CSS}</style></head><body>'
        f'<h1 lang="{language}">{title_html(comparison) or title}</h1><p>{escape(lead)}</p>{strip}'
        f'<main lang="{language}">{cards}</main></body></html>\n'
    )


def in_numbers(counts: Counts) -> str:
    """How many sections change, in plain English."""
    other = f", and {counts.renumbered} only their number" if counts.renumbered else ""
    return f"{counts.shown} of {counts.sections} sections change{other}"


def _card(change: SectionChange, strings: Strings, numbering: Numbering) -> str:
    head = f"{escape(change.label)} {heading_html(change, strings=strings, numbering=numbering)}".strip()
    facts = _first_upper("; ".join(say_english(fact, words_of) for fact in summarise(change)))
    css = ' class="moved"' if change.moved else ""
    kind = escape(_first_upper(str(change.kind).replace("_", " ")))
    body = inline_html(change, strings, numbering, fold=True)
    return (
        f'<article{css}><header lang="en"><h2 lang="">{head}</h2><p>{kind}. '
        f"{facts}</p></header>{body}</article>"
    )


def say_english(
    fact: Fact, quote: Callable[[Fact], tuple[str, str]] = lambda fact: (fact.old, fact.new)
) -> str:
    """A fact in plain English; ``quote`` gives the words of the texts as the sentence shows them."""
    words = str(fact.kind).replace("_", " ")
    old, new = (shown if word else "" for word, shown in zip((fact.old, fact.new), quote(fact), strict=True))
    if old == new and fact.old != fact.new:
        return words
    if fact.kind in SENTENCES and not (fact.kind is FactKind.MOVED_FROM and old):
        return SENTENCES[fact.kind].format(old=old, new=new)
    if old and new:
        return f"{words}: {old} → {new}"
    if fact.count:
        return f"{words}: {fact.count}" + (f" ({old or new})" if old or new else "")
    return f"{words} {old or new}".strip()


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
