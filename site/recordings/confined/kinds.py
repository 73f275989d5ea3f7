"""The type of an upload by its first bytes. The name and the browser's word count for nothing.

FFmpeg gets the name of the one reader to use: left to guess, it would also open playlists, and fetch what
these name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A container. ``reader``, ``writer``: FFmpeg's names for it."""

    reader: str
    writer: str
    audio: str
    """The ending of a file with sound alone; empty where the public site does not serve it as it is."""
    video: str = ""


WAV = Kind("wav", "wav", "")
FLAC = Kind("flac", "flac", "")
MP3 = Kind("mp3", "mp3", "mp3")
OGG = Kind("ogg", "ogg", "ogg")
MP4 = Kind("mp4", "mp4", "m4a", "mp4")
WEBM = Kind("matroska", "webm", "", "webm")

CONTENT_TYPES = {
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "flac": "audio/flac",
}


def kind_of(data: bytes) -> Kind | None:
    """The container of a file; None where it is none that is known."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return WAV
    if data[4:8] == b"ftyp":
        return MP4
    starts = {b"fLaC": FLAC, b"OggS": OGG, b"\x1a\x45\xdf\xa3": WEBM}
    if found := starts.get(data[:4]):
        return found
    # A frame of MPEG audio begins with eleven bits that are set; layer 0 would be AAC.
    is_frame = len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0 and data[1] & 0x06 != 0
    return MP3 if data[:3] == b"ID3" or is_frame else None
