"""A text as Markdown, as pandoc reads it (``--from markdown-smart``).

Words of the text are escaped, so that nothing in a document is read as markup. A table that Markdown can't
express (merged cells, several paragraphs in a cell) becomes HTML with Markdown in its cells.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from documents.text.html_context import Labels
from documents.text.inline_schema import safe_href

Json = Mapping[str, Any]

BETWEEN = "<!-- -->"
"""Between two lists that would else be one."""
NATIVE = re.compile(r"(\d{1,9})([.)])")
SPECIAL = re.compile(r"[\\`*_{}\[\]<#$^~|@]|&(?=[#\w])")
FIRST = re.compile(r"^([-+>:=%]|\(?(\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,9})[.)](?=\s|$))")
"""What begins a list, a quotation or a rule where it begins a line."""
HTTP_UNSAFE = re.compile(r"[\s<>\\\"'`{}|^\x00-\x1f]")
AROUND = {
    "bold": ("**", "**"),
    "italic": ("*", "*"),
    "strike": ("~~", "~~"),
    "underline": ("[", "]{.underline}"),
    "superscript": ("^", "^"),
    "subscript": ("~", "~"),
}
OUTER = ("link", "xref", "underline", "strike", "bold", "italic", "superscript", "subscript")
"""Marks in the order in which they are around each other."""


def escaped(text: str) -> str:
    """The words so that Markdown shows them as they are, in one line, at its beginning or within it."""
    return _first(_within(" ".join(text.split("\n")).strip(" \t")))


def _within(text: str) -> str:
    return SPECIAL.sub(lambda found: "\\" + found[0], text)


def _first(line: str) -> str:
    found = FIRST.match(line)
    if not found:
        return line
    end = found.end() - 1
    return f"{line[:end]}\\{line[end:]}"


class Inlines:
    """Writes inline content of one section.

    ``known``: the uids that a reference may lead to. ``pictures``: the address of each picture by its
    SHA-256. ``notes``: the number of each note of the section. ``picture``: the word for one that is not
    there.
    """

    def __init__(
        self, known: Collection[str], pictures: Mapping[str, str], notes: Mapping[str, int], picture: str
    ) -> None:
        self.known = known
        self.pictures = pictures
        self.notes = notes
        self.picture = picture

    def paragraph(self, content: Sequence[Json]) -> str:
        """A paragraph with its line breaks."""
        lines = [_first(line.strip(" \t")) for line in self._write(content).split("\n")]
        while lines and not lines[-1]:
            lines.pop()
        # An empty line would end the paragraph: a space that does not break holds it.
        return "\\\n".join(line or "\u00a0" for line in lines)

    def line(self, content: Sequence[Json]) -> str:
        """Content for a heading, a caption or a cell: one line."""
        return _first(" ".join(self._write(content).split("\n")).strip(" \t"))

    def image(self, attrs: Json) -> str:
        """A picture with its description, or the description alone."""
        alt = escaped(attrs.get("alt") or "")
        url = self.pictures.get(attrs["sha256"])
        if url is None:
            return f"\\[{escaped(self.picture)}{': ' + alt if alt else ''}\\]"
        return f"![{alt}]({url})"

    def _write(self, content: Sequence[Json]) -> str:
        return self._grouped([(node, self._marks(node)) for node in content], OUTER)

    def _marks(self, node: Json) -> dict[str, str]:
        """The marks of a node that Markdown shows, each with where it leads."""
        if node["type"] != "text" or not node["text"].strip():
            return {}
        found = {}
        for mark in node.get("marks") or ():
            attrs = mark.get("attrs") or {}
            kind = mark["type"]
            if kind == "link":
                href = str(attrs["href"]).strip()
                if not href.startswith("#") and safe_href(href):
                    found[kind] = _address(href)
            elif kind == "xref":
                if attrs["uid"] in self.known:
                    found[kind] = f"#s-{attrs['uid']}"
            else:
                found[kind] = ""
        if "link" in found:
            found.pop("xref", None)
        return found

    def _grouped(self, nodes: Sequence[tuple[Json, dict[str, str]]], marks: Sequence[str]) -> str:
        """Neighbours with the same outer mark are in one pair of signs."""
        if not marks:
            return "".join(self._plain(node) for node, _marks in nodes)
        mark, inner = marks[0], marks[1:]
        made = ""
        for target, run in groupby(nodes, key=lambda pair: pair[1].get(mark)):
            text = self._grouped(list(run), inner)
            part = text if target is None else _surrounded(mark, target, text)
            # Two signs of different marks that touch would be read as another one.
            touch = (
                made
                and part
                and made[-1] == part[0]
                and part[0] in "*~^"
                and not made.endswith("\\" + part[0])
            )
            made += ("<!-- -->" if touch else "") + part
        return made

    def _plain(self, node: Json) -> str:
        kind = node["type"]
        if kind == "text":
            return _within(node["text"])
        if kind == "break":
            return "\n"
        if kind == "note":
            number = self.notes.get(node["attrs"]["id"])
            return f"[^{number}]" if number else ""
        return self.image(node["attrs"])


def _surrounded(mark: str, target: str, text: str) -> str:
    """The text in its signs, line by line; spaces at the edges are outside, where the signs need them."""
    return "\n".join(_signed(mark, target, line) for line in text.split("\n"))


def _signed(mark: str, target: str, text: str) -> str:
    words = text.strip()
    if not words:
        return text
    start = text.index(words)
    before, after = text[:start], text[start + len(words) :]
    if mark in ("link", "xref"):
        return f"{before}[{words}]({target}){after}"
    if mark in ("superscript", "subscript"):
        words = "\\ ".join(words.split(" "))
    left, right = AROUND[mark]
    return f"{before}{left}{words}{right}{after}"


def _address(href: str) -> str:
    """The address as a link's target, between angle brackets."""
    return "<" + "".join(_encoded(href)) + ">"


