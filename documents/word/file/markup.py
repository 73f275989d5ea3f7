"""Builds WordprocessingML: elements, and a file of parts whose bytes are the same for the same content."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from documents.word.file import ns
from documents.word.file.ns import Element

NSMAP = {"w": ns.W, "r": ns.R, "wp": ns.WP, "a": ns.A, "pic": ns.PIC, "v": ns.V, "o": ns.O}
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def e(name: str, /, *children: Element | str | None, **attributes: str | int) -> Element:
    """An element of Word's main namespace, or of ``prefix:name``. Attributes are Word's own unless written
    ``r_id`` for ``r:id``; a string child is text; None is nothing."""
    prefix, _, local = name.rpartition(":")
    made = etree.Element(f"{{{NSMAP[prefix or 'w']}}}{local}", nsmap=NSMAP)
    for key, value in attributes.items():
        if key.startswith("r_"):
            made.set(f"{{{ns.R}}}{key[2:]}", str(value))
        elif prefix in ("", "w"):
            made.set(ns.w(key), str(value))
        else:
            made.set(key, str(value))
    for child in children:
        if isinstance(child, str):
            made.text = (made.text or "") + child
        elif child is not None:
            made.append(child)
    return made


def ensured(holder: Element, name: str) -> Element:
    """The child of that name, such as a paragraph's properties; made as the first one where there is none."""
    found = ns.child(holder, name)
    if found is None:
        found = e(name)
        holder.insert(0, found)
    return found


def text_element(text: str) -> Element:
    """A ``w:t`` that keeps its blanks."""
    made = e("t", text)
    made.set(f"{{{ns.XML}}}space", "preserve")
    return made


def field_runs(instruction: str, *shown: Element, rpr: Element | None = None) -> list[Element]:
    """A complex field: the runs from its beginning to its end around what it shows."""

    def run(*children: Element) -> Element:
        return e("r", None if rpr is None else _copy(rpr), *children)

    code = e("instrText", f" {instruction} ")
    code.set(f"{{{ns.XML}}}space", "preserve")
    return [
        run(e("fldChar", fldCharType="begin")),
        run(code),
        run(e("fldChar", fldCharType="separate")),
        *shown,
        run(e("fldChar", fldCharType="end")),
    ]


def _copy(element: Element) -> Element:
    return etree.fromstring(etree.tostring(element))


def xml_bytes(root: Element) -> bytes:
    """The bytes of a part."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass
class Relations:
    """The relationships of one part that is being written."""

    found: list[tuple[str, str, bool]] = field(default_factory=list)

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id for a target, the same for the same target."""
        entry = (RELATION + kind if "/" not in kind else kind, target, external)
        if entry not in self.found:
            self.found.append(entry)
        return f"rId{self.found.index(entry) + 1}"

    def xml(self) -> bytes:
        root = etree.Element(f"{{{ns.PACKAGE_RELS}}}Relationships", nsmap={None: ns.PACKAGE_RELS})  # type: ignore[dict-item]
        for index, (kind, target, external) in enumerate(self.found, 1):
            node = etree.SubElement(root, f"{{{ns.PACKAGE_RELS}}}Relationship")
            node.set("Id", f"rId{index}")
            node.set("Type", kind)
            node.set("Target", target)
            if external:
                node.set("TargetMode", "External")
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass
class Parts:
    """The parts of a file that is being written."""

    content: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    extensions: dict[str, str] = field(
        default_factory=lambda: {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
        }
    )

    def add(self, name: str, data: bytes, content_type: str = "") -> None:
        self.content[name] = data
        if content_type:
            self.types[name] = content_type

    def to_bytes(self) -> bytes:
        """The archive: parts in order of name after the list of types, without dates."""
        root = etree.Element(f"{{{ns.CONTENT_TYPES}}}Types", nsmap={None: ns.CONTENT_TYPES})  # type: ignore[dict-item]
        for extension, kind in sorted(self.extensions.items()):
            node = etree.SubElement(root, f"{{{ns.CONTENT_TYPES}}}Default")
            node.set("Extension", extension)
            node.set("ContentType", kind)
        for name, kind in sorted(self.types.items()):
            node = etree.SubElement(root, f"{{{ns.CONTENT_TYPES}}}Override")
            node.set("PartName", "/" + name)
            node.set("ContentType", kind)
        listed = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            first = [("[Content_Types].xml", listed)]
            for name, data in first + sorted(self.content.items()):
                info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0
                info.external_attr = 0
                archive.writestr(info, data)
        return target.getvalue()
