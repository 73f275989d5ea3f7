"""An edition as Markdown, as pandoc reads it (``--from markdown-smart``): for who works on with the text.

Words of the text are escaped, so that nothing in a document is read as markup. A table that Markdown's own
can't hold (merged cells, several paragraphs in a cell) stands as HTML with Markdown in its cells. Pictures
stay where they are: the file has their addresses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from documents.exports.edition import EditionFile
from documents.exports.markdown_inlines import Inlines, escaped
from documents.exports.pdf import depths
from documents.pages import links
from documents.pages.edition.context import Labels
from documents.pages.edition.labels import labels
from theme import locales

Json = Mapping[str, Any]

BETWEEN = "<!-- -->"
"""Between two lists that would else be one."""
NATIVE = re.compile(r"(\d{1,9})([.)])")
UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029]")


def make_markdown(file: EditionFile) -> bytes:
    """The bytes of the .md."""
    said = labels()
    known = {section.uid for section in file.tree}
    pictures = {sha256: file.base_url + links.file_url(sha256, "picture") for sha256 in file.pictures}
    parts = [_front(file), *_about(file)]
    notes = 0
    for section, depth in zip(file.tree, depths(file), strict=True):
        body = section.text.body
        own = body.get("notes") or {}
        numbers = {note: notes + place for place, note in enumerate(own, start=1)}
        notes += len(own)
        writer = _Writer(said, Inlines(known, pictures, numbers, said.picture))
        heading = writer.inlines.line(body.get("heading") or [])
        name = " ".join(part for part in (escaped(section.text.label), heading) if part)
        # A section without a heading is a place to be led to.
        parts.append(
            f"{'#' * min(depth, 6)} {name} {{#s-{section.uid}}}" if name else f"[]{{#s-{section.uid}}}"
        )
        if section.uid in file.untranslated:
            parts.append(f"*{escaped(file.remark)}*")
        parts += writer.blocks(body.get("blocks") or [])
        for note, blocks in own.items():
            text = "\n\n".join(writer.blocks(blocks))
            parts.append(
                f"[^{numbers[note]}]: " + _indented(text, "    ") if text else f"[^{numbers[note]}]: –"
            )
    return ("\n\n".join(parts) + "\n").encode()


def _front(file: EditionFile) -> str:
    """What is known of the text, as YAML. Pandoc reads its values as Markdown, so they are escaped like the
    text."""
    values = {
        "title": escaped(file.title),
        "lang": locales.html_lang(file.tag),
        "dir": locales.direction(file.tag),
        "author": escaped(file.owner),
        "country": escaped(file.country),
        "kind": escaped(file.kind),
        "edition": escaped(file.edition_line),
        "state": escaped(f"{file.strong} {file.rest}".strip()),
        "notice": escaped(file.notice),
        "classification": escaped(str(file.classification.name)),
        "date": file.made,
        "sha256": file.sha256,
        "check": " ".join(file.check),
        "address": file.address,
    }
    lines = [f"{key}: {_quoted(value)}" for key, value in values.items() if value]
    return "\n".join(["---", *lines, "---"])


def _quoted(value: str) -> str:
    """A string of YAML: what JSON writes, but for characters that YAML does not take as they are."""
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _about(file: EditionFile) -> list[str]:
    """What stands on a PDF's cover, for a reader who sees no front matter."""
    look = file.classification
    lines = [
        f"**{escaped(file.notice)}**" if file.notice else "",
        f"**{escaped(file.strong)}** {escaped(file.rest)}".strip(),
        escaped(f"{file.country} · {file.kind} · {file.owner}"),
        escaped(f"{look.name}: {look.permits}"),
        escaped(file.demo),
        escaped(file.language_note),
        *(escaped(act) for act in file.acts),
        escaped(file.footnote),
        f"{escaped(file.check_name)}: {' '.join(file.check)}" if file.check else "",
        f"SHA-256: {file.sha256}" if file.sha256 else "",
        f"<{file.address}>",
    ]
    return ["::: about", *(line for line in lines if line), ":::"]


def _indented(text: str, by: str) -> str:
    """The text with every line but the first moved in."""
    return text.replace("\n", "\n" + by).replace(f"\n{by}\n", "\n\n")


class _Writer:
    """The blocks of one section."""

    def __init__(self, said: Labels, inlines: Inlines) -> None:
        self.said = said
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
        lines = (attrs.get("text") or self.said.no_words).split("\n")
        return self._fenced("kept", [f"*{escaped(self.said.kept)}*", "\\\n".join(map(escaped, lines))])

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
            for key, word in (("who", self.said.who), ("limit", self.said.limit))
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
        """The table in Markdown's own form; empty where it has more than one row of heads, or rows of several
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
    """What stands before each item: the document's own numbers where Markdown counts as they do, else a
    dash."""
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