def _encoded(href: str) -> Iterator[str]:
    for letter in href:
        if HTTP_UNSAFE.match(letter):
            yield "".join(f"%{byte:02X}" for byte in letter.encode())
        else:
            yield letter


def write_section(
    body: Json, label: str, uid: str, depth: int, writer: Inlines, labels: Labels, remark: str = ""
) -> list[str]:
    """The paragraphs of a section: its heading, which ``#s-`` and the uid lead to, its blocks and notes."""
    blocks = _Writer(labels, writer)
    heading = writer.line(body.get("heading") or [])
    name = " ".join(part for part in (escaped(label), heading) if part)
    # A section without a heading is a place to be led to.
    parts = [f"{'#' * min(depth, 6)} {name} {{#s-{uid}}}" if name else f"[]{{#s-{uid}}}"]
    if remark:
        parts.append(f"*{escaped(remark)}*")
    parts += blocks.blocks(body.get("blocks") or [])
    for note, inner in (body.get("notes") or {}).items():
        text = "\n\n".join(blocks.blocks(inner))
        number = writer.notes[note]
        parts.append(f"[^{number}]: " + _indented(text, "    ") if text else f"[^{number}]: –")
    return parts


def _indented(text: str, by: str) -> str:
    """The text with every line but the first moved in."""
    return text.replace("\n", "\n" + by).replace(f"\n{by}\n", "\n\n")


