"""One small part taken out of an archive in one go, as ``zipfile`` does it piece by piece in ten times as
many steps."""

from __future__ import annotations

import struct
import zipfile
import zlib

HEADER = struct.Struct("<4s5H3L2H")
UTF8 = 0x800
NOT_PLAIN = 0x1 | 0x20 | 0x40
"""Flags of what is encrypted or patched."""


def unpacked(data: bytes, info: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a part, never more of them than the archive says, which has to be more than none; None
    for one that is damaged: cut off, under another name than the archive lists it, or with another check
    sum."""
    start = info.header_offset
    try:
        sign, _, _, _, _, _, _, _, _, name_length, extra_length = HEADER.unpack_from(data, start)
        if sign != b"PK\x03\x04" or info.flag_bits & NOT_PLAIN:
            return None
        start += HEADER.size
        name = data[start : start + name_length].decode("utf-8" if info.flag_bits & UTF8 else "cp437")
        start += name_length + extra_length
        packed = data[start : start + info.compress_size]
        if name != info.orig_filename or len(packed) < info.compress_size:
            return None
        if info.compress_type == zipfile.ZIP_STORED:
            part = packed[: info.file_size]
        else:
            part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, info.file_size)
    except (struct.error, UnicodeDecodeError, zlib.error):
        return None
    return part if zlib.crc32(part) == info.CRC else None
