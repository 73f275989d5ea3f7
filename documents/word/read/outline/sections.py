"""From the stream of a document's items to its title and its sections."""

from __future__ import annotations

import uuid

from documents.text import Section, SectionText
from documents.text.types import Body, figure
from documents.word.body.bookmarks import AT, UID, look_of, own_mark, state_of, uid_of
from documents.word.definitions.styles import NO_OUTLINE
from documents.word.read.blocks.body import to_blocks
from documents.word.read.context import Context, Item, Para, Trace
from documents.word.read.finish import finish_body, number_notes
from documents.word.read.outline.decided import Cuts, follow, is_counted, lines_of
from documents.word.read.outline.decisions import Decision
from documents.word.read.outline.draft import Draft, level_new_headings
from documents.word.read.outline.front import pick_title, without_front
from documents.word.read.outline.heading_numbers import (
    WORDED,
    begins_with,
    guess_kind,
    looks_as,
    split_number,
)
from documents.word.read.outline.headings import CONTENTS_WORDS, heads_contents, tidy_heading
from documents.word.read.outline.infer import Guess, infer_articles, infer_headings
from documents.word.read.report import FindingCode


def assemble(ctx: Context, items: list[Item]) -> tuple[str, tuple[Section, ...]]:
    """The document's title and its sections in reading order."""
    if not ctx.whole:
        items = _without_contents(ctx, items)
    title, rest = pick_title(ctx, items)
    items = items if ctx.whole else rest
    items, guesses = _without_cover(ctx, items, _headings(ctx, items))
    # What stands before the first heading, by the document's own headings.
    opening = min((guess.level for guess in guesses.values()), default=1)
    drafts = _gather(ctx, items, guesses, follow(ctx, items, guesses), opening)
    for draft in drafts:
        ctx.place = draft.place
        draft.blocks = [*map(figure, draft.images), *to_blocks(ctx, draft.items)]
    drafts = [draft for draft in drafts if _is_section(ctx, draft)]
    level_new_headings(drafts)
    levels = _levels(drafts)
    targets = _targets(ctx, drafts)
    if ctx.lines is not None:
        ctx.lines += lines_of(ctx, drafts)
    sections = [_section(ctx, draft, level, targets) for draft, level in zip(drafts, levels, strict=True)]
    if ctx.trace is not None:
        for draft in drafts:
            _trace(ctx.trace, draft)
    ctx.place = ""
    ctx.report.add(FindingCode.HEADINGS, count=sum(1 for s in sections if s.text.heading or s.text.label))
    return title, tuple(sections)


def _levels(drafts: list[Draft]) -> list[int]:
    """The levels of sections from 1 on; those that a bookmark of ours says are the text's own."""
    lowest = min((draft.level for draft in drafts), default=1)
    return [draft.level if draft.uid else draft.level - lowest + 1 for draft in drafts]


def _is_section(ctx: Context, draft: Draft) -> bool:
    if not ctx.whole and _is_contents(ctx, draft):
        return False
    return bool(draft.blocks or draft.heading or draft.label or draft.uid)


def _section(ctx: Context, draft: Draft, level: int, targets: dict[str, tuple[str, bool]]) -> Section:
    ctx.place = draft.place
    words = "".join(node["text"] for node in draft.heading if node["type"] == "text")
    kind = draft.kind
    if not kind:
        kind = guess_kind(level, draft.label, words) if draft.heading or draft.label else "section"
    body: Body = {"heading": draft.heading, "blocks": draft.blocks, "notes": {}}
    body["notes"] = number_notes(ctx, body)
    text = SectionText(draft.label, finish_body(ctx, body, targets))
    return Section(draft.uid, level, kind, text)


def _trace(trace: Trace, draft: Draft) -> None:
    """Stores the former XML of a section, for those who rewrite the file."""
    trace.headings.append(draft.elements)
    names = draft.bookmarks or [name for item in draft.items[:1] for name in item.bookmarks]
    if state := state_of(names):
        trace.states[draft.uid] = state
    if draft.look is not None:
        trace.looks[draft.uid] = look_of(names), draft.look


