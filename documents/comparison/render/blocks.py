"""A changed section as HTML: inline, or as pairs for two columns.

What was added is in ``<ins>``, what was removed in ``<del>``. Everything that comes from a text is escaped;
there is no ``style`` attribute and no script. Each change within a section gets the id ``ch1``, ``ch2``, … so
that one can step through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from itertools import groupby, pairwise
from typing import Any, Literal

from documents.comparison.model import Comparison, Kind, NodeChange, NoteChange, SectionChange
from documents.comparison.render.elements import (
    around,
    around_step,
    in_item,
    isolated,
    left_place,
    lone_paragraph,
    own_labels,
    paragraph_class,
)
from documents.comparison.render.inlines import Numbering, View, WordsDrawing
from documents.comparison.render.strings import Strings
from documents.text import inline_text
from documents.text.direction import side_of, turn, turned_heading

Json = dict[str, Any]
ENGLISH = Strings()
AWAY = "moved_away"
TIGHT = frozenset({"item", "cell"})
PARTS = frozenset({"item", "row"})
STEP_FIELDS = ("title", "who", "limit")
FEWEST = 3
"""Fewer paragraphs than this are not worth a fold."""
ONE = frozenset({"paragraph", "figure", "opaque"})


def inline_html(
    change: SectionChange,
    strings: Strings = ENGLISH,
    numbering: Numbering | None = None,
    *,
    fold: bool = False,
) -> str:
    """The section's blocks and notes as one text with what was added and removed. ``fold`` puts long runs of
    what is the same into ``<details>``."""
    drawing = Drawing(strings, numbering or Numbering(), "both", change)
    blocks = drawing.folded(change.drawn) if fold else drawing.blocks(change.drawn)
    return blocks + drawing.notes(change.notes)


class Drawing(WordsDrawing):
    """Draws what happened to a section's blocks. ``start`` is the first number of a numbered list of which
    only a part is drawn. ``folding``: whether long runs of the same items are folded."""

    start = 0
    folding = False
    mark = label = ""
    """For an item or a row that moved: the attributes of its element, and the label before its words."""
    rtl = False
    """Whether what is around is read from the right."""

    @contextmanager
    def turned(self, node: Json) -> Iterator[str]:
        """While a block is drawn: the attribute that says from which side it is read."""
        before, side = self.rtl, "" if node.get("type") == "row" else side_of([node])
        self.rtl = side == "rtl" if side else before
        yield turn(side, before)
        self.rtl = before

    def blocks(self, nodes: Sequence[NodeChange]) -> str:
        return "".join([self.block(node) for node in self._without_repeats(nodes)])

    def folded(self, nodes: Sequence[NodeChange]) -> str:
        """The blocks, with long runs of unchanged blocks and list items folded. No number of a change is ever
        inside a fold."""
        self.folding = True
        drawn, done = [], 0
        for run in folds([node.op == "same" for node in nodes]):
            inside = nodes[run.start : run.stop]
            drawn += [self.blocks(nodes[done : run.start]), self._fold(inside, self.blocks(inside))]
            done = run.stop
        drawn.append(self.blocks(nodes[done:]))
        self.folding = False
        return "".join(drawn)

    def _fold(self, nodes: Sequence[NodeChange], html: str) -> str:
        label = self.strings.unchanged(sum(paragraphs(node.new or {"type": "opaque"}) for node in nodes))
        summary = f'<summary lang="{escape(self.strings.lang)}" dir="auto">{escape(label)}</summary>'
        return f'<details class="fold">{summary}{html}</details>'

    def _folded_list(self, nodes: Sequence[NodeChange], attrs: Json, side: str) -> str:
        """A changed list in parts, each counting on from the one before; empty where nothing of it is
        folded."""
        runs = folds([node.op == "same" for node in nodes]) if self.folding else []
        if not runs:
            return ""
        drawn, count = [], 1
        edges = [0, *(edge for run in runs for edge in (run.start, run.stop)), len(nodes)]
        for number, (start, stop) in enumerate(pairwise(edges)):
            part = nodes[start:stop]
            if not part:
                continue
            own = attrs if attrs.get("own") else attrs | {"start": count}
            html = around("list", own, self.blocks(part), side)
            drawn.append(self._fold(part, html) if number % 2 else html)
            count += sum(self.taken(node) for node in part)
        return "".join(drawn)

    def taken(self, node: NodeChange) -> int:
        """How many items of a list a node is on the side that is drawn."""
        if node.op == ("joined" if self.view == "old" else "parted"):
            return len(node.children)
        return int(not self._hidden(node) and (node.op != AWAY or self.view == "old"))

    def _without_repeats(self, nodes: Sequence[NodeChange]) -> Sequence[NodeChange]:
        """Of neighbouring blocks that moved to another section only the first, which carries the label."""
        if self.view != "both" or not self.gave:
            return nodes
        ops = ["", *(node.op for node in nodes)]
        return [node for node, before in zip(nodes, ops, strict=False) if (node.op, before) != (AWAY, AWAY)]

    @property
    def gave(self) -> bool:
        return bool(self.change.split_into or self.change.joined_into)

    def block(self, node: NodeChange) -> str:
        """A block on the side, or sides, that are drawn."""
        if self._hidden(node):
            return ""
        return OPERATIONS.get(node.op, Drawing._changed)(self, node)

    def _added(self, node: NodeChange) -> str:
        return self._whole(node.new or {}, "ins")

    def _removed(self, node: NodeChange) -> str:
        return self._whole(node.old or {}, "del")

    def _same(self, node: NodeChange) -> str:
        old = self.view == "old"
        return self.plain((node.old if old else node.new) or {}, old=old)

    def _seam(self, node: NodeChange) -> str:
        with self.turned(node.old or node.new or {}) as side:
            return self.seam(node, side)

    def _moved_away(self, node: NodeChange) -> str:
        """A block at the place that it left: itself on the old side, else a placeholder."""
        if self.view == "old":
            return self._moved_part(node) if node.type in PARTS else self._same(node)
        if node.type == "cell":
            return ""
        label = self.strings.given if self.gave or node.other else self.strings.moved_away
        return left_place(node.type, node.old or {}, isolated(label, self.strings.lang))

    def _moved(self, node: NodeChange) -> str:
        """A block at its new place, under a label."""
        if node.type in PARTS:
            return self._moved_part(node)
        mark = f'<div class="was-there"{self.number()}><p class="say">'
        label = isolated(self._moved_here(node), self.strings.lang)
        inner = self._changed(node) if node.words or node.children else self.plain(node.new or {})
        return f"{mark}{label}</p>{inner}</div>"

    def _moved_here(self, node: NodeChange) -> str:
        """The label of a moved node at its new place."""
        within = bool(node.children or node.words)
        if self.change.joined_from or node.other:
            return self.strings.taken_changed if within else self.strings.taken
        return self.strings.moved_changed if within else self.strings.moved_here

    def _moved_part(self, node: NodeChange) -> str:
        """An item or a row that moved, with a label before its words."""
        here = node.op == "moved"
        within = bool(node.children or node.words)
        label = self._moved_here(node) if here else self.strings.moved_away
        self.mark = f' class="was-there"{self.number()}'
        self.label = f'<p class="say">{isolated(label, self.strings.lang)}</p>'
        if within:
            return self._changed(node)
        return self.plain((node.new if here else node.old) or {}, old=not here)

    def _moved_marks(self, kind: str) -> tuple[str, str]:
        """The attributes of an item or a row that moved, and the label before its first text."""
        mark, label = (self.mark if kind in PARTS else ""), (self.label if kind in TIGHT else "")
        self.mark, self.label = ("" if mark else self.mark), ("" if label else self.label)
        return mark, label

    def _whole(self, node: Json, tag: Literal["ins", "del"]) -> str:
        """A block that was added or removed whole. The first text in it carries the number of the change."""
        self.whole, self.pending = tag, self.number()
        html = self.plain(node, old=tag == "del")
        # Without text or picture nothing carries the number, and the next change has it.
        self.numbering.last -= bool(self.pending)
        self.whole, self.pending = "", ""
        return html

    def plain(self, node: Json, *, old: bool = False) -> str:
        """A block without changes within, or with all of it changed (``whole``)."""
        with self.turned(node) as side:
            return self._plain(node, side, old)

    def _plain(self, node: Json, side: str, old: bool) -> str:
        kind, attrs = node["type"], node.get("attrs") or {}
        content = node.get("content") or []
        if kind == "opaque":
            text = escape(attrs.get("text") or "") or escape(self.strings.opaque)
            return f'<p class="opaque"{side}>{self._wrapped(text)}</p>'
        if kind == "paragraph":
            return f"<p{paragraph_class(attrs)}{side}>{self._wrapped(self.inlines(content, old=old))}</p>"
        if kind == "figure":
            html = self._wrapped(self.inlines(content, old=old))
            caption = f"<figcaption{side}>{html}</figcaption>" if html else ""
            return f"<figure>{self._wrapped(self.picture(attrs))}{caption}</figure>"
        return self._plain_holder(kind, attrs, content, side, old)

    def _plain_holder(self, kind: str, attrs: Json, children: Sequence[Json], side: str, old: bool) -> str:
        """What holds other blocks."""
        mark, label = self._moved_marks(kind)
        if kind in TIGHT and lone_paragraph(children):
            inner = label + self._wrapped(self.inlines(children[0].get("content") or [], old=old))
        else:
            inner = label + "".join([self.plain(child, old=old) for child in children])
        if kind == "step":
            texts = {name: self._wrapped(escape(attrs[name])) for name in STEP_FIELDS if attrs.get(name)}
            return around_step(texts, self.strings.fields, inner, side)
        if kind == "item":
            inner = in_item(inner, side, self._wrapped(escape(attrs.get("label") or "")))
        if kind == "list":
            attrs = {**attrs, "own": own_labels(children)}
        css = f"c-{self.whole}" if self.whole else ""
        return around(kind, attrs, inner, side, cell_class=css, table=self.strings.table, mark=mark)

    def _wrapped(self, html: str) -> str:
        if not self.whole or not html.strip():
            return html
        attributes, self.pending = self.pending, ""
        return f"<{self.whole}{attributes}>{html}</{self.whole}>"

    def _changed(self, node: NodeChange) -> str:
        node_now = (node.old if self.view == "old" else node.new) or {}
        with self.turned(node_now) as side:
            return self._inside(node, node_now, side)

    def _inside(self, node: NodeChange, node_now: Json, side: str) -> str:
        kind, attrs = node.type, node_now.get("attrs") or {}
        if kind in ("paragraph", "opaque"):
            css = ' class="opaque"' if kind == "opaque" else paragraph_class(attrs)
            look = self.look(node.fields)
            return f"<p{css}{side}>{self.words(node.words)}{look}</p>"
        if kind == "figure":
            look, caption = self.look(node.fields), self.words(node.words)
            caption = f"<figcaption{side}>{caption}{look}</figcaption>" if caption or look else ""
            return f"<figure>{self.pictures(node)}{caption}</figure>"
        if kind == "list":
            return self._changed_list(node, node_now, attrs, side)
        return self._changed_holder(node, attrs, side)

    def _changed_list(self, node: NodeChange, node_now: Json, attrs: Json, side: str) -> str:
        look = self.look(node.fields)
        own = own_labels(node_now.get("content") or [])
        attrs = {**attrs, "own": own, "start": 0 if own else self.start}
        drawn = self._folded_list(node.children, attrs, side)
        drawn = drawn or around("list", attrs, self.blocks(node.children), side)
        return drawn + f'<p class="say">{look}</p>' if look else drawn

    def _changed_holder(self, node: NodeChange, attrs: Json, side: str) -> str:
        """What holds other blocks, some of them changed."""
        kind, look = node.type, self.look(node.fields)
        children = [child for child in node.children if not self._hidden(child)]
        mark, label = self._moved_marks(kind)
        if kind in TIGHT and len(children) == 1 and children[0].type == "paragraph" and children[0].words:
            inner = label + self.words(children[0].words) + self.look(children[0].fields)
        else:
            inner = label + self.blocks(node.children)
        if kind == "step":
            return around_step(self._step_texts(node, attrs), self.strings.fields, inner, side)
        after = f'<p class="say">{look}</p>' if look and kind == "table" else ""
        inner += look if kind in ("cell", "callout") else ""
        if kind == "item":
            inner = in_item(inner, side, escape(attrs.get("label") or ""))
        return around(kind, attrs, inner, side, table=self.strings.table, mark=mark) + after

    def _step_texts(self, node: NodeChange, attrs: Json) -> dict[str, str]:
        """A step's title, person and limit, with what changed in them."""
        changed = {field.name: field for field in node.fields}
        texts: dict[str, str] = {}
        for name in STEP_FIELDS:
            if name in changed:
                texts[name] = self.words(changed[name].words)
            elif attrs.get(name):
                texts[name] = escape(attrs[name])
        return texts

    def _hidden(self, node: NodeChange) -> bool:
        """Whether a node leaves nothing on the side that is drawn."""
        return node.op in {"old": ("added", "moved"), "new": ("removed", "moved_away")}.get(self.view, ())

    def notes(self, notes: Sequence[NoteChange]) -> str:
        """The footnotes that changed, under the text."""
        drawn = []
        for note in notes:
            if note.op == "same":
                continue
            number = note.old_number if self.view == "old" or note.new_number is None else note.new_number
            inner = self.blocks(note.blocks)
            if inner:
                drawn.append(f'<div class="cfn"><span class="num">{number}</span>{inner}</div>')
        if not drawn:
            return ""
        label = escape(self.strings.notes)
        return f'<div class="cfns" role="group" aria-label="{label}">{"".join(drawn)}</div>'


