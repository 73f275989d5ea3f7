"""The door: what is let in as a Word document, and what is refused in words.

Sizes are counted on the bytes that really come out of the archive, never taken from what it declares.
Nothing is executed, expanded or fetched.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

from documents.word.file import ns
from documents.word.file.package import Names, Package, Relationship, read_rels
from documents.word.file.refusal import RefusalCode, Refused

MB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN_TYPES = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
CHUNK = 256 * 1024
SMALL = 8 * MB
"""Up to here a part is unpacked in one go, whatever its ratio."""
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask for."""

    file_bytes: int = 64 * MB
    unpacked_bytes: int = 400 * MB
    xml_part_bytes: int = 60 * MB
    xml_bytes: int = 120 * MB
    ratio: int = 400
    """How many times its packed size a part may unpack to, once it is above 8 MB."""
    parts: int = 5000
    blocks: int = 400_000
    """Paragraphs and table cells in all."""
    depth: int = 20
    """Tables, lists and text boxes in one another."""
    seconds: int = 30
    memory_bytes: int = 1024 * MB
    """Address space of the process that reads (an interpreter with its libraries takes about 150 MB of
    it)."""

    def as_dict(self) -> dict[str, int]:
        return {key: int(value) for key, value in asdict(self).items()}


DEFAULT_LIMITS = Limits()


