"""Small Word files for tests, written part by part, so that each holds just what a test is about."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.read.read import read_package
from documents.word.read.result import ReadResult

Json = dict[str, Any]
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
ROLES = ("styles", "numbering", "footnotes", "endnotes", "comments")
HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/></w:style>'
    for n in range(1, 10)
)


def word_file(
    body: str = "",
    *,
    parts: Mapping[str, bytes | str] | None = None,
    types: Mapping[str, str] | None = None,
    relations: str = "",
    root_relations: str = "",
    **roles: str,
) -> bytes:
    """A .docx with that body. ``styles=``, ``numbering=``, ``footnotes=`` … take the content of those parts."""
    overrides = {"word/document.xml": WORD + "document.main+xml"} | dict(types or {})
    rels = relations
    content: dict[str, bytes | str] = {}
    for role, inner in roles.items():
        assert role in ROLES, role
        content[f"word/{role}.xml"] = f"<w:{role} {NAMES}>{inner}</w:{role}>"
        overrides[f"word/{role}.xml"] = f"{WORD}{role}+xml"
        rels += f'<Relationship Id="r{role}" Type="{OFFICE}{role}" Target="{role}.xml"/>'
    content["word/document.xml"] = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    content["word/_rels/document.xml.rels"] = relationships(rels)
    content["_rels/.rels"] = relationships(
        f'<Relationship Id="r1" Type="{OFFICE}officeDocument" Target="word/document.xml"/>{root_relations}'
    )
    content["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" '
        'ContentType="image/png"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
        + "</Types>"
    )
    return archive(content | dict(parts or {}))


def archive(content: Mapping[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in content.items():
            made.writestr(name, data)
    return target.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def relationships(inner: str) -> str:
    return (
        f"<Relationships "
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def p(text: str = "", ppr: str = "", rpr: str = "") -> str:
    """A paragraph with one run."""
    run = f'<w:r><w:rPr>{rpr}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{ppr}</w:pPr>{run}</w:p>"


def heading(text: str, level: int = 1) -> str:
    return p(text, f'<w:pStyle w:val="Heading{level}"/>')


def numbered(text: str, num: int = 1, ilvl: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num}"/></w:numPr>')


def level(ilvl: int, fmt: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str, extra: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{extra}{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, extra: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{extra}</w:num>'


def read(data: bytes, language: str = "en", limits: Limits = DEFAULT_LIMITS) -> ReadResult:
    return read_package(open_package(data, limits), language=language, limits=limits)


def blocks(result: ReadResult, section: int = 0) -> list[Json]:
    """The blocks of a section without the hashes of Word's XML."""
    return bare(result.tree.sections[section].text.body["blocks"])


def bare(value: Any) -> Any:
    """The same value without ``ooxml`` attributes."""
    if isinstance(value, dict):
        found = {key: bare(inner) for key, inner in value.items() if key != "ooxml"}
        if found.get("attrs") == {}:
            del found["attrs"]
        return found
    if isinstance(value, list):
        return [bare(inner) for inner in value]
    return value


def labels(result: ReadResult) -> list[str]:
    """The labels of all list items, in reading order."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("type") == "item":
                found.append((value.get("attrs") or {}).get("label", ""))
            walk(value.get("content"))
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for section in result.tree:
        walk(section.text.body["blocks"])
    return found


def outline(tree: SectionTree) -> list[tuple[int, str, str, str]]:
    return [(s.level, s.kind, s.text.label, s.text.heading) for s in tree]


def text(words: str, *marks: Json | str) -> Json:
    made = [{"type": mark} if isinstance(mark, str) else mark for mark in marks]
    return {"type": "text", "text": words} | ({"marks": made} if made else {})


def para(*content: Json | str, style: str = "") -> Json:
    nodes = [text(node) if isinstance(node, str) else node for node in content]
    return {"type": "paragraph", "content": nodes} | ({"attrs": {"style": style}} if style else {})


def item(label: str, *content: Json) -> Json:
    return {"type": "item", "attrs": {"label": label}, "content": list(content)}


def listing(ordered: bool, *items: Json) -> Json:
    return {"type": "list", "attrs": {"ordered": ordered}, "content": list(items)}


def table(*rows: list[Json]) -> Json:
    return {"type": "table", "content": [{"type": "row", "content": row} for row in rows]}


def cell(*content: Json | str, **attrs: Any) -> Json:
    nodes = [para(node) if isinstance(node, str) else node for node in content]
    return {"type": "cell", "attrs": attrs, "content": nodes}


def section(
    uid: str,
    level: int,
    kind: str,
    label: str,
    words: str | list[Json],
    *content: Json,
    notes: Json | None = None,
) -> Section:
    title = [text(words)] if isinstance(words, str) and words else words or []
    body = normalise_body({"heading": title, "blocks": list(content), "notes": notes or {}})
    return Section(uid, level, kind, SectionText(label, body))


def png(width: int = 40, height: int = 20) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\x30\x60\x90" * width for _ in range(height)))
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