def _without_contents(ctx: Context, items: list[Item]) -> list[Item]:
    """The items without tables of contents and the lines that head them."""
    rest: list[Item] = []
    run = 0
    for item in items:
        empty = isinstance(item, Para) and not item.text.strip()
        if not isinstance(item, Para) or not item.contents or not (item.style.toc or empty):
            run = run if empty else 0
            rest.append(item)
            continue
        if empty or not run:
            ctx.report.add(FindingCode.CONTENTS_LIST, item.text, 0 if run else 1)
        if not run and rest and heads_contents(rest[-1]):
            rest.pop()
        run += 1
    return rest


def _is_contents(ctx: Context, draft: Draft) -> bool:
    """A heading "Contents", with a number or without, under which nothing was left, and which the text does
    not have."""
    words = "".join(node["text"] for node in draft.heading if node["type"] == "text").strip()
    if draft.blocks or draft.uid or (words or draft.label).strip(":").lower() not in CONTENTS_WORDS:
        return False
    ctx.report.add(FindingCode.CONTENTS_LIST, draft.place)
    return True


def _is_heading(item: Item) -> bool:
    if not isinstance(item, Para) or item.outline >= NO_OUTLINE:
        return False
    label = item.label.text if item.label is not None else ""
    return bool(item.text.strip() or item.typed_label or looks_as(label)[0] in WORDED)


def _headings(ctx: Context, items: list[Item]) -> dict[int, Guess]:
    """The level of each item that is a heading, as the document says it or as it seems."""
    found = _marked(ctx, items)
    if any(own_mark(item.bookmarks) for item in items):
        return _own_headings(items, found)
    if any(UID.match(name) for item in items for name in item.bookmarks):
        return found
    inferred = _inferred(items, found)
    used = {guess.words_at for guess in inferred.values()}
    found = {index: guess for index, guess in found.items() if index not in used} | inferred
    for index in sorted(inferred):
        item = items[index]
        ctx.report.add(FindingCode.HEADINGS_INFERRED, item.text if isinstance(item, Para) else "")
    if not found and items:
        ctx.report.add(FindingCode.NO_HEADINGS)
    return dict(sorted(found.items()))


def _marked(ctx: Context, items: list[Item]) -> dict[int, Guess]:
    """The headings that the document marks; an empty one is none."""
    found: dict[int, Guess] = {}
    for index, item in enumerate(items):
        if _is_heading(item) and isinstance(item, Para):
            found[index] = Guess(item.outline + 1)
        elif isinstance(item, Para) and item.outline < NO_OUTLINE:
            ctx.report.add(FindingCode.EMPTY_HEADING)
            item.outline = NO_OUTLINE
            item.label = None
    return found


def _inferred(items: list[Item], found: dict[int, Guess]) -> dict[int, Guess]:
    """Headings that the document does not mark: all, or its articles where it marks none of these."""
    if not found:
        return infer_headings(items)
    marked = [item for item in items if isinstance(item, Para) and _is_heading(item)]
    if any(guess_kind(2, p.label.text if p.label else "", p.text) == "article" for p in marked):
        return {}
    deepest = max(guess.level for guess in found.values())
    inferred = infer_articles(items, min(deepest + 1, 9))
    return {index: guess for index, guess in inferred.items() if guess.words_at not in found}


def _own_headings(items: list[Item], found: dict[int, Guess]) -> dict[int, Guess]:
    """The headings of a document's own file: those it marks itself, and those that our bookmarks know."""
    marks = [own_mark(item.bookmarks) for item in items]
    for index, (item, mark) in enumerate(zip(items, marks, strict=True)):
        if mark is None:
            continue
        if mark.place == "t" and isinstance(item, Para):
            found.pop(index, None)
            item.outline = NO_OUTLINE
        elif mark.place == "h":
            after = marks[index + 1] if index + 1 < len(items) else None
            words_at = index + 1 if after is not None and after.place == "w" else None
            found[index] = Guess(found[index].level if index in found else mark.level, words_at)
            if words_at:
                found.pop(words_at, None)
    return dict(sorted(found.items()))


def _without_cover(
    ctx: Context, items: list[Item], headings: dict[int, Guess]
) -> tuple[list[Item], dict[int, Guess]]:
    """The items without a cover page, and the headings at their places among them."""
    own = any(own_mark(item.bookmarks) for item in items)
    if ctx.whole or not headings or (not own and any(uid_of(item.bookmarks) for item in items)):
        return items, headings
    first = min(min(i, i if g.words_at is None else g.words_at) for i, g in headings.items())
    front = items[:first]
    sure = any(_is_heading(item) for item in items)
    # What a bookmark knows is text, and no cover.
    text = next((index for index, item in enumerate(front) if uid_of(item.bookmarks)), len(front))
    front = without_front(ctx, front[:text], sure=sure) + front[text:]
    dropped = first - len(front)
    moved = {
        index - dropped: Guess(guess.level, None if guess.words_at is None else guess.words_at - dropped)
        for index, guess in headings.items()
    }
    return front + items[first:], moved


