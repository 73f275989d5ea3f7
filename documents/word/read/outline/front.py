"""What is before the first heading: the title, a cover, a preamble."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.text.extraction import block_text
from documents.word.body.bookmarks import BEGIN, END, is_ours, own_mark, title_paragraphs
from documents.word.definitions.styles import NO_OUTLINE
from documents.word.file import ns
from documents.word.read.context import BlockItem, Context, Item, Para
from documents.word.read.outline.heading_numbers import looks_as
from documents.word.read.report import FindingCode

TITLE_NAMES = frozenset({"title", "titel", "naslov", "наслов", "titulli", "document title"})
JUNK = re.compile(
    r"(microsoft word\b|document\d*\Z|untitled|untitled|template\b|\W*\Z|.*\.docx?\Z|slide \d)", re.IGNORECASE
)
LONGEST_TITLE = 200
LONGEST_COVER = 1200
"""Characters: what is longer is no cover, whatever it looks like."""
FRAME_STYLES = frozenset({"KodeksMeta", "KodeksNotice", "KodeksContents"})
"""Lines of a file's own frame, which are no part of the text that it carries."""


def pick_title(ctx: Context, items: list[Item]) -> tuple[str, list[Item]]:
    """The document's title, and the items without the paragraph that shows it.

    By our bookmarks, else by the style Title, else from the file's properties. Else the most striking of the
    first lines.
    """
    ends = next((i for i, item in enumerate(items) if END in item.bookmarks), len(items))
    begins = next((i for i, item in enumerate(items) if BEGIN in item.bookmarks), 0)
    items = [
        item for item in items[begins:ends] if not (isinstance(item, Para) and item.style.id in FRAME_STYLES)
    ]
    title, taken = _picked(ctx, items)
    marked = title_paragraphs(ctx.package.xml(ctx.package.main))
    if marked is not None:
        # A line that runs together with text is text: it must not be left out.
        taken = [
            i for i, item in enumerate(items) if isinstance(item, Para) and marked.issuperset(item.elements)
        ]
        title = " ".join(_text(items[i]) for i in taken) or title
    return title, _without(ctx, items, taken)


def _picked(ctx: Context, items: list[Item]) -> tuple[str, list[int]]:
    """The title, and at which places the lines are that show it and nothing else."""
    head = _head(items)
    lines = [i for i in head if _named_title(items[i])]
    if lines:
        taken = [lines[0]]
        while taken[-1] + 1 in lines:
            taken.append(taken[-1] + 1)
        return " ".join(_text(items[i]) for i in taken), taken
    core = core_title(ctx)
    written = any(is_ours(name) for item in items for name in item.bookmarks)
    if written and not any(own_mark(item.bookmarks) for item in items):
        return core, []
    ctx.report.add(FindingCode.TITLE_GUESSED)
    if core:
        shown = (i for i in head if _text(items[i]).lower() == core.lower() and not _is_marked(items[i]))
        return core, list(shown)[:1]
    return _most_striking(items, head)


def _most_striking(items: list[Item], head: list[int]) -> tuple[str, list[int]]:
    candidates = [i for i in head if _may_be_title(items[i])]
    if not candidates:
        first = next((_text(items[i]) for i in head if _text(items[i])), "")
        return first if len(first) <= 150 else "", []
    best = max(candidates, key=lambda i: (_striking(items[i]), -i))
    return _text(items[best]), [best] if _striking(items[best])[0] else []


def _may_be_title(item: Item) -> bool:
    text = _text(item)
    if not 3 < len(text) <= LONGEST_TITLE or _is_marked(item) or _sentence(item):
        return False
    return looks_as(text)[0] in ("", "letter")


def _without(ctx: Context, items: list[Item], taken: Sequence[int]) -> list[Item]:
    """The items without the lines of the title. A note, a picture or a text box in such a line stays."""
    rest: list[Item] = []
    for index, item in enumerate(items):
        if index not in taken or not isinstance(item, Para):
            rest.append(item)
            continue
        item.title = True
        if ctx.trace is not None:
            ctx.trace.titles += item.elements
        if any(node["type"] in ("note", "image") for node in item.inlines):
            rest.append(item)
        else:
            rest.extend(item.following)
    return rest


def _head(items: list[Item]) -> list[int]:
    """The places of the first lines, up to the first heading, long text or the fortieth line."""
    found: list[int] = []
    for index, item in enumerate(items[:60]):
        if isinstance(item, BlockItem) or item.contents:
            continue
        if item.outline < NO_OUTLINE and not _named_title(item) and item.text.strip():
            if not found:
                found.append(index)
            break
        if item.text.strip():
            found.append(index)
        if len(item.text) > 400:
            break
    return found


def _is_marked(item: Item) -> bool:
    marked = own_mark(item.bookmarks) is not None
    return marked or (isinstance(item, Para) and (item.outline < NO_OUTLINE or item.label is not None))


def _sentence(item: Item) -> bool:
    text = _text(item)
    return text.endswith((".", ";", ":")) and len(text.split()) > 12


def _named_title(item: Item) -> bool:
    if not isinstance(item, Para) or item.outline < NO_OUTLINE or not item.text.strip():
        return False
    return item.style.name.lower() in TITLE_NAMES


def _text(item: Item) -> str:
    return " ".join(item.text.split()) if isinstance(item, Para) else ""


def _striking(item: Item) -> tuple[int, int]:
    if not isinstance(item, Para):
        return 0, 0
    return int(item.bold) + int(item.caps) + int(item.align == "center") + int(item.size > 26), item.size


def core_title(ctx: Context) -> str:
    """The title among the file's properties, unless it is what Word puts there by itself."""
    root = ctx.package.optional_xml("", "core-properties")
    node = None if root is None else root.find(f"{{{ns.DC}}}title")
    text = " ".join((node.text or "").split()) if node is not None else ""
    return "" if not text or JUNK.match(text) else text[:500]


def without_front(ctx: Context, front: list[Item], *, sure: bool) -> list[Item]:
    """What is before the first heading without its cover: leading pages that hold no running text.

    ``sure``: the document marks its headings itself. Where it doesn't, a table may be text as well as a
    cover's frame."""
    pages: list[list[Item]] = [[]]
    for item in front:
        pages[-1].append(item)
        if isinstance(item, Para) and item.breaks_page:
            pages.append([])
    cover: list[Item] = []
    for page in pages:
        letters = sum(len(_words(item)) for item in (*cover, *page))
        if any(_real(item, sure) for item in page) or letters > LONGEST_COVER:
            break
        cover += page
    for item in cover:
        text = _words(item)
        if text or (isinstance(item, Para) and any(node["type"] == "image" for node in item.inlines)):
            ctx.report.add(FindingCode.COVER, text)
    return front[len(cover) :]


def _words(item: Item) -> str:
    return _text(item) if isinstance(item, Para) else block_text(item.node)


def _real(item: Item, sure: bool) -> bool:
    if isinstance(item, BlockItem):
        return len(block_text(item.node)) > (300 if sure else 0) or item.node["type"] != "table"
    if any(_real(inner, sure) for inner in item.following):
        return True
    text = _text(item)
    if item.label is not None or len(text) > 120:
        return True
    return text.endswith((".", ";", ":")) and len(text.split()) >= 8
