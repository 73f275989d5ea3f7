"""Words as HTML: inline content with what was added, removed or looks different, on one side or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from documents.comparison.inline_diff import mark_changes
from documents.comparison.model import FieldChange, MarkChange, NodeChange, SectionChange, WordOp
from documents.comparison.render.elements import around, in_item, isolated, paragraph_class
from documents.comparison.render.strings import Strings
from documents.text.inline_schema import MARK_TAGS, safe_href

Json = dict[str, Any]
View = Literal["both", "old", "new"]


@dataclass
class Numbering:
    """Counts the changes of a page; ``prefix`` keeps the ids of two pages in one apart."""

    prefix: str = "ch"
    last: int = 0

    def next(self) -> str:
        self.last += 1
        return f' id="{self.prefix}{self.last}" data-change'


@dataclass
class WordsDrawing:
    strings: Strings
    numbering: Numbering
    view: View
    change: SectionChange
    counting: bool = True
    whole: Literal["ins", "del", ""] = ""
    """Set within a block that was added or removed whole: its texts are all that."""
    pending: str = ""
    """The number of a change that the next text is to carry."""
    old_numbers: dict[str, int] = field(default_factory=dict)
    new_numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for side, section in ((self.old_numbers, self.change.old), (self.new_numbers, self.change.new)):
            if section:
                side.update({key: n for n, key in enumerate(section.text.body.get("notes") or {}, 1)})

    def words(self, ops: Sequence[WordOp]) -> str:
        parts: list[str] = []
        for index, op in enumerate(ops):
            if op.op == "keep":
                old = self.view == "old"
                parts.append(self.inlines(op.old if old else op.new, old=old))
            elif op.op == "format":
                parts.append(self._format(op))
            elif op.op == "del" and self.view != "new":
                parts.append(self._change("del", op.old))
            elif op.op == "ins" and self.view != "old":
                second = index > 0 and ops[index - 1].op == "del" and self.view == "both"
                parts.append(self._change("ins", op.new, numbered=not second))
        return "".join(parts)

    def number(self) -> str:
        return self.numbering.next() if self.counting else ""

    def seam(self, node: NodeChange, side: str) -> str:
        """What was parted or joined, with a sign where a paragraph ends that did not, or ended before."""
        parted = node.op == "parted"
        apart = (self.view == "old") != parted
        pieces = []
        for number, words in enumerate(node.parts, 1):
            pieces.append(self.words(words))
            if number < len(node.children) and (apart or self.view == "both"):
                pieces[-1] += self._sign(parted)
        ones = node.children if apart else (node,)
        drawn = pieces if apart else ["".join(pieces)]
        return "".join([self._one(each, inner, side) for each, inner in zip(ones, drawn, strict=True)])

    def _one(self, node: NodeChange, inner: str, side: str) -> str:
        attrs = ((node.old if self.view == "old" else node.new) or node.old or {}).get("attrs") or {}
        if node.type == "item":
            return around("item", attrs, in_item(inner, side, escape(attrs.get("label") or "")))
        return f"<p{paragraph_class(attrs)}{side}>{inner}</p>"

    def _sign(self, parted: bool) -> str:
        """The sign for the end of a paragraph, with what it means for those who do not see it."""
        tag, label = ("ins", self.strings.parted) if parted else ("del", self.strings.joined)
        apart = f'<span class="vh">{isolated(label, self.strings.lang)}</span>'
        return f'<{tag}{self.number()}>{apart}<span aria-hidden="true">\u00b6</span></{tag}>'

    def _change(self, tag: str, nodes: Sequence[Json], *, numbered: bool = True) -> str:
        """Words in <ins> or <del>, with the blanks around them outside. Blanks alone are neither marked nor
        numbered."""
        nodes = list(nodes)
        before = after = ""
        if nodes and nodes[0]["type"] == "text":
            text = nodes[0]["text"]
            before = text[: len(text) - len(text.lstrip())]
            nodes[0] = {**nodes[0], "text": text[len(before) :]}
        if nodes and nodes[-1]["type"] == "text":
            text = nodes[-1]["text"]
            after = text[len(text.rstrip()) :]
            nodes[-1] = {**nodes[-1], "text": text.rstrip()}
        inner = self.inlines(nodes, old=tag == "del")
        if not inner:
            return "" if tag == "del" and self.view == "both" else before + after
        attributes = self.number() if numbered else ""
        return f"{escape(before)}<{tag}{attributes}>{inner}</{tag}>{escape(after)}"

    def _format(self, op: WordOp) -> str:
        places = self.strings.places
        changes = mark_changes(op)
        leads = {change.target for change in changes if change.mark == "xref" and change.when == "now"}
        stayed = leads & {places.now.get(change.target, "") for change in changes if change.when == "was"}
        if self.view == "old":
            return f'<span class="fmtc"{self.number()}>{self.inlines(op.old, old=True)}</span>'
        # Another uid in another file: it leads where it led.
        told = [
            change
            for change in changes
            if (places.now.get(change.target, change.target) if change.when == "was" else change.target)
            not in stayed
        ]
        notes = [self._mark_note(change) for change in told]
        small = f"<small> {', '.join(notes)}</small>" if notes else ""
        return f'<span class="fmtc"{self.number()}>{self.inlines(op.new)}{small}</span>'

    def _mark_note(self, change: MarkChange) -> str:
        """A changed mark, or where a link led or leads."""
        strings, was = self.strings, change.when == "was"
        named = (strings.places.old if was else strings.places.new).get(change.target, "")
        where = change.target if change.mark == "link" else named
        if where:
            form = strings.link_was if was else strings.link_now
            return escape(form).format(target=isolated(where))
        form = strings.was if was else strings.now
        return escape(form.format(mark=strings.marks.get(change.mark, change.mark)))

    def inlines(self, nodes: Sequence[Json], *, old: bool = False) -> str:
        return "".join([self._inline(node, old) for node in nodes])

    def _inline(self, node: Json, old: bool) -> str:
        kind = node["type"]
        if kind == "text":
            html = escape(node["text"])
            for mark in node.get("marks") or ():
                html = _mark(mark, html) if html else html
            return html
        if kind == "break":
            return "<br>"
        if kind == "note":
            numbers = self.old_numbers if old else self.new_numbers
            number = numbers.get(node["attrs"]["id"], 0)
            label = escape(self.strings.note.format(number=number))
            return (
                f'<sup class="noteref"><span class="vh">{label}</span><span '
                f'aria-hidden="true">{number}</span></sup>'
            )
        return self.picture(node["attrs"])

    def picture(self, attrs: Json) -> str:
        alt = escape(attrs.get("alt") or self.strings.image)
        url = self.strings.image_url(attrs["sha256"]) if self.strings.image_url else ""
        if url:
            return f'<img src="{escape(url)}" alt="{alt}" loading="lazy">'
        return f'<span class="pic">{alt}</span>'

    def look(self, fields: Sequence[FieldChange]) -> str:
        """The changed properties of a block's look, on the new side only."""
        if self.view == "old":
            return ""
        names = [f.name for f in fields if f.name not in ("title", "who", "limit", "alt", "sha256", "text")]
        if not names:
            return ""
        fields_changed = ", ".join(self.strings.fields.get(name, name) for name in names)
        text = escape(self.strings.changed_look.format(field=fields_changed))
        return f'<small class="fmtc"{self.number()}> {text}</small>'

    def pictures(self, node: NodeChange) -> str:
        """A picture, or both where it was replaced, and what changed in its description."""
        fields = {field.name: field for field in node.fields}
        old, new = (node.old or {}).get("attrs") or {}, (node.new or {}).get("attrs") or {}
        if "sha256" in fields:
            before = f"<del{self.number()}>{self.picture(old)}</del>" if self.view != "new" else ""
            after = f"<ins>{self.picture(new)}</ins>" if self.view != "old" else ""
            return before + after
        picture = self.picture(old if self.view == "old" else new)
        alt = fields.get("alt")
        return picture + (f'<p class="say">{self.words(alt.words)}</p>' if alt else "")


def _mark(mark: Json, html: str) -> str:
    kind = mark["type"]
    if kind == "link":
        href = mark["attrs"]["href"]
        return f'<a href="{escape(href)}" rel="noreferrer">{html}</a>' if safe_href(href) else html
    if kind == "xref":
        return f'<span class="xref">{html}</span>'
    tag = MARK_TAGS[kind]
    return f"<{tag}>{html}</{tag}>"
