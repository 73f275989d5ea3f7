"""What FFmpeg calls the type of an upload.

FFmpeg gets the name of the one reader to use: left to guess, it would also open playlists, and fetch what
these name.
"""

from __future__ import annotations

from dataclasses import dataclass

from files import kinds as files


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


OF = {
    files.Kind.WAV: WAV,
    files.Kind.FLAC: FLAC,
    files.Kind.MP3: MP3,
    files.Kind.OGG: OGG,
    files.Kind.MP4: MP4,
    files.Kind.WEBM: WEBM,
}


def kind_of(data: bytes) -> Kind | None:
    """The container of a file; None where it is none that is known."""
    return OF.get(files.kind_of_bytes(data[: files.HEAD]))
