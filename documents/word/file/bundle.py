"""A zip of Word files: what is in it, one by one, within limits. Nothing is written where its names say."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO

from documents.word.file.guard import CHUNK, MB
from documents.word.file.refusal import MESSAGES, RefusalCode, gettext_noop


class Why(StrEnum):
    BROKEN = "broken"
    TOO_MANY = "too_many"
    BAD_NAME = "bad_name"
    NESTED = "nested"
    NOT_DOCX = "not_docx"
    OLD_DOC = "old_doc"
    OTHER_WORD = "other_word"
    MACROS = "macros"
    TOO_BIG = "too_big"
    BOMB = "bomb"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    EMPTY = "empty"


WORDS: dict[Why, str] = {
    Why.BROKEN: gettext_noop("This is not a zip file, or it is damaged."),
    Why.TOO_MANY: gettext_noop("It contains too many files. The limit is %(limit)s at once."),
    Why.BAD_NAME: gettext_noop("The file name points outside the zip file."),
    Why.NESTED: gettext_noop("A zip file inside a zip file is not opened. Send it separately."),
    Why.NOT_DOCX: gettext_noop("This is not a Word file (.docx)."),
    Why.OLD_DOC: MESSAGES[RefusalCode.OLD_DOC],
    Why.OTHER_WORD: MESSAGES[RefusalCode.NOT_DOCX],
    Why.MACROS: MESSAGES[RefusalCode.MACROS],
    Why.TOO_BIG: gettext_noop("The file is too large. The limit is %(limit)s MB."),
    Why.BOMB: gettext_noop(
        "Unpacked, the zip file is much larger than its size suggests (more than %(limit)s MB)."
    ),
    Why.ENCRYPTED: gettext_noop("This file is protected by a password."),
    Why.DAMAGED: gettext_noop("This file is damaged in the zip file."),
    Why.EMPTY: gettext_noop("It contains no Word file."),
}
"""English texts, which are the message ids."""
BY_ENDING = {
    (".zip", ".rar", ".7z", ".gz", ".tar"): Why.NESTED,
    (".doc", ".dot"): Why.OLD_DOC,
    (".docm", ".dotm"): Why.MACROS,
    (".rtf", ".odt", ".dotx"): Why.OTHER_WORD,
}
DRIVE = re.compile(r"[A-Za-z]:")
"""A colon elsewhere is one that other systems than Windows allow in names."""


class BundleRefused(Exception):
    """A zip that is not opened at all."""

    def __init__(self, why: Why, limit: int = 0) -> None:
        super().__init__(WORDS[why] % {"limit": limit})
        self.why = why
        self.limit = limit


@dataclass(frozen=True, slots=True)
class BundleLimits:
    """How much a zip may ask for. ``listed`` counts everything in it, ``files`` what would be read."""

    files: int = 200
    listed: int = 5000
    file_bytes: int = 50 * MB
    unpacked_bytes: int = 1000 * MB
    ratio: int = 200
    """How many times its packed size a file may unpack to, once it is above 8 MB."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the zip by the path in it: its bytes, or why it is not taken."""

    name: str
    data: bytes = field(default=b"", repr=False)
    why: Why | None = None
    limit: int = 0


def read_bundle(source: IO[bytes], limits: BundleLimits) -> Iterator[Member]:
    """Every file in a zip, in its order. Raises BundleRefused for one that can't be opened, or holds too
    many files."""
    try:
        archive = zipfile.ZipFile(source)
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        raise BundleRefused(Why.BROKEN) from None
    if len(infos) > limits.listed:
        raise BundleRefused(Why.TOO_MANY, limits.files)
    wanted = [
        (name, info) for info in infos if (name := _name(info)) and not info.is_dir() and not _skipped(name)
    ]
    if sum(1 for name, _ in wanted if name.lower().endswith(".docx")) > limits.files:
        raise BundleRefused(Why.TOO_MANY, limits.files)
    if not wanted:
        raise BundleRefused(Why.EMPTY)
    total = 0
    for name, info in wanted:
        member = _member(archive, name, info, limits, total)
        total += len(member.data)
        yield member


def _name(info: zipfile.ZipInfo) -> str:
    """The path in the zip. Names without the mark of UTF-8 are often in UTF-8 all the same."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return "".join(letter if letter.isprintable() else "�" for letter in name.replace("\\", "/"))[:400]


def _skipped(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return (
        name.startswith("__MACOSX/") or last.startswith((".", "~$")) or last in ("Thumbs.db", "desktop.ini")
    )


def _member(
    archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo, limits: BundleLimits, total: int
) -> Member:
    if name.startswith("/") or DRIVE.match(name) or ".." in name.split("/"):
        return Member(name, why=Why.BAD_NAME)
    low = name.lower()
    why = next((why for endings, why in BY_ENDING.items() if low.endswith(endings)), Why.NOT_DOCX)
    if not low.endswith(".docx"):
        return Member(name, why=why)
    if info.flag_bits & 0x1:
        return Member(name, why=Why.ENCRYPTED)
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as stream:
            while piece := stream.read(CHUNK):
                size += len(piece)
                if size > limits.file_bytes:
                    return Member(name, why=Why.TOO_BIG, limit=limits.file_bytes // MB)
                if size > 8 * MB and size > limits.ratio * max(info.compress_size, 1):
                    return Member(name, why=Why.BOMB, limit=size // MB)
                if total + size > limits.unpacked_bytes:
                    return Member(name, why=Why.BOMB, limit=limits.unpacked_bytes // MB)
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return Member(name, why=Why.DAMAGED)
    return Member(name, b"".join(pieces))
