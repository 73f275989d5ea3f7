"""The stream of paragraphs and tables of a body, a cell, a note or a text box, and their blocks."""

from __future__ import annotations

from collections.abc import Callable

from documents.text.types import Block, figure
from documents.word.body.bookmarks import uid_of, without_heading, without_sections
from documents.word.body.paragraph_marks import (
    DELETED,
    INSERTED,
    is_bare,
    mark_goes,
    next_paragraph,
    stands_behind_paragraph,
)
from documents.word.definitions.numbering import Label
from documents.word.definitions.styles import NO_OUTLINE, Style, read_indent, read_look
from documents.word.file import ns
from documents.word.file.ns import VAL, Element, child, first_children, is_on, number, val, w
from documents.word.read.blocks.groups import read_group
from documents.word.read.blocks.lists import ListBuilder, is_caption, paragraph_node
from documents.word.read.context import BlockItem, Context, Item, Para, Pending
from documents.word.read.inline.drawings import choose
from documents.word.read.inline.nodes import ParagraphReader
from documents.word.read.inline.reader import InlineReader
from documents.word.read.outline.headings import heads_contents
from documents.word.read.report import FindingCode

P, TBL, SDT, ALTERNATE = w("p"), w("tbl"), w("sdt"), f"{{{ns.MC}}}AlternateContent"
TRANSPARENT = frozenset({*INSERTED, w("customXml"), w("smartTag"), w("sdtContent"), ALTERNATE})
PPR, PSTYLE, RPR, CHANGE = w("pPr"), w("pStyle"), w("rPr"), w("pPrChange")
FRAME, OUTLINE, BREAK_BEFORE, SECTION = w("framePr"), w("outlineLvl"), w("pageBreakBefore"), w("sectPr")
NUMBER, NUM_ID, LEVEL, INDENT, ALIGN = w("numPr"), w("numId"), w("ilvl"), w("ind"), w("jc")


def read_items(ctx: Context, parent: Element) -> list[Item]:
    """The paragraphs and tables that are in a place (a body, a cell, a note, a text box), in order."""
    items: list[Item] = []
    around, ctx.pending = ctx.pending, Pending()
    _read_into(ctx, parent, items)
    items.extend(_left_over(ctx))
    ctx.pending = around
    return items


def _read_into(ctx: Context, parent: Element, items: list[Item]) -> list[str]:
    """Adds the items; gives the bookmarks that are behind all of them, and are those of what follows."""
    bookmarks: list[str] = []
    for node in ns.children(parent):
        before = len(items)
        behind: list[str] = []
        if node.tag == w("bookmarkStart"):
            bookmarks.append(node.get(w("name")) or "")
        elif (read := READERS.get(node.tag)) is not None:
            behind = read(ctx, node, items)
        elif node.tag in TRANSPARENT or node.tag in ctx.processed:
            behind = _transparent(ctx, node, items)
        if bookmarks and len(items) > before:
            items[before].bookmarks.extend(filter(None, bookmarks))
            bookmarks = []
        bookmarks += behind
    return bookmarks


def _paragraph(ctx: Context, node: Element, items: list[Item]) -> list[str]:
    para = read_paragraph(ctx, node)
    if para is not None:
        items.append(para)
    return []


def _transparent(ctx: Context, node: Element, items: list[Item]) -> list[str]:
    if node.tag in INSERTED and node.tag != w("moveTo"):
        ctx.found(FindingCode.TRACKED_INSERTED)
    inner = node
    if node.tag.endswith("AlternateContent"):
        inner = choose(ctx, node)
        flush(ctx, items)
    with ctx.deeper():
        return _read_into(ctx, inner, items)


def _deleted(ctx: Context, node: Element, items: list[Item]) -> list[str]:
    ctx.found(FindingCode.TRACKED_DELETED)
    ctx.left_out.add(node)
    return []