def _gather(
    ctx: Context, items: list[Item], headings: dict[int, Guess], cuts: Cuts, opening: int
) -> list[Draft]:
    words_at = {guess.words_at for guess in headings.values()}
    own = any(own_mark(item.bookmarks) for item in items)
    drafts: list[Draft] = []
    uids: set[str] = set()
    for index, item in enumerate(items):
        cut = cuts.get(id(item))
        if index in headings and isinstance(item, Para):
            draft = _begin(ctx, item, headings[index], items)
            if cut is not None:
                draft.level, draft.kind = headings[index].level, cut.kind
        elif index in words_at:
            continue
        elif (without := _without_heading(item, cut, uids, own)) is not None:
            draft = without
        elif drafts:
            drafts[-1].items.append(item)
            continue
        else:
            draft = Draft(opening, "section", items=[item])
        if draft.uid in uids:
            draft.uid = ""
        uids.add(draft.uid)
        drafts.append(draft)
    return drafts


def _without_heading(item: Item, cut: Decision | None, uids: set[str], own: bool) -> Draft | None:
    """The section without a heading that begins with an item, by a decision or a bookmark of ours."""
    uid = uid_of(item.bookmarks)
    if cut is not None and cut.level:
        return Draft(cut.level, cut.kind or "section", uid=uid, items=[item])
    if not uid or uid in uids:
        return None
    draft = Draft(1, "section", uid=uid, items=[item], bookmarks=list(item.bookmarks) if own else [])
    _say_at(draft, item.bookmarks)
    return draft


def _begin(ctx: Context, para: Para, guess: Guess, items: list[Item]) -> Draft:
    """A section from its heading."""
    inlines = para.inlines
    bookmarks = list(para.bookmarks)
    label = para.typed_label if para.typed_label is not None else (para.label.text if para.label else "")
    own = own_mark(bookmarks)
    written = bool(uid_of(bookmarks)) and own is None
    if not label and para.typed_label is None and not written and (typed := begins_with(inlines, own)):
        label, inlines = split_number(inlines, typed, with_sign=ctx.whole)
        ctx.report.add(FindingCode.LABELS_TYPED, label)
    elements = list(para.elements)
    if guess.words_at is not None:
        title_line = items[guess.words_at]
        if isinstance(title_line, Para):
            elements += title_line.elements
            inlines = inlines + title_line.inlines
            bookmarks += title_line.bookmarks
    heading, images = tidy_heading(inlines, one_line=not ctx.whole)
    draft = Draft(
        guess.level, "", label, heading, list(para.following), images, uid_of(bookmarks), bookmarks, elements
    )
    draft.at, draft.guessed = ctx.number_of(para), not _is_heading(para) and own_mark(bookmarks) is None
    draft.counted = is_counted(para)
    draft.look = para.outline + 1 if _is_heading(para) else 0
    _say_at(draft, bookmarks)
    return draft


def _say_at(draft: Draft, bookmarks: list[str]) -> None:
    """Kind and level, where a bookmark of our own says them."""
    for name in bookmarks:
        match = AT.match(name)
        if match:
            draft.kind, draft.level = match.group(1), int(match.group(2))
    own = own_mark(bookmarks)
    if own is not None:
        draft.kind, draft.level = own.kind, own.level


def _targets(ctx: Context, drafts: list[Draft]) -> dict[str, tuple[str, bool]]:
    """For each bookmark the uid of its section, and whether it is on the heading."""
    targets: dict[str, tuple[str, bool]] = {}

    def inside(items: list[Item], uid: str) -> None:
        for item in items:
            for name in item.bookmarks:
                targets.setdefault(name, (uid, False))
            if isinstance(item, Para):
                inside(item.following, uid)

    for draft in drafts:
        draft.uid = draft.uid or str(uuid.uuid4())
        for name in draft.bookmarks:
            targets[name] = (draft.uid, True)
    for draft in drafts:
        inside(draft.items, draft.uid)
    return targets
