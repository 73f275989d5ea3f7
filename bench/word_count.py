"""An independent count of what a Word file says, straight from its XML: it shares no line with the reader
that it judges.

Counted is what stands in the body, in the notes that the text refers to and in text boxes: letters, signs,
symbols, tabs and line breaks, of two alternate contents one. Not counted: what was deleted with tracking,
what Word hides, the instructions of fields, and empty space at the ends of paragraphs. What a table of
contents or an index shows is given apart, because it is made anew from the text.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

STRICT = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math",
)
PLAIN = (
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/math",
)
W = "{" + PLAIN[0].decode() + "}"
M = "{" + PLAIN[1].decode() + "}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACE = re.compile(r"\s+")
OFF = ("0", "false", "off", "none")
GONE = (W + "del", W + "moveFrom")


@dataclass
class Counted:
    """The paragraphs of a file by where they stand; ``outline`` are those with an outline level, as (level,
    words)."""

    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    outline: list[tuple[int, str]] = field(default_factory=list)


def count(data: bytes) -> Counted:
    """What the file says."""
    return _Counter(data).counted


class _Counter:
    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = {name.replace("\\", "/").lower().lstrip("/"): name for name in self.archive.namelist()}
        self.counted = Counted()
        self.fields: list[list[str]] = []
        main = self.related("", "officeDocument")
        assert main
        self.styles = self.part(self.related(main, "styles"))
        self.hidden_by_style = self._hidden()
        self.notes: dict[tuple[str, str], etree._Element] = {}
        for kind in ("footnote", "endnote"):
            root = self.part(self.related(main, kind + "s"))
            for note in root if root is not None else ():
                if note.get(W + "type", "normal") == "normal":
                    self.notes[(kind, note.get(W + "id", ""))] = note
        root = self.part(main)
        assert root is not None
        self.asked: list[tuple[str, str]] = []
        self.levels = self._levels()
        self.walk(root.find(W + "body"), self.counted.body, inside=False)
        done = set()
        self.fields = []
        for key in self.asked:
            if key in self.notes and key not in done:
                done.add(key)
                self.walk(self.notes[key], self.counted.notes, inside=True)

    def part(self, name: str | None) -> etree._Element | None:
        if name is None or name.lower() not in self.names:
            return None
        data = self.archive.read(self.names[name.lower()])
        for strict, plain in zip(STRICT, PLAIN, strict=True):
            data = data.replace(strict, plain)
        return etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))

    def related(self, part: str, kind: str) -> str | None:
        folder, name = posixpath.split(part)
        rels = self.part(posixpath.join(folder, "_rels", name + ".rels"))
        for node in rels if rels is not None else ():
            if str(node.get("Type", "")).endswith("/" + kind) and node.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/")
        return None

    # ── styles

    def _style(self, style_id: str | None) -> Iterator[etree._Element]:
        """A style and those it is based on, nearest first."""
        by_id = getattr(self, "_by_id", None)
        if by_id is None:
            by_id = self._by_id = {
                node.get(W + "styleId"): node
                for node in (self.styles if self.styles is not None else ())
                if node.tag == W + "style"
            }
        seen = set()
        while style_id in by_id and style_id not in seen:
            seen.add(style_id)
            yield by_id[style_id]
            based = by_id[style_id].find(W + "basedOn")
            style_id = None if based is None else based.get(W + "val")

    def _hidden(self) -> set[str]:
        found = set()
        for node in self.styles if self.styles is not None else ():
            if node.tag == W + "style":
                for style in self._style(node.get(W + "styleId")):
                    vanish = style.find(f"{W}rPr/{W}vanish")
                    if vanish is not None:
                        if vanish.get(W + "val", "1") not in OFF:
                            found.add(node.get(W + "styleId", ""))
                        break
        return found

    def _levels(self) -> dict[str, int]:
        found = {}
        for node in self.styles if self.styles is not None else ():
            if node.tag != W + "style" or node.get(W + "type") != "paragraph":
                continue
            for style in self._style(node.get(W + "styleId")):
                level = style.find(f"{W}pPr/{W}outlineLvl")
                name = style.find(W + "name")
                match = re.fullmatch(
                    r"heading ([1-9])", (name.get(W + "val", "") if name is not None else "").lower()
                )
                if level is not None or match:
                    value = int(level.get(W + "val", "9")) if level is not None else int(match[1]) - 1  # type: ignore[index]
                    if value < 9:
                        found[node.get(W + "styleId", "")] = value
                    break
        return found

    # ── text

    def walk(self, node: etree._Element | None, into: list[str], *, inside: bool) -> None:
        """All paragraphs in a node, in order."""
        for child in node if node is not None else ():
            if not isinstance(child.tag, str) or child.tag in GONE:
                continue
            if child.tag == W + "p":
                self.paragraph(child, into, inside=inside)
            elif child.tag == MC + "AlternateContent":
                self.walk(self.choice(child), into, inside=inside)
            elif (
                (child.tag == W + "tr" and child.find(f"{W}trPr/{W}del") is not None)
                or (child.tag == W + "tc" and child.find(f"{W}tcPr/{W}cellDel") is not None)
                or child.tag
                in (
                    W + "sdtPr",
                    W + "sdtEndPr",
                    W + "tblPr",
                    W + "tcPr",
                    W + "trPr",
                    W + "sectPr",
                )
            ):
                continue
            else:
                self.walk(child, into, inside=inside or child.tag == W + "tbl")

    def choice(self, node: etree._Element) -> etree._Element | None:
        branches = [c for c in node if c.tag in (MC + "Choice", MC + "Fallback")]
        telling = [b for b in branches if next(b.iter(W + "t", W + "tab", W + "sym"), None) is not None]
        return next(iter(telling or branches), None)

    def paragraph(self, node: etree._Element, into: list[str], *, inside: bool) -> None:
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        style = node.find(f"{W}pPr/{W}pStyle")
        style_id = None if style is None else style.get(W + "val")
        before = any(f[0] == "contents" for f in self.fields)
        self.runs(node, pieces, boxes, hidden=style_id in self.hidden_by_style)
        text = "".join(pieces)
        name = next((s.find(W + "name") for s in self._style(style_id)), None)
        toc = re.match(
            r"(toc|table of figures)( \d|\Z)", (name.get(W + "val", "") if name is not None else "").lower()
        )
        if toc or before or self._in_contents(node):
            self.counted.contents.append(text)
        else:
            into.append(text)
            own = node.find(f"{W}pPr/{W}outlineLvl")
            level = int(own.get(W + "val", "9")) if own is not None else self.levels.get(style_id or "", 9)
            if level < 9 and not inside and into is self.counted.body and text.strip():
                self.counted.outline.append((level + 1, " ".join(text.split())))
        for box in boxes:
            kept, self.fields = self.fields, []
            self.walk(box, into, inside=True)
            self.fields = kept

    def _in_contents(self, node: etree._Element) -> bool:
        for parent in node.iterancestors(W + "sdt"):
            gallery = parent.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if gallery is not None and gallery.get(W + "val") == "Table of Contents":
                return True
        return False

    @property
    def shown(self) -> bool:
        return all(f[0] != "code" for f in self.fields)

    def runs(
        self, node: etree._Element, out: list[str], boxes: list[etree._Element], *, hidden: bool
    ) -> None:
        for child in node:
            tag = str(child.tag)
            if tag in GONE:
                for char in child.iter(W + "fldChar"):
                    self.field(char)
            elif tag == W + "r":
                own = child.find(f"{W}rPr/{W}vanish")
                style = child.find(f"{W}rPr/{W}rStyle")
                unseen = hidden
                if style is not None and style.get(W + "val") in self.hidden_by_style:
                    unseen = True
                if own is not None:
                    unseen = own.get(W + "val", "1") not in OFF
                self.runs(child, out, boxes, hidden=unseen)
            elif tag == MC + "AlternateContent":
                chosen = self.choice(child)
                if chosen is not None:
                    self.runs(chosen, out, boxes, hidden=hidden)
            elif tag == W + "fldChar":
                self.field(child)
                if child.find(f"{W}ffData/{W}checkBox") is not None:
                    out.append("☼")
            elif tag == W + "ruby":
                for part in (W + "rubyBase", W + "rt"):
                    for inner in child.iterchildren(part):
                        self.runs(inner, out, boxes, hidden=hidden)
            elif tag == W + "instrText":
                if self.fields and self.fields[-1][0] == "code":
                    self.fields[-1][1] += child.text or ""
            elif tag == W + "fldSimple":
                self.fields.append([self.kind(child.get(W + "instr", "")), ""])
                self.runs(child, out, boxes, hidden=hidden)
                self.fields.pop()
            elif tag in (W + "drawing", W + "pict", W + "object"):
                if not hidden and self.shown:
                    self.boxes(child, boxes)
            elif tag in (
                W + "pPr",
                W + "rPr",
                W + "sdtPr",
                W + "sdtEndPr",
                W + "rubyPr",
                W + "smartTagPr",
                W + "customXmlPr",
            ):
                continue
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                if not hidden and self.shown:
                    self.asked.append((tag[len(W) : -len("Reference")], child.get(W + "id", "")))
            elif hidden or not self.shown:
                if len(child):
                    self.runs(child, out, boxes, hidden=hidden)
            elif tag in (W + "t", M + "t"):
                text = child.text or ""
                keeps = any(
                    up.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
                    for up in (child, *child.iterancestors())
                )
                out.append(text if keeps else text.strip(" \t\r\n"))
            elif tag in (W + "tab", W + "ptab"):
                out.append("\t")
            elif tag == W + "cr" or (
                tag == W + "br" and child.get(W + "type", "textWrapping") == "textWrapping"
            ):
                out.append("\n")
            elif tag == W + "noBreakHyphen":
                out.append("‑")
            elif tag == W + "softHyphen":
                out.append("\u00ad")
            elif tag == W + "sym":
                out.append("☼")
            else:
                self.runs(child, out, boxes, hidden=hidden)

    def boxes(self, node: etree._Element, found: list[etree._Element]) -> None:
        for child in node:
            if child.tag == W + "txbxContent":
                found.append(child)
            elif child.tag == MC + "AlternateContent":
                chosen = self.choice(child)
                if chosen is not None:
                    self.boxes(chosen, found)
            elif isinstance(child.tag, str):
                self.boxes(child, found)

    def field(self, char: etree._Element) -> None:
        kind = char.get(W + "fldCharType")
        if kind == "begin":
            self.fields.append(["code", ""])
        elif kind == "separate" and self.fields:
            self.fields[-1][0] = self.kind(self.fields[-1][1])
        elif kind == "end" and self.fields:
            self.fields.pop()

    @staticmethod
    def kind(instruction: str) -> str:
        words = instruction.split()
        return "contents" if words and words[0].upper() in ("TOC", "INDEX", "TOA") else "shown"