def _inserted_file(ctx: Context, node: Element, items: list[Item]) -> list[str]:
    ctx.found(FindingCode.INSERTED_FILE)
    return []


def flush(ctx: Context, items: list[Item]) -> None:
    """What was to run on stays a paragraph of its own, where no other one follows."""
    if ctx.pending.inlines or ctx.pending.following:
        items.extend(_left_over(ctx))


def _left_over(ctx: Context) -> list[Para]:
    """Text that should continue and has no paragraph to continue in. It was before an unread part, such as a
    table of contents, or the text after it was deleted."""
    left, ctx.pending = ctx.pending, Pending()
    if not left.inlines and not left.following and not left.bookmarks:
        return []
    para = Para(left.elements, left.inlines, ctx.styles.default_paragraph)
    para.following, para.bookmarks = left.following, left.bookmarks
    return [para]


def _content_control(ctx: Context, node: Element, items: list[Item]) -> list[str]:
    properties, content = child(node, "sdtPr"), child(node, "sdtContent")
    if content is None:
        return []
    gallery = val(child(properties, "docPartObj"), "docPartGallery") or ""
    if gallery == "Table of Contents" and not ctx.whole:
        ctx.found(FindingCode.CONTENTS_LIST, ns.words(content)[:60])
        ctx.left_out.add(content)
        if items and heads_contents(items[-1]):
            items.pop()
        return []
    if gallery == "Cover Pages" and not ctx.whole:
        ctx.found(FindingCode.COVER, ns.words(content)[:120])
        ctx.left_out.add(content)
        return []
    tag = val(properties, "tag") or ""
    if tag.startswith("kodeks:"):
        with ctx.deeper():
            inner: list[Item] = []
            behind = _read_into(ctx, content, inner)  # no place of its own: text before it may run on into it
            items.append(read_group(ctx, node, tag, inner, to_blocks))
        return behind
    ctx.found(FindingCode.CONTENT_CONTROLS)
    with ctx.deeper():
        return _read_into(ctx, content, items)


READERS: dict[str, Callable[[Context, Element, list[Item]], list[str]]] = {
    P: _paragraph,
    SDT: _content_control,
    **dict.fromkeys(DELETED, _deleted),
    w("altChunk"): _inserted_file,
}
"""By its name, how an element among paragraphs is read. Tables are entered by read.py: they hold bodies."""


def read_paragraph(ctx: Context, node: Element) -> Para | None:
    """One paragraph; None for one that was deleted or runs on into the next."""
    ctx.count_block()
    inner = ns.children(node)
    properties = first_children(ns.first_of(inner, PPR))
    style = ctx.styles.paragraph(properties[PSTYLE].get(VAL) if PSTYLE in properties else None)
    deleted = _tracked_mark(ctx, properties)
    reader = ParagraphReader(ctx, style, lambda box: _box_items(ctx, box))
    reader.read(inner)
    reader.close()
    if (deleted or _is_drop_cap(properties)) and _leaves(
        ctx, node, deleted=deleted, section=SECTION in properties
    ):
        # Of a heading that goes with all its words only the section is left, which begins with the text
        # behind it.
        left = reader.bookmarks if reader.out or not deleted else without_heading(reader.bookmarks)
        ctx.pending.run_on(node, reader.out, reader.following, left)
        return None
    label = _count(ctx, properties.get(NUMBER), style, reader)
    ran_on, ctx.pending = ctx.pending, Pending() if ctx.pending.elements else ctx.pending
    if not ran_on.inlines and uid_of(reader.bookmarks):
        # The section before it is gone, heading and text.
        ran_on.bookmarks = without_sections(ran_on.bookmarks)
    para = Para(
        [*ran_on.elements, node],
        ran_on.inlines + reader.out,
        style,
        outline=_outline(properties, style),
        label=label,
        typed_label=reader.label,
        bookmarks=ran_on.bookmarks + reader.bookmarks,
        following=ran_on.following + reader.following,
        breaks_page=reader.breaks_page or _breaks_page(properties),
        contents=style.toc or reader.contents,
    )
    _measure(ctx, para, properties, style, reader)
    _note_place(ctx, para)
    return para


