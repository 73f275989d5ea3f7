"""A section's body as HTML. Everything of a text is escaped here, once; nothing in a body can make markup.
Links, files and labels come from outside (:class:`Context`), for pages of both hosts and of rooms above."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from documents.text.direction import side_of, side_of_text, turn, turned_heading
from documents.text.html_context import SHOWN_IMAGES, Context
from documents.text.inline_schema import CITATION, MARK_TAGS, NEW, REFERENCE, STRUCK, safe_href

Json = Mapping[str, Any]

PARAGRAPHS = {"lead": "lead", "centred": "centred", "caption": "caption"}


def render_body(body: Json | None, context: Context) -> str:
    """The blocks and notes of a body as HTML; safe to put into a page."""
    if not body:
        return ""
    writer = _Writer(context, list(body.get("notes") or {}))
    pieces = list(writer.blocks(body.get("blocks") or []))
    pieces.append(writer.notes(body.get("notes") or {}))
    return "".join(pieces)


def render_heading(body: Json | None, context: Context) -> str:
    """The heading of a body as HTML, for inside an ``<h1>`` or the like."""
    if not body:
        return ""
    heading = body.get("heading") or []
    return turned_heading(_Writer(context, list(body.get("notes") or {})).inline(heading), heading)


class _Writer:
    def __init__(self, context: Context, notes: Sequence[str]) -> None:
        self.context = context
        self.numbers = {note: number for number, note in enumerate(notes, start=1)}
        self.steps = 0
        self.tables = 0
        self.rtl = False
        """Whether what is around is read from the right."""

    def turned(self, nodes: Sequence[Json], write: Callable[[], str]) -> tuple[str, str]:
        """What ``write`` makes of the nodes, and the attribute that says from which side they are read."""
        before, side = self.rtl, side_of(nodes)
        self.rtl = side == "rtl" if side else before
        html = write()
        self.rtl = before
        return turn(side, before), html

    # inline

    def text(self, value: str) -> str:
        return escape(self.context.convert(value))

    def marked(self, value: str) -> str:
        """The text with what was searched for in ``<mark>``; not for attributes."""
        if self.context.mark is None:
            return self.text(value)
        shown = self.context.convert(value)
        pieces, done = [], 0
        for start, end in self.context.mark(shown):
            if start < done:
                continue
            pieces += [escape(shown[done:start]), "<mark>", escape(shown[start:end]), "</mark>"]
            done = end
        return "".join([*pieces, escape(shown[done:])])

    def inline(self, content: Sequence[Json]) -> str:
        return "".join(self._inline(node) for node in content)

    def _inline(self, node: Json) -> str:
        kind = node["type"]
        if kind == "text":
            html = self.marked(node["text"]).replace("\n", "<br>")
            for mark in node.get("marks") or ():
                html = self._mark(mark, html)
            return html
        if kind == "break":
            return "<br>"
        if kind == "note":
            return self._reference(node["attrs"]["id"])
        if kind == STRUCK:
            return f"<del>{self.text(node['text'])}</del>"
        if kind == REFERENCE:
            return self._corrigendum(node["attrs"]["number"])
        return self._image(node["attrs"], "inl")

    def _mark(self, mark: Json, html: str) -> str:
        kind = mark["type"]
        if kind in MARK_TAGS:
            return f"<{MARK_TAGS[kind]}>{html}</{MARK_TAGS[kind]}>"
        if kind == NEW:
            return f"<ins>{html}</ins>"
        if kind == "link":
            href = str(mark["attrs"]["href"]).strip()
            # An anchor of Word's leads nowhere here: its words stay, the link goes.
            if href.startswith("#") or not safe_href(href):
                return html
            return f'<a href="{escape(href)}" rel="noopener noreferrer">{html}</a>'
        if kind == CITATION:
            attrs = mark["attrs"]
            note = f' <small class="cite-note">[{escape(attrs["note"])}]</small>' if attrs["note"] else ""
            return f'<a class="cite" href="{escape(attrs["href"])}">{html}</a>{note}'
        url = self.context.section_url(mark["attrs"]["uid"])
        return f'<a class="xref" href="{escape(url)}">{html}</a>' if url else html

    def _reference(self, note: str) -> str:
        number = self.numbers.get(note, 0)
        place = f"{self.context.prefix}n{number}"
        label = escape(f"{self.context.words.note} {number}")
        return (
            f'<a class="fn" id="{place}-ref" href="#{place}" role="doc-noteref" '
            f'aria-label="{label}">{number}</a>'
        )

    def _corrigendum(self, number: int) -> str:
        """The mark behind corrected words: which corrigendum corrected them."""
        wording = self.context.words
        url = self.context.corrigendum_url(number)
        shown = escape(f"[{wording.corrigendum_short} {number}]")
        if not url:
            return f'<span class="corr">{shown}</span>'
        label = escape(f"{wording.corrigendum} {number}")
        return f'<a class="corr" href="{escape(url)}" aria-label="{label}">{shown}</a>'

    def _image(self, attrs: Json, css: str) -> str:
        file = self.context.files.get(attrs["sha256"])
        alt = self.text(attrs.get("alt") or "")
        name = escape(self.context.words.picture) + (f": {alt}" if alt else "")
        if file is None:
            return f'<span class="gone">[{name}]</span>'
        if file.content_type not in SHOWN_IMAGES:
            return f'<a href="{escape(file.url)}">{name}</a>'
        lazy = ' loading="lazy"' if self.context.lazy else ""
        return f'<img class="{css}" src="{escape(file.url)}" alt="{alt}"{lazy}>'

    # blocks

    def blocks(self, blocks: Sequence[Json]) -> Iterator[str]:
        """Every block; steps that follow one another become one list."""
        for steps, found in groupby(blocks, lambda block: block["type"] == "step"):
            if steps:
                yield self._steps(list(found))
            else:
                yield from map(self._block, found)

    def _block(self, block: Json) -> str:
        kind = block["type"]
        attrs = block.get("attrs") or {}
        content = block.get("content") or []
        if kind == "paragraph":
            return self._paragraph(attrs, content)
        if kind == "list":
            return self._list(attrs, content)
        if kind == "table":
            return self._table(content)
        if kind == "figure":
            side, caption = self.turned(content, lambda: self.inline(content))
            caption = f"<figcaption{side}>{caption}</figcaption>" if caption else ""
            return f"<figure>{self._image(attrs, 'fig')}{caption}</figure>"
        if kind == "callout":
            tone = " callout-warn" if attrs.get("tone") == "warn" else ""
            side, inner = self.turned(content, lambda: "".join(self.blocks(content)))
            return f'<div class="callout{tone}" role="note"{side}>{inner}</div>'
        return self._opaque(attrs)

    def _paragraph(self, attrs: Json, content: Sequence[Json]) -> str:
        side, html = self.turned(content, lambda: self.inline(content))
        style = attrs.get("style")
        if style == "quote":
            return f"<blockquote{side}><p>{html}</p></blockquote>"
        css = f' class="{PARAGRAPHS[style]}"' if style in PARAGRAPHS else ""
        return f"<p{css}{side}>{html}</p>"

    def _list(self, attrs: Json, items: Sequence[Json]) -> str:
        labels = [(item.get("attrs") or {}).get("label") or "" for item in items]
        name = "ol" if attrs.get("ordered") else "ul"
        if not any(labels):
            side, inner = self.turned(
                items, lambda: "".join(f"<li>{self._item(item)}</li>" for item in items)
            )
            return f"<{name}{side}>{inner}</{name}>"
        # The document's own numbers ("а)", "(iv)") are text of the document: they are shown as they are, and
        # copied.
        side, inner = self.turned(
            items,
            lambda: "".join(
                f'<li><span class="li-no">{self.text(label)}</span><div>{self._item(item)}</div></li>'
                for label, item in zip(labels, items, strict=True)
            ),
        )
        return f'<{name} class="own" role="list"{side}>{inner}</{name}>'

    def _item(self, item: Json) -> str:
        return self._tight(item.get("content") or [])

    def _tight(self, blocks: Sequence[Json]) -> str:
        """Blocks in an item or a cell: a lone plain paragraph needs no paragraph of its own."""
        if (
            len(blocks) == 1
            and blocks[0]["type"] == "paragraph"
            and not (blocks[0].get("attrs") or {}).get("style")
        ):
            content = blocks[0].get("content") or []
            side, html = self.turned(content, lambda: self.inline(content))
            return f"<div{side}>{html}</div>" if side else html
        return "".join(self.blocks(blocks))

    def _table(self, rows: Sequence[Json]) -> str:
        self.tables += 1
        name = escape(f"{self.context.words.table} {self.tables}")
        heads = 0
        while heads < len(rows) and all((c.get("attrs") or {}).get("header") for c in rows[heads]["content"]):
            heads += 1
        side, html = self.turned(
            rows, lambda: "".join(self._row(row, number < heads) for number, row in enumerate(rows))
        )
        # The frame scrolls, so it takes the focus: else the keyboard can't reach what is beyond its edge. A
        # group and no region: a long text would be all landmarks.
        return (
            f'<div class="tablewrap" role="group" tabindex="0" aria-label="{name}"{side}>'
            f'<table class="tbl">{html}</table></div>'
        )

    def _row(self, row: Json, head: bool) -> str:
        cells = []
        for cell in row.get("content") or []:
            attrs = cell.get("attrs") or {}
            spans = "".join(f' {key}="{int(attrs[key])}"' for key in ("colspan", "rowspan") if attrs.get(key))
            name, scope = "td", ""
            if attrs.get("header"):
                many = "group" if (attrs.get("colspan" if head else "rowspan") or 1) > 1 else ""
                name, scope = "th", f' scope="{("col" if head else "row") + many}"'
            cells.append(f"<{name}{scope}{spans}>{self._tight(cell.get('content') or [])}</{name}>")
        return f"<tr>{''.join(cells)}</tr>"

    def _step(self, block: Json) -> str:
        self.steps += 1
        attrs = block.get("attrs") or {}
        title = f'<span class="do">{self.marked(attrs["title"])}</span>' if attrs.get("title") else ""
        facts = "".join(
            f"<div><dt>{escape(word)}:</dt><dd>{self.marked(attrs[key])}</dd></div>"
            for key, word in (("who", self.context.words.who), ("limit", self.context.words.limit))
            if attrs.get(key)
        )
        facts = f'<dl class="who">{facts}</dl>' if facts else ""
        # A step in a step (in a table, in a list) is numbered within it.
        number, self.steps = self.steps, 0
        inner = "".join(self.blocks(block.get("content") or []))
        self.steps = number
        return f"<li>{title}{facts}{inner}</li>"

    def _steps(self, run: Sequence[Json]) -> str:
        before = self.steps
        side, inner = self.turned(run, lambda: "".join(map(self._step, run)))
        if not before:
            return f'<ol class="steps"{side}>{inner}</ol>'
        # What stands between two runs of steps does not start the numbers anew.
        return f'<ol class="steps steps-on" start="{before + 1}"{side}>{inner}</ol>'

    def _opaque(self, attrs: Json) -> str:
        wording = self.text(attrs.get("text") or "").replace("\n", "<br>") or escape(
            self.context.words.no_words
        )
        return (
            f'<div class="opaque" role="note"><p class="opaque-what">{escape(self.context.words.opaque)}</p>'
            f"<p{turn(side_of_text(attrs.get('text') or ''), self.rtl)}>{wording}</p></div>"
        )

    # notes

    def notes(self, notes: Mapping[str, Sequence[Json]]) -> str:
        if not notes:
            return ""
        first = [block for note in self.numbers for block in notes[note]]
        side, items = self.turned(first, lambda: "".join(map(self._note, self.numbers, notes.values())))
        name = escape(self.context.words.notes)
        return (
            f'<div class="notes-of" role="group" aria-label="{name}"><ol '
            f'class="notes"{side}>{items}</ol></div>'
        )

    def _note(self, note: str, blocks: Sequence[Json]) -> str:
        place = f"{self.context.prefix}n{self.numbers[note]}"
        back = escape(self.context.words.back)
        return (
            f'<li id="{place}">{self._tight(blocks)} '
            f'<a class="fn-back" href="#{place}-ref" role="doc-backlink" aria-label="{back}">↩</a></li>'
        )