class _Writer:
    """The blocks of one section."""

    def __init__(self, labels: Labels, inlines: Inlines) -> None:
        self.labels = labels
        self.inlines = inlines
        self.fences = 3

    def blocks(self, blocks: Sequence[Json], steps: int = 0) -> list[str]:
        """Each block's text, without the empty lines between them."""
        made: list[str] = []
        before = ""
        for block in blocks:
            kind = block["type"]
            if kind == before == "list":
                made.append(BETWEEN)
            if kind == "step":
                steps += 1
                made.append(self._item(f"{steps}.", self._step(block)))
            else:
                made += self._block(block)
            before = kind
        return [part for part in made if part]

    def _block(self, block: Json) -> list[str]:
        kind = block["type"]
        attrs = block.get("attrs") or {}
        content = block.get("content") or []
        if kind == "paragraph":
            text = self.inlines.paragraph(content)
            style = attrs.get("style")
            if style == "quote":
                return ["> " + text.replace("\n", "\n> ")]
            return self._fenced(style, [text]) if style and text else [text]
        if kind == "list":
            return [self._list(attrs, content)]
        if kind == "table":
            return [self._table(content)]
        if kind == "figure":
            return [self._figure(attrs, content)]
        if kind == "callout":
            return self._fenced("warning" if attrs.get("tone") == "warn" else "note", self.blocks(content))
        lines = (attrs.get("text") or self.labels.no_words).split("\n")
        return self._fenced("kept", [f"*{escaped(self.labels.opaque)}*", "\\\n".join(map(escaped, lines))])

    @staticmethod
    def _fenced(name: str, inner: Sequence[str]) -> list[str]:
        """A div. A longer fence than any within: else the first end would end them all for who counts
        colons."""
        longest = max(
            (len(found) for part in inner for found in re.findall(r"^:{3,}", part, re.MULTILINE)), default=2
        )
        fence = ":" * (longest + 1)
        return [f"{fence} {name}", *inner, fence]

    def _list(self, attrs: Json, items: Sequence[Json]) -> str:
        labels = [(item.get("attrs") or {}).get("label") or "" for item in items]
        markers = _markers(labels, bool(attrs.get("ordered")))
        made = []
        for marker, label, item in zip(markers, labels, items, strict=True):
            parts = self.blocks(item.get("content") or [])
            if marker == "-" and label:
                # The document's own number ("а)", "(iv)") is text of the document.
                plain = bool(item.get("content")) and item["content"][0]["type"] == "paragraph"
                parts = (
                    [f"{escaped(label)} {parts[0]}", *parts[1:]]
                    if parts and plain
                    else [escaped(label), *parts]
                )
            made.append(self._item(marker, parts))
        return "\n\n".join(made)

    @staticmethod
    def _item(marker: str, parts: Sequence[str]) -> str:
        width = max(4, len(marker) + 1)
        return marker.ljust(width) + _indented("\n\n".join(parts), " " * width)

    def _step(self, block: Json) -> list[str]:
        attrs = block.get("attrs") or {}
        facts = [
            f"{escaped(word)}: {escaped(attrs[key])}"
            for key, word in (("who", self.labels.who), ("limit", self.labels.limit))
            if attrs.get(key)
        ]
        title = [f"**{escaped(attrs['title'])}**"] if (attrs.get("title") or "").strip() else []
        return [*title, *(["\\\n".join(facts)] if facts else []), *self.blocks(block.get("content") or [])]

    def _figure(self, attrs: Json, content: Sequence[Json]) -> str:
        picture = self.inlines.image(attrs)
        caption = self.inlines.line(content)
        if not caption:
            return f"{picture}\\" if picture.startswith("!") else picture
        return "\n\n".join(
            [f"{picture}\\" if picture.startswith("!") else picture, *self._fenced("caption", [caption])]
        )

    def _table(self, rows: Sequence[Json]) -> str:
        if all(_simple(cell) for row in rows for cell in row["content"]) and rows:
            made = self._pipe_table(rows)
            if made:
                return made
        lines = ["<table>"]
        for row in rows:
            lines.append("<tr>")
            for cell in row["content"]:
                attrs = cell.get("attrs") or {}
                name = "th" if attrs.get("header") else "td"
                spans = "".join(
                    f' {key}="{int(attrs[key])}"' for key in ("colspan", "rowspan") if attrs.get(key)
                )
                inner = self.blocks(cell.get("content") or [])
                lines += (
                    [f"<{name}{spans}>", "", "\n\n".join(inner), "", f"</{name}>"]
                    if inner
                    else [f"<{name}{spans}></{name}>"]
                )
            lines.append("</tr>")
        return "\n".join([*lines, "</table>"])

    def _pipe_table(self, rows: Sequence[Json]) -> str:
        """The table in Markdown's own form. Empty where it has more than one row of heads, or rows of several
        widths."""
        width = len(rows[0]["content"])
        heads = [[bool((cell.get("attrs") or {}).get("header")) for cell in row["content"]] for row in rows]
        if not width or any(len(row) != width for row in heads) or any(any(row) for row in heads[1:]):
            return ""
        if any(heads[0]) and not all(heads[0]):
            return ""
        lines = [
            "| " + " | ".join(self.inlines.line(_words(cell)) for cell in row["content"]) + " |"
            for row in rows
        ]
        if not all(heads[0]):
            lines.insert(0, "|" + "   |" * width)
        lines.insert(1, "|" + "---|" * width)
        return "\n".join(lines)


def _markers(labels: Sequence[str], ordered: bool) -> list[str]:
    """What is before each item: the document's own numbers where Markdown counts as they do, else a dash."""
    if not any(labels):
        return [f"{number}." if ordered else "-" for number in range(1, len(labels) + 1)]
    found = [NATIVE.fullmatch(label) for label in labels]
    first = found[0]
    counted = first is not None and all(
        one is not None and one[2] == first[2] and one[1] == str(int(first[1]) + place)
        for place, one in enumerate(found)
    )
    return list(labels) if counted else ["-"] * len(labels)


def _words(cell: Json) -> Sequence[Json]:
    content = cell.get("content") or []
    inner: Sequence[Json] = content[0].get("content") or [] if content else []
    return inner


def _simple(cell: Json) -> bool:
    """Whether a cell fits into one line of Markdown: one plain paragraph without a line break, and no
    merging."""
    attrs = cell.get("attrs") or {}
    content = cell.get("content") or []
    if attrs.get("colspan") or attrs.get("rowspan") or len(content) > 1:
        return False
    if content and (content[0]["type"] != "paragraph" or (content[0].get("attrs") or {}).get("style")):
        return False
    return not any(node["type"] == "break" or "\n" in node.get("text", "") for node in _words(cell))