def open_package(source: bytes | str | Path, limits: Limits = DEFAULT_LIMITS) -> Package:
    """Opens a Word document given as bytes or by its path.

    Raises :class:`Refused` for everything that is not an unprotected .docx without macros within the limits.
    """
    data = _bytes(source, limits)
    _refuse_other_formats(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        raise Refused(RefusalCode.BROKEN) from None
    members = _members(archive, limits)
    xml = _count(archive, members, limits)
    names = Names(members)
    if "[Content_Types].xml" not in members:
        raise Refused(RefusalCode.NOT_DOCX, format="zip")
    types = _types(xml["[Content_Types].xml"], names)
    _refuse_macros(members, types)
    related = names.of("_rels/.rels")
    if related not in xml:
        raise Refused(RefusalCode.BROKEN, part="_rels/.rels")
    rels = read_rels(xml[related], "", related, names)
    main = _main(xml, members, types, rels)
    return Package(archive, members, names, main, hashlib.sha256(data).hexdigest(), types, xml, {"": rels})


def open_named(path: Path, name: str, limits: Limits) -> Package:
    """One of two files; where it is refused, ``name`` (old or new) is the detail ``file``."""
    try:
        return open_package(path, limits)
    except Refused as refused:
        raise Refused(refused.code, refused.message_en, **(refused.details | {"file": name})) from None


def _bytes(source: bytes | str | Path, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        with Path(source).open("rb") as handle:
            data = handle.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise Refused(RefusalCode.TOO_BIG, limit=limits.file_bytes // MB)
    return data


def _refuse_other_formats(data: bytes) -> None:
    if not data:
        raise Refused(RefusalCode.EMPTY)
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused(RefusalCode.ENCRYPTED)
        if "WordDocument".encode("utf-16-le") in data:
            raise Refused(RefusalCode.OLD_DOC)
        raise Refused(RefusalCode.NOT_DOCX, format="ole")
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for sign, name in ((b"%pdf", "pdf"), (b"{\\rtf", "rtf"), (b"<!doctype html", "html"), (b"<html", "html")):
        if start.startswith(sign):
            raise Refused(RefusalCode.NOT_DOCX, format=name)
    if zipfile.is_zipfile(io.BytesIO(data)):
        return
    raise Refused(RefusalCode.NOT_DOCX, format="unknown")


def _members(archive: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The parts by name; folders are left out."""
    infos = archive.infolist()
    if len(infos) > limits.parts:
        raise Refused(RefusalCode.TOO_MANY_PARTS, found=len(infos), limit=limits.parts)
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        if info.flag_bits & 0x1:
            raise Refused(RefusalCode.ENCRYPTED)
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise Refused(RefusalCode.BAD_NAMES, part=name[:200])
        if name.endswith("/"):
            continue
        if name in members:
            raise Refused(RefusalCode.BROKEN, part=name[:200])
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(RefusalCode.BROKEN, part=name[:200])
        members[name] = info
    return members


def _count(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], limits: Limits) -> dict[str, bytes]:
    """Unpack every part once, count its bytes, and return the XML parts."""
    # What says itself that it is too much needn't be unpacked to be believed.
    if sum(info.file_size for info in members.values()) > limits.unpacked_bytes:
        raise Refused(RefusalCode.BOMB, limit=limits.unpacked_bytes // MB)
    counted = _Counted(limits)
    xml: dict[str, bytes] = {}
    for name, info in members.items():
        is_xml = name.lower().endswith((".xml", ".rels"))
        part = _unpack(archive, info, name, counted, is_xml)
        if is_xml:
            xml[name] = part
    return xml


class _Counted:
    """How much was unpacked so far."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.total = self.xml = 0

    def add(self, name: str, more: int, size: int, is_xml: bool) -> None:
        """``more`` bytes of a part that has ``size`` by now. Raises Refused for too many."""
        self.total += more
        if self.total > self.limits.unpacked_bytes:
            raise Refused(RefusalCode.BOMB, limit=self.limits.unpacked_bytes // MB)
        if is_xml:
            self.xml += more
            if size > self.limits.xml_part_bytes or self.xml > self.limits.xml_bytes:
                raise Refused(RefusalCode.BOMB, limit=self.limits.xml_part_bytes // MB, part=name)


def _unpack(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, counted: _Counted, is_xml: bool
) -> bytes:
    """A part, piece by piece; nothing of one that is not XML."""
    size = 0
    pieces: list[bytes] = []
    try:
        with archive.open(info) as handle:
            while piece := handle.read(CHUNK):
                size += len(piece)
                counted.add(name, len(piece), size, is_xml)
                if size > SMALL and size > counted.limits.ratio * max(info.compress_size, 1):
                    raise Refused(RefusalCode.BOMB, limit=size // MB, part=name)
                if is_xml:
                    pieces.append(piece)
    except UNREADABLE:
        raise Refused(RefusalCode.BROKEN, part=name) from None
    return b"".join(pieces)


def _types(data: bytes, names: Names) -> dict[str, str]:
    types: dict[str, str] = {}
    for node in ns.parse(data, "[Content_Types].xml"):
        kind = node.get("ContentType") or ""
        if node.tag == f"{{{ns.CONTENT_TYPES}}}Default":
            types["." + (node.get("Extension") or "").lower()] = kind
        elif node.tag == f"{{{ns.CONTENT_TYPES}}}Override":
            types[names.of((node.get("PartName") or "").replace("\\", "/").lstrip("/"))] = kind
    return types


def _refuse_macros(members: dict[str, zipfile.ZipInfo], types: dict[str, str]) -> None:
    for name in members:
        base = name.rsplit("/", 1)[-1].lower()
        if base.startswith(("vbaproject", "vbadata")):
            raise Refused(RefusalCode.MACROS, part=name)
    for name, kind in types.items():
        low = kind.lower()
        if "macroenabled" in low or (("vbaproject" in low or "vbadata" in low) and name in members):
            raise Refused(RefusalCode.MACROS, part=name)


def _main(
    xml: dict[str, bytes],
    members: dict[str, zipfile.ZipInfo],
    types: dict[str, str],
    rels: dict[str, Relationship],
) -> str:
    """The name of the one part that holds the text."""
    texts = [rel for rel in rels.values() if rel.kind == "officeDocument"]
    if any(rel.external for rel in texts):
        raise Refused(RefusalCode.EXTERNAL)
    named = {rel.target for rel in texts}
    typed = [name for name, kind in types.items() if name in members and _is_main(kind)]
    if len(named) > 1 or len(typed) > 1:
        raise Refused(RefusalCode.TWO_DOCUMENTS)
    main = next(iter(named), "_rels/.rels")
    if not named or main not in members:
        raise Refused(RefusalCode.BROKEN, part=main)
    _require_word(types.get(main) or types.get("." + main.rsplit(".", 1)[-1].lower()) or "", xml, main)
    return main


def _require_word(kind: str, xml: dict[str, bytes], main: str) -> None:
    if not _is_main(kind) and (main not in xml or ns.parse(xml[main], main).tag != ns.w("document")):
        raise Refused(RefusalCode.NOT_DOCX, format=kind.rsplit(".", 1)[-1][:60])


def _is_main(kind: str) -> bool:
    return kind.split(";")[0].strip().endswith(MAIN_TYPES)