def _is_drop_cap(properties: dict[str, Element]) -> bool:
    return FRAME in properties and (properties[FRAME].get(w("dropCap")) or "none") != "none"


def _outline(properties: dict[str, Element], style: Style) -> int:
    own = properties[OUTLINE].get(VAL) if OUTLINE in properties else None
    return style.outline if own is None else number(own, NO_OUTLINE, 0, NO_OUTLINE)


def _tracked_mark(ctx: Context, properties: dict[str, Element]) -> bool:
    """Whether the mark of a paragraph is deleted; tracked changes are reported."""
    mark = first_children(properties.get(RPR)).keys()
    deleted = not mark.isdisjoint(DELETED)
    if not mark.isdisjoint(INSERTED):
        ctx.found(FindingCode.TRACKED_INSERTED)
    if CHANGE in properties:
        ctx.found(FindingCode.TRACKED_FORMAT)
    if deleted:
        ctx.found(FindingCode.TRACKED_DELETED)
    return deleted


def _box_items(ctx: Context, box: Element) -> list[Item]:
    with ctx.deeper():
        ctx.inside += 1
        around, ctx.cell_hidden = ctx.cell_hidden, False
        found = read_items(ctx, box)
        ctx.inside, ctx.cell_hidden = ctx.inside - 1, around
    return found


def _breaks_page(properties: dict[str, Element]) -> bool:
    return SECTION in properties or (BREAK_BEFORE in properties and is_on(properties[BREAK_BEFORE]))


def _note_place(ctx: Context, para: Para) -> None:
    """Keeps the last heading as the place that the report names."""
    if para.outline >= NO_OUTLINE or ctx.inside or ctx.in_note:
        return
    if para.text.strip() or para.typed_label:
        label = para.typed_label or (para.label.text if para.label else "")
        ctx.place = f"{label} {para.text}".strip()


def _leaves(ctx: Context, node: Element, *, deleted: bool, section: bool) -> bool:
    """Whether a paragraph without a mark of its own stays none. It continues in the next one, or disappears
    with all its words where the place can do without it. See documents/word/resolve/paragraphs.py."""
    following, blocked = next_paragraph(node)
    if following is not None and not blocked:
        return True
    chain = [node]
    for one in reversed(ctx.pending.elements):
        if not mark_goes(child(one, "pPr")):
            break  # a big first letter, which stays
        chain.append(one)
    empty = deleted and not section and all(map(is_bare, chain))
    return empty and (blocked or stands_behind_paragraph(chain[-1]))


def _count(ctx: Context, numbering: Element | None, style: Style, reader: InlineReader) -> Label | None:
    """The paragraph's number; ``numbering`` is what it says itself. Only what is shown counts: no deleted
    paragraph, none of a table of contents."""
    if reader.contents and not reader.out and any(opened.hides for opened in ctx.fields):
        return None
    if numbering is None and style.num_id is None:
        return None
    properties = first_children(numbering)
    num_id = properties[NUM_ID].get(VAL) if NUM_ID in properties else None
    level = properties[LEVEL].get(VAL) if LEVEL in properties else None
    place = ctx.numbering.place(num_id, None if level is None else number(level, 0, 0, 8), style)
    if place is None:
        return None
    label = ctx.numbering.count(*place)
    if not label.known:
        ctx.found(FindingCode.NUMBER_FORMAT, label.text)
    return label


