"""A comparison as one HTML file that needs nothing else: for ``kodeks compare --html`` and for mail to those
without Kodeks."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from documents.comparison.model import Comparison, Counts, SectionChange
from documents.comparison.render.blocks import inline_html
from documents.comparison.render.elements import words_of
from documents.comparison.render.inlines import Numbering
from documents.comparison.render.strings import Strings, places_in
from documents.comparison.render.strip import NARROW, WIDE, StripText, strip_svg
from documents.comparison.render.titles import heading_html, title_html
from documents.comparison.summary import Fact, FactKind, summarise

CSS = """
body{font:1rem/1.6 Georgia,"Noto Serif",serif;max-inline-size:48rem;margin:2rem auto;padding-inline:1rem;color:#16202a;background:#fff}
h1,h2,header p,small,.key{font-family:system-ui,sans-serif}h2{font-size:1.15rem;margin:0}h2:has([dir=rtl]){direction:rtl}small.fmtc{unicode-bidi:plaintext}
article{border:1px solid #d8d3c7;border-radius:6px;padding:.8rem 1rem;margin-block:1.2rem}
.moved{border:2px dashed #7853bb}header p{color:#4a5560;margin:.2rem 0 .6rem;font-size:.9rem}
ins{background:#dbeafc;color:#0a3b73;text-decoration:underline 2px #1d69bd;text-underline-offset:.2em}
del{background:#fde5d0;color:#7a3805;text-decoration:line-through 2px #b3590f}ins,del{unicode-bidi:isolate}del+ins{margin-inline-start:.3em}
.fmtc{border-block-end:2px dotted #4a5560}.own{list-style:none;padding:0}.own>li{display:flex;gap:.6rem}
li p:first-child{margin-block-start:0}table{border-collapse:collapse}td,th{border:1px solid #d8d3c7;padding:.3rem .5rem;text-align:start;vertical-align:top}
.fold{border-block:1px dotted #747b82;padding-block:.2rem;margin-block:.6rem}.fold>summary{color:#4a5560;font:.9rem system-ui,sans-serif;cursor:pointer}
.was-here{color:#5b3a9e;font:italic .9rem system-ui,sans-serif}li.was-here{list-style:none;counter-increment:list-item 0}
.was-there>.say,.was-there>:first-child>.say,.was-there>div>.say{margin:0;color:#5b3a9e;font:.9rem system-ui,sans-serif}:is(div,li).was-there,tr.was-there>:first-child{border-inline-start:3px dashed #7853bb;padding-inline-start:.5rem}
.tablewrap{overflow-x:auto}.vh{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
svg{inline-size:100%;block-size:auto}.s0{fill:#eae6dc;stroke:#d8d3c7}.sa{fill:#1d69bd}.sd{fill:#b3590f}.sm,.shead{fill:#7853bb}
.sc{fill:#4a5560}.sf{fill:none;stroke:#4a5560;stroke-dasharray:2 4}.sarc{fill:none;stroke:#7853bb;stroke-width:2.5;stroke-dasharray:6 4}
.gl{stroke:#fff;stroke-width:3;fill:none}text{font:600 13px system-ui,sans-serif;fill:#4a5560}
.only-n{display:none}@media (max-width:40rem){.hide-s{display:none}.only-n{display:block}body{margin-block:1rem}h1{font-size:1.5rem}}
@media print{body{max-inline-size:none;margin:0;padding:0;font-size:10.5pt}.fold::details-content{content-visibility:visible;block-size:auto}
.tablewrap{overflow:visible}table{font-size:8.5pt;inline-size:100%}th,td{overflow-wrap:anywhere;min-inline-size:9em}tr{break-inside:avoid}
table:has(tr>:nth-child(5)) :is(th,td){min-inline-size:7em}table:has(tr>:nth-child(6)) :is(th,td){min-inline-size:6em}
table:has(tr>:nth-child(8)){font-size:7pt}table:has(tr>:nth-child(8)) :is(th,td){min-inline-size:4.5em}table:has(tr>:nth-child(11)) :is(th,td){min-inline-size:0}}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark}body{color:#e8ecef;background:#161e26}
article,td,th{border-color:#303c47}.moved{border-color:#ad90e8}header p,.fold>summary{color:#adb8c2}a{color:#86d0dc}
ins{background:#133450;color:#c3defe;text-decoration-color:#6fb1f7}del{background:#45290e;color:#ffd4ab;text-decoration-color:#e2934f}
.s0{fill:#222c36;stroke:#303c47}.sa{fill:#6fb1f7}.sd{fill:#e2934f}.sm,.shead{fill:#ad90e8}.sc{fill:#adb8c2}.sf{stroke:#adb8c2}.sarc{stroke:#ad90e8}
tr.was-here>td,.was-here,.was-there .say{color:#c9b3f2!important}.gl{stroke:#161e26}text{fill:#adb8c2}.fmtc{border-color:#adb8c2}}
""".strip()


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
    said = _first_upper("; ".join(say_english(fact, words_of) for fact in summarise(change)))
    css = ' class="moved"' if change.moved else ""
    kind = escape(_first_upper(str(change.kind).replace("_", " ")))
    body = inline_html(change, strings, numbering, fold=True)
    return (
        f'<article{css}><header lang="en"><h2 lang="">{head}</h2><p>{kind}. '
        f"{said}</p></header>{body}</article>"
    )


def say_english(
    fact: Fact, quote: Callable[[Fact], tuple[str, str]] = lambda fact: (fact.old, fact.new)
) -> str:
    """A fact in plain English; ``quote`` makes of the words of the texts what stands for them in the
    sentence."""
    words = str(fact.kind).replace("_", " ")
    old, new = (shown if said else "" for said, shown in zip((fact.old, fact.new), quote(fact), strict=True))
    if old == new and fact.old != fact.new:
        return words
    if fact.kind is FactKind.SPLIT_INTO:
        return f"a part is now {new}"
    if fact.kind is FactKind.JOINED_FROM:
        return f"{old} was joined to it"
    if fact.kind is FactKind.MOVED_FROM and not old:
        return "moved from another place"
    if old and new:
        return f"{words}: {old} → {new}"
    if fact.count:
        return f"{words}: {fact.count}" + (f" ({old or new})" if old or new else "")
    return f"{words} {old or new}".strip()


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
