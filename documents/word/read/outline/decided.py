"""Following what a person decided about a file's outline while it is read, and the lines that they decide
about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from documents.text.extraction import block_text, inline_text
from documents.word.definitions.styles import NO_OUTLINE
from documents.word.read.context import Context, Item, Para
from documents.word.read.outline.decisions import Decision, Line
from documents.word.read.outline.draft import Draft
from documents.word.read.outline.infer import Guess

SHOWN = 160
"""How many letters of a line are shown."""

Cuts = dict[int, Decision]
"""The items that a person has spoken of, by identity."""


def follow(ctx: Context, items: Sequence[Item], headings: dict[int, Guess]) -> Cuts:
    """Changes the headings as was decided; gives every item that a decision is about."""
    cuts: Cuts = {}
    if not ctx.decisions:
        return cuts
    words_at = {guess.words_at for guess in headings.values()}
    for index, item in enumerate(items):
        decision = ctx.decisions.get(ctx.number_of(item))
        if decision is None or not isinstance(item, Para) or index in words_at:
            continue
        known = headings.pop(index, None)
        if decision.level and decision.heading:
            headings[index] = Guess(decision.level, known.words_at if known else None)
        else:
            item.outline = NO_OUTLINE
            if item.typed_label:
                # As text it says its number itself.
                item.put_before(f"{item.typed_label} ")
                item.typed_label = None
        cuts[id(item)] = decision
    ordered = dict(sorted(headings.items()))
    headings.clear()
    headings.update(ordered)
    return cuts


def lines_of(ctx: Context, drafts: Iterable[Draft]) -> list[Line]:
    """The lines of the text, section by section."""
    lines: list[Line] = []
    for draft in drafts:
        inner = [line for item in draft.items if (line := _line(ctx, item)) is not None]
        if draft.heading or draft.label:
            words = " ".join(inline_text(draft.heading).split())
            at, letters = draft.at, len(words)
            look = draft.guessed, draft.counted
            lines.append(Line(at, words[:SHOWN], draft.label, draft.level, draft.kind, True, letters, *look))
        elif inner:
            inner[0] = replace(inner[0], level=draft.level, kind=draft.kind)
        else:  # Pictures and nothing else: a section all the same.
            inner = [Line(-1, "", level=draft.level, kind=draft.kind)]
        lines += inner
    return lines


def is_counted(para: Para) -> bool:
    """Whether a paragraph shows a number, and Word counts it."""
    return (
        para.typed_label is None and para.label is not None and para.label.ordered and bool(para.label.text)
    )


def _line(ctx: Context, item: Item) -> Line | None:
    if isinstance(item, Para):
        text = " ".join(item.text.split())
        label = item.label.text if item.label is not None else ""
        if not text and not label:
            return None
        at = ctx.number_of(item) if text else -1
        label = label or item.typed_label or ""
        return Line(at, text[:SHOWN], label, letters=len(text), counted=is_counted(item))
    text = " ".join(block_text(item.node).split())
    return Line(-1, text[:SHOWN], kind=item.node["type"], letters=len(text))
