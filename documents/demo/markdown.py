"""Reads a text file of the demonstration: Markdown, and a little more for steps, callouts and joined cells.

Pure: text in, :class:`documents.text.SectionTree` out. docs/demonstration.md describes the form.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.text.numbering import number_sections
from documents.text.types import Body, Json

HEADING = re.compile(r"^(#{2,6})\s+(.*?)\s*\{#([a-z0-9-]+)(?:\s+kind=([a-z]+))?\}\s*$", re.MULTILINE)
TITLE = re.compile(r"^#\s+(.+)$", re.MULTILINE)
NAMESPACE = uuid.UUID("5f1ad4b6-3f0e-4a60-9c5c-6d1c1f1e0c0d")
MARKS = {"strong": "bold", "em": "italic", "s": "strike"}


_parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
for _name in ("step", "callout", "table"):
    _parser.use(container_plugin, _name)


def uid_of(document: str, key: str) -> str:
    """The permanent uid of a section, from the document's folder and the section's key."""
    return str(uuid.uuid5(NAMESPACE, f"{document}/{key}"))


def read_markdown(source: str, document: str, language: str) -> SectionTree:
    """The tree of one file. Raises ValueError for a heading without a key, or a reference to nowhere."""
    title = TITLE.search(source)
    found = list(HEADING.finditer(source))
    if title is None or not found:
        raise ValueError(f"{document} {language}: no title or no sections")
    stray = [line for line in source.splitlines() if re.match(r"#{2,6}\s", line) and not HEADING.match(line)]
    if stray:
        raise ValueError(f"{document} {language}: a heading without a key: {stray[0]}")
    keys = {match.group(3) for match in found}
    outline = [(len(match.group(1)) - 1, match.group(4) or "section") for match in found]
    labels = number_sections(outline, language)
    sections = []
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(source)
        reader = _Reader(document, language, keys)
        body = reader.body(match.group(2), source[match.end() : end])
        level, kind = outline[index]
        sections.append(
            Section(uid_of(document, match.group(3)), level, kind, SectionText(labels[index], body))
        )
    return SectionTree(language, title.group(1).strip(), tuple(sections))


class _Reader:
    """Reads one section's text."""

    def __init__(self, document: str, language: str, keys: set[str]) -> None:
        self.document = document
        self.language = language
        self.keys = keys
        self.note_ids: dict[int, str] = {}

    def body(self, heading: str, text: str) -> Body:
        root = SyntaxTreeNode(_parser.parse(text))
        blocks: list[Json] = []
        notes: dict[str, list[Json]] = {}
        for node in root.children:
            if node.type == "footnote_block":
                for note in node.children:
                    blocks_of_note = list(self.blocks(note.children))
                    notes[f"n{note.meta['id'] + 1}"] = blocks_of_note
            else:
                blocks.extend(self.blocks([node]))
        return normalise_body(
            {"heading": [{"type": "text", "text": heading}], "blocks": blocks, "notes": notes}
        )

    def blocks(self, nodes: list[SyntaxTreeNode]) -> Iterator[Json]:
        for node in nodes:
            if node.type == "paragraph":
                yield {"type": "paragraph", "content": list(self.inlines(node.children[0]))}
            elif node.type in ("bullet_list", "ordered_list"):
                yield self.list_block(node)
            elif node.type == "table":
                yield self.table(node)
            elif node.type == "container_table":
                yield from self.blocks(node.children)
            elif node.type == "container_callout":
                yield {"type": "callout", "content": list(self.blocks(node.children))}
            elif node.type == "container_step":
                yield self.step(node)
            elif node.type == "blockquote":
                for block in self.blocks(node.children):
                    yield block | {"attrs": {"style": "quote"}} if block["type"] == "paragraph" else block
            elif node.type != "footnote_anchor":
                raise ValueError(f"{self.document} {self.language}: {node.type} has no place in a section")

    def list_block(self, node: SyntaxTreeNode) -> Json:
        ordered = node.type == "ordered_list"
        start = int(node.attrs.get("start", 1))
        items = [
            {
                "type": "item",
                "attrs": {"label": f"{start + index}." if ordered else "•"},
                "content": list(self.blocks(item.children)),
            }
            for index, item in enumerate(node.children)
        ]
        return {"type": "list", "attrs": {"ordered": ordered}, "content": items}

    def step(self, node: SyntaxTreeNode) -> Json:
        attrs = {"title": node.info.strip().removeprefix("step").strip()}
        children = list(node.children)
        if children and children[0].type == "paragraph":
            lines = _plain(children[0].children[0]).split("\n")
            if all(re.match(r"(who|limit):", line) for line in lines):
                attrs |= {key: value.strip() for key, value in (line.split(":", 1) for line in lines)}
                children = children[1:]
        return {"type": "step", "attrs": attrs, "content": list(self.blocks(children))}

    def table(self, node: SyntaxTreeNode) -> Json:
        grid: list[list[Json | str]] = []
        for part in node.children:
            for row in part.children:
                cells: list[Json | str] = []
                for cell in row.children:
                    content = cell.children[0] if cell.children else None
                    sign = _plain(content).strip() if content else ""
                    if sign in ("<", "^"):
                        cells.append(sign)
                        continue
                    inlines = list(self.inlines(content)) if content else []
                    attrs = {"header": True} if part.type == "thead" else {}
                    cells.append(
                        {
                            "type": "cell",
                            "attrs": attrs,
                            "content": [{"type": "paragraph", "content": inlines}],
                        }
                    )
                grid.append(cells)
        return {"type": "table", "content": [{"type": "row", "content": row} for row in _join(grid)]}

    def inlines(self, node: SyntaxTreeNode, marks: tuple[Json, ...] = ()) -> Iterator[Json]:
        for child in node.children:
            if child.type == "text":
                if child.content:
                    yield {"type": "text", "text": child.content, "marks": list(marks)}
            elif child.type == "softbreak":
                yield {"type": "text", "text": " ", "marks": list(marks)}
            elif child.type == "hardbreak":
                yield {"type": "break"}
            elif child.type in MARKS:
                yield from self.inlines(child, (*marks, {"type": MARKS[child.type]}))
            elif child.type == "link":
                yield from self.inlines(child, (*marks, self.link(str(child.attrs["href"]))))
            elif child.type == "footnote_ref":
                yield {"type": "note", "attrs": {"id": f"n{child.meta['id'] + 1}"}}
            else:
                raise ValueError(f"{self.document} {self.language}: {child.type} has no place in a line")

    def link(self, href: str) -> Json:
        if not href.startswith("#"):
            return {"type": "link", "attrs": {"href": href}}
        if href[1:] not in self.keys:
            raise ValueError(f"{self.document} {self.language}: no section {href}")
        return {"type": "xref", "attrs": {"uid": uid_of(self.document, href[1:])}}


def _plain(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    return (
        node.content
        if not node.children and node.content
        else "".join(_plain(child) for child in node.children)
    )


def _join(grid: list[list[Json | str]]) -> list[list[Json]]:
    """Cells with "<" widen the cell on their left, cells with "^" lengthen the one above."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    spans: dict[tuple[int, int], list[int]] = {}
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell == "<":
                owner[r, c] = owner[r, c - 1]
            elif cell == "^":
                owner[r, c] = owner[r - 1, c]
            else:
                owner[r, c] = (r, c)
            top, left = owner[r, c]
            span = spans.setdefault((top, left), [1, 1])
            span[0], span[1] = max(span[0], r - top + 1), max(span[1], c - left + 1)
    result: list[list[Json]] = []
    for r, row in enumerate(grid):
        cells = []
        for c, cell in enumerate(row):
            if isinstance(cell, dict):
                rows, columns = spans[r, c]
                cell["attrs"] |= {"rowspan": rows, "colspan": columns}
                cells.append(cell)
        result.append(cells)
    return result