def _measure(
    ctx: Context, para: Para, properties: dict[str, Element], style: Style, reader: InlineReader
) -> None:
    """Measure the look of a paragraph, which says what it is where nothing else does. ``properties`` are its
    own."""
    own_indent, _ = read_indent(properties.get(INDENT))
    para.set_in = own_indent is not None
    of_label = para.label.indent if para.label is not None else None
    para.indent = next((one for one in (own_indent, of_label, style.indent) if one is not None), 0)
    para.align = (properties[ALIGN].get(VAL) if ALIGN in properties else None) or style.align or ""
    para.size = reader.size or style.look.size or ctx.styles.default_look.size or 20
    para.bold = reader.letters > 0 and reader.bold_letters >= 0.9 * reader.letters
    para.caps = _has_capitals(para.text.strip(), style, properties.get(RPR))


def _has_capitals(text: str, style: Style, end: Element | None) -> bool:
    """Whether a text is shown in capitals, by its letters or its look."""
    if text and (style.look.caps or _in_capitals(text)):
        return True
    return end is not None and bool(read_look(end).caps) and len(text) > 3


def _in_capitals(text: str) -> bool:
    # Most texts differ from capitals within a few letters.
    return text[:40].upper() == text[:40] and text.upper() == text and any(map(str.isalpha, text))


def to_blocks(ctx: Context, items: list[Item], *, keep_xml: bool = True) -> list[Block]:
    """The blocks of the schema. ``keep_xml``: whether each keeps the XML that it was read from."""
    blocks: list[Block] = []
    stream = _with_following(items, " " if ctx.whole else None)
    index = 0
    while index < len(stream):
        item = stream[index]
        if isinstance(item, BlockItem):
            blocks.append(_sealed(ctx, item.node, item.elements, keep_xml))
            index += 1
        elif item.label is not None:
            builder = ListBuilder(ctx, to_blocks)
            while index < len(stream) and builder.take(stream, index):
                index += 1
            for node, elements in builder.finish():
                blocks.append(_sealed(ctx, node, elements, keep_xml))
        else:
            index += _paragraph_or_figure(ctx, stream, index, blocks, keep_xml)
    return blocks


def _with_following(items: list[Item], blank: str | None) -> list[Item]:
    """The stream with the content of text boxes after its paragraph. Empty paragraphs are left out, and those
    of ``blank`` only (any space where it is None).

    A list's item keeps its boxes to itself."""
    stream: list[Item] = []
    for item in items:
        if isinstance(item, Para):
            if item.contents and not item.inlines and not item.following:
                continue
            if item.label is not None:
                stream.append(item)
                continue
            if any(node["type"] != "text" or node["text"].strip(blank) for node in item.inlines):
                stream.append(item)
            stream.extend(_with_following(item.following, blank))
        else:
            stream.append(item)
    return stream


def _paragraph_or_figure(
    ctx: Context, stream: list[Item], index: int, blocks: list[Block], keep_xml: bool
) -> int:
    """Adds the block for the paragraph at ``index``; gives how many items it took."""
    para = stream[index]
    assert isinstance(para, Para)  # noqa: S101 (the caller looked)
    if para.outline < NO_OUTLINE and ctx.inside:
        ctx.found(FindingCode.HEADING_IN_TABLE, para.text)
    shown = [node for node in para.inlines if node["type"] != "text" or node["text"].strip()]
    if len(shown) == 1 and shown[0]["type"] == "image":
        after = stream[index + 1] if index + 1 < len(stream) else None
        if isinstance(after, Para) and is_caption(after):
            block = figure(shown[0], after.inlines)
            blocks.append(_sealed(ctx, block, para.elements + after.elements, keep_xml))
            return 2
        blocks.append(_sealed(ctx, figure(shown[0]), para.elements, keep_xml))
        return 1
    blocks.append(_sealed(ctx, paragraph_node(para), para.elements, keep_xml))
    ctx.report.add(FindingCode.PARAGRAPHS)
    return 1


def _sealed(ctx: Context, node: Block, elements: list[Element], keep_xml: bool) -> Block:
    if keep_xml and elements and ctx.inside == 0 and not ctx.in_note:
        node["attrs"] = {**node.get("attrs", {}), "ooxml": ctx.keep_xml(elements)}
    return node
