"""Inline content as runs: marks, links, references, notes, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from docx.image.image import Image

from documents.text.types import BlockAttrs, Inline, InlineAttrs, Mark
from documents.word.body.bookmarks import uid_name as anchor
from documents.word.file import ns
from documents.word.file.markup import Parts, Relations, e, text_element
from documents.word.file.ns import Element
from documents.word.read.result import Blob

EMU_PER_INCH = 914400
WIDEST, TALLEST = int(6.6 * EMU_PER_INCH), int(8.2 * EMU_PER_INCH)
EXTENSIONS = {
    "image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/bmp": "bmp", "image/tiff": "tiff",
    "image/x-emf": "emf", "image/x-wmf": "wmf",
}  # fmt: skip
PIECES = re.compile(r"([\t\n])")
LOOKS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("bold", "b", {}),
    ("italic", "i", {}),
    ("strike", "strike", {}),
    ("underline", "u", {"val": "single"}),
)
"""Marks by their kind, in the order that Word's schema asks for."""


@dataclass
class Sink:
    """Where one part (the text, the notes) puts what its content refers to."""

    parts: Parts
    relations: Relations
    blobs: dict[str, Blob]
    known: frozenset[str]
    """The uids of the sections in the file."""
    note: Callable[[str], int] | None = None
    """Writes the note with that id of the current section and gives its number in the file; None inside
    notes."""
    anchor: Callable[[str], str] = anchor
    """The bookmark of a section."""
    counter: list[int] = field(default_factory=lambda: [0])
    widest: int = WIDEST
    """The greatest width of a picture, in Word's units."""

    def next_id(self) -> int:
        self.counter[0] += 1
        return self.counter[0]


def run_properties(marks: Iterable[Mark], style: str = "") -> Element | None:
    """``w:rPr`` in the order that Word's schema asks for."""
    kinds = {mark["type"] for mark in marks}
    name = style or ("Hyperlink" if kinds & {"link", "xref"} else "")
    found = [e("rStyle", val=name)] if name else []
    found += [e(tag, **attributes) for kind, tag, attributes in LOOKS if kind in kinds]
    found += [e("vertAlign", val=kind) for kind in ("superscript", "subscript") if kind in kinds][:1]
    return e("rPr", *found) if found else None


def text_run(text: str, marks: Iterable[Mark] = (), style: str = "") -> Element:
    """A run; tabs and line breaks in the text become Word's."""
    run = e("r", run_properties(marks, style))
    for piece in PIECES.split(text):
        if piece == "\t":
            run.append(e("tab"))
        elif piece == "\n":
            run.append(e("br"))
        elif piece:
            run.append(text_element(piece))
    return run


def label_run(label: str) -> Element:
    """A typed label and the tab after it, in the style by which it is known again."""
    return e("r", e("rPr", e("rStyle", val="KodeksLabel")), text_element(label), e("tab"))


def write_inlines(sink: Sink, content: Iterable[Inline]) -> list[Element]:
    """The runs of inline content."""
    made: list[Element] = []
    for node in content:
        kind = node["type"]
        if kind == "text":
            made.append(_linked(sink, text_run(node["text"], node.get("marks", ())), node.get("marks", ())))
        elif kind == "break":
            made.append(e("r", e("br")))
        elif kind == "image":
            made.append(image_run(sink, node["attrs"]))
        elif kind == "note" and sink.note is not None:
            number = sink.note(node["attrs"]["id"])
            made.append(
                e("r", e("rPr", e("rStyle", val="FootnoteReference")), e("footnoteReference", id=number))
            )
    return made


def _linked(sink: Sink, run: Element, marks: Iterable[Mark]) -> Element:
    for mark in marks:
        if mark["type"] == "link":
            href = mark["attrs"]["href"]
            if href.startswith("#"):
                return run
            return e("hyperlink", run, r_id=sink.relations.add("hyperlink", href, external=True))
        if mark["type"] == "xref" and mark["attrs"]["uid"] in sink.known:
            return e("hyperlink", run, anchor=sink.anchor(mark["attrs"]["uid"]))
    return run


def image_run(sink: Sink, attrs: InlineAttrs | BlockAttrs) -> Element:
    """A picture in the line; its description in brackets where there is no picture that Word shows."""
    alt = attrs.get("alt", "")
    blob = sink.blobs.get(attrs["sha256"])
    extension = EXTENSIONS.get(blob.content_type) if blob else None
    if blob is None or extension is None:
        return text_run(f"[{alt}]" if alt else "[…]")
    name = f"media/{attrs['sha256']}.{extension}"
    sink.parts.add(f"word/{name}", blob.data)
    sink.parts.extensions[extension] = blob.content_type
    rel_id = sink.relations.add("image", name)
    width, height = _size(blob.data, sink.widest)
    number = sink.next_id()
    frame = e(
        "a:graphicData",
        e(
            "pic:pic",
            e("pic:nvPicPr", e("pic:cNvPr", id=number, name=f"Picture {number}"), e("pic:cNvPicPr")),
            e("pic:blipFill", e("a:blip", r_embed=rel_id), e("a:stretch", e("a:fillRect"))),
            e(
                "pic:spPr",
                e("a:xfrm", e("a:off", x=0, y=0), e("a:ext", cx=width, cy=height)),
                e("a:prstGeom", e("a:avLst"), prst="rect"),
            ),
        ),
        uri=ns.PIC,
    )
    properties = e("wp:docPr", id=number, name=f"Picture {number}", **({"descr": alt} if alt else {}))
    inline = e(
        "wp:inline",
        e("wp:extent", cx=width, cy=height),
        properties,
        e("wp:cNvGraphicFramePr"),
        e("a:graphic", frame),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return e("r", e("drawing", inline))


def _size(data: bytes, widest: int) -> tuple[int, int]:
    """Width and height on the page, in Word's units, never wider or taller than the page's text."""
    try:
        image = Image.from_blob(data)
        width = int(image.px_width / max(image.horz_dpi, 1) * EMU_PER_INCH)
        height = int(image.px_height / max(image.vert_dpi, 1) * EMU_PER_INCH)
    # Somebody else's bytes in somebody else's reader: it may raise anything, and the rest of the text must be
    # had.
    except Exception:
        width, height = 4 * EMU_PER_INCH, 3 * EMU_PER_INCH
    width, height = max(width, 12700), max(height, 12700)
    scale = min(1.0, widest / width, TALLEST / height)
    return max(int(width * scale), 1), max(int(height * scale), 1)