OPERATIONS: dict[str, Callable[[Drawing, NodeChange], str]] = {
    "added": Drawing._added,
    "removed": Drawing._removed,
    "moved_away": Drawing._moved_away,
    "moved": Drawing._moved,
    "parted": Drawing._seam,
    "joined": Drawing._seam,
    "same": Drawing._same,
}
"""How a block is drawn, by what happened to it; any other is one that changed."""


def title_html(comparison: Comparison) -> str:
    """The document's title with what changes in it marked; empty where nothing does."""
    if all(op.op == "keep" for op in comparison.title):
        return ""
    return "".join(
        f"<{op.op}>{escape(inline_text(op.new or op.old))}</{op.op}>"
        if op.op in ("ins", "del")
        else escape(inline_text(op.new))
        for op in comparison.title
    )


def heading_html(
    change: SectionChange, view: View = "both", strings: Strings = ENGLISH, numbering: Numbering | None = None
) -> str:
    """The section's heading; of a new, removed or unchanged section without marks of change."""
    drawing = Drawing(strings, numbering or Numbering(), view, change)
    if change.kind in (Kind.NEW, Kind.REMOVED) or not change.heading:
        html = drawing.inlines(change.section.text.body.get("heading") or [])
    else:
        html = drawing.words(change.heading)
    shown = change.old if view == "old" and change.old else change.section
    return turned_heading(html, shown.text.body.get("heading") or [])


def folds(same: Sequence[bool]) -> list[range]:
    """The runs of what is the same that are folded, in order. Next to every change one block stays; where
    nothing changed (another heading, another note) the first one stays."""
    found, start = [], 0
    for unchanged, run in groupby(same):
        end = start + len(list(run))
        if unchanged:
            last = end < len(same)
            found.append(range(start + (start > 0 or not last), end - last))
        start = end
    return [run for run in found if len(run) >= FEWEST]


def paragraphs(block: dict[str, Any]) -> int:
    """How many paragraphs a block holds; what holds none counts as one."""
    if block["type"] in ONE:
        return 1
    return sum(paragraphs(child) for child in block.get("content") or []) or 1
