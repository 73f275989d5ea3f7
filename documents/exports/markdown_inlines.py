"""Words and marks as Markdown: nothing in a text is read as markup."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from documents.text.inline_schema import safe_href

Json = Mapping[str, Any]

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
"""Marks in the order in which they stand around each other."""


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
        """A paragraph, its line breaks kept."""
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
        """Neighbours with the same outer mark stand in one pair of signs."""
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
    """The text in its signs, line by line; spaces at the edges stand outside, where the signs need them."""
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
