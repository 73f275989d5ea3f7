"""Pictures: taken from inside the file only, and only where their bytes really are a picture."""

from __future__ import annotations

import hashlib
import re

from documents.text.types import Inline, InlineAttrs
from documents.word.file import ns
from documents.word.file.ns import Element
from documents.word.pictures import Edges, clean_picture
from documents.word.pictures.edges import edges_of_blip, edges_of_vml
from documents.word.pictures.hidden import is_unseen
from documents.word.read.context import Context
from documents.word.read.report import FindingCode
from documents.word.read.result import IMAGE, Blob

BLIP = f"{{{ns.A}}}blip"
EMBED = f"{{{ns.R}}}embed"
LINK = f"{{{ns.R}}}link"
REL_ID = f"{{{ns.R}}}id"
DOC_PR = f"{{{ns.WP}}}docPr"
IMAGE_DATA = f"{{{ns.V}}}imagedata"
OWN_PATH = re.compile(
    r"(?:file:[\\/]{2,}|[A-Za-z]:[\\/]|\\\\|/(?:home|Users|Volumes|mnt|media)/)", re.IGNORECASE
)
PATH = re.compile(r"[\\/]")
METAFILES = frozenset({"image/x-emf", "image/x-wmf"})
"""Drawings of Windows: programs as well as pictures."""


def sniff(data: bytes) -> str:
    """The content type that the bytes themselves show; empty where they are no picture."""
    signs = (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"BM", "image/bmp"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
        (b"\xd7\xcd\xc6\x9a", "image/x-wmf"),
        (b"\x01\x00\x09\x00", "image/x-wmf"),
    )
    for sign, kind in signs:
        if data.startswith(sign):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:4] == b"\x01\x00\x00\x00" and data[40:44] == b" EMF":
        return "image/x-emf"
    return ""


def drawing_images(ctx: Context, drawing: Element) -> list[Inline]:
    """The inline image nodes of a ``w:drawing``; those in its text boxes are read with these."""
    properties = drawing.find(f".//{DOC_PR}")
    alt = ""
    if properties is not None:
        alt = properties.get("descr") or properties.get("title") or ""
    found = []
    for blip in drawing.iter(BLIP):
        if not _within(drawing, blip) or is_unseen(blip):
            continue
        node = _image(ctx, blip.get(EMBED), blip.get(LINK), alt, edges_of_blip(blip))
        if node is not None:
            found.append(node)
    return found


def _within(drawing: Element, blip: Element) -> bool:
    """Whether no text box is between the drawing and the picture."""
    for ancestor in blip.iterancestors():
        if ancestor is drawing:
            return True
        if ancestor.tag == ns.w("txbxContent"):
            return False
    return False


def vml_images(ctx: Context, pict: Element) -> list[Inline]:
    """The inline image nodes of an old ``w:pict`` or of the picture of a ``w:object``."""
    found = []
    for data in pict.iter(IMAGE_DATA):
        if not _within(pict, data) or is_unseen(data):
            continue
        shape = data.getparent()
        alt = (shape.get("alt") or "") if shape is not None else ""
        rel_id = data.get(REL_ID) or data.get(f"{{{ns.O}}}relid")
        node = _image(ctx, rel_id, data.get(f"{{{ns.R}}}href"), alt, edges_of_vml(data))
        if node is not None:
            found.append(node)
    return found


def described(alt: str) -> str:
    """A description as one line. Of a path, which Word writes there by itself, the file's name: the rest says
    whose machine it lay on."""
    line = " ".join(alt.split())[:2000]
    return PATH.split(line)[-1] if OWN_PATH.match(line) else line


def _image(ctx: Context, embed: str | None, link: str | None, alt: str, edges: Edges) -> Inline | None:
    rel = ctx.rel(embed) or (ctx.rel(link) if link else None)
    if rel is None:
        if embed or link:
            ctx.found(FindingCode.BROKEN_IMAGE)
        return None
    if rel.external:
        ctx.found(FindingCode.EXTERNAL_IMAGE, rel.target)
        return None
    data = ctx.package.read(rel.target) if ctx.package.has(rel.target) else b""
    content_type = sniff(data)
    if not content_type:
        ctx.found(FindingCode.BROKEN_IMAGE, rel.target)
        return None
    alt = described(alt)
    if content_type in METAFILES:
        ctx.found(FindingCode.IMAGE_NOT_CUT if edges.hide else FindingCode.IMAGE_FORMAT, alt)
        return None
    try:
        data, content_type = clean_picture(data, edges)
    except ValueError:
        ctx.found(
            FindingCode.IMAGE_NOT_CUT if edges.hide else FindingCode.BROKEN_IMAGE,
            alt if edges.hide else rel.target,
        )
        return None
    ctx.found(FindingCode.IMAGES)
    sha256 = hashlib.sha256(data).hexdigest()
    ctx.blobs.setdefault(sha256, Blob(data, content_type, IMAGE))
    attrs: InlineAttrs = {"sha256": sha256, "alt": alt} if alt else {"sha256": sha256}
    return {"type": "image", "attrs": attrs}
