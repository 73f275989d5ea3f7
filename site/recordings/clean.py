"""Takes uploaded audio and video apart and puts the streams into a clean file of the same kind, in a confined
process.

Nothing is encoded anew. What goes on are the first sound and the first moving picture; titles, places,
devices, covers and chapters stay behind. FFmpeg gets the name of the one reader to use: left to guess, it
would also open playlists, and fetch what these name.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from documents.word.file import confined
from documents.word.file.guard import DEFAULT_LIMITS, MB
from documents.word.file.refusal import RefusalCode, Refused
from files import kinds

LIMITS = replace(DEFAULT_LIMITS, seconds=20, memory_bytes=1024 * MB)


class Problem(StrEnum):
    """Why a file was not taken."""

    TYPE = "type"
    BROKEN = "broken"
    NO_SOUND = "no_sound"
    NO_PICTURE = "no_picture"
    CODEC = "codec"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_DENSE = "too_dense"
    TOO_MUCH = "too_much"


class NotTaken(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Container:
    """``format``: FFmpeg's name for it. ``codecs``: what browsers play in it."""

    format: str
    audio: str
    """The ending of a file with sound alone; empty where the public site does not serve it."""
    video: str
    codecs: frozenset[str]


_MP3 = frozenset({"mp3", "mp3float"})
_OPEN = frozenset({"vorbis", "opus", "libopus"})
_FILM = frozenset({"vp8", "vp9", "av1", "libvpx", "libvpx-vp9", "libdav1d"})
CONTAINERS = {
    kinds.Kind.MP3: Container("mp3", "mp3", "", _MP3),
    kinds.Kind.OGG: Container("ogg", "ogg", "", _OPEN),
    kinds.Kind.MP4: Container("mp4", "m4a", "mp4", _MP3 | {"aac", "h264", "av1", "libdav1d"}),
    kinds.Kind.WEBM: Container("webm", "", "webm", _OPEN | _FILM),
}
READERS = {"webm": "matroska"}
CONTENT_TYPES = {
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "webm": "video/webm",
}


@dataclass(frozen=True, slots=True)
class Clean:
    """A file that the site can serve."""

    data: bytes
    ending: str
    seconds: float
    width: int = 0
    height: int = 0


def container_of(head: bytes) -> Container | None:
    kind = kinds.kind_of_bytes(head)
    return CONTAINERS.get(kind) if kind else None


def ending_of(head: bytes, *, video: bool) -> str:
    """The ending that a file gets, by its first bytes; empty where the site does not serve it."""
    container = container_of(head)
    return (container.video if video else container.audio) if container else ""


def clean(data: bytes, *, video: bool) -> Clean:
    """An upload that the site can serve, cleaned. Raises NotTaken."""
    head = data[: kinds.HEAD]
    container, ending = container_of(head), ending_of(head, video=video)
    if container is None or not ending:
        raise NotTaken(Problem.TYPE)
    try:
        answer = confined.run(LIMITS, remux, data, container, video)
    except Refused as refused:
        slow = refused.code in (RefusalCode.TOO_SLOW, RefusalCode.TOO_MUCH_MEMORY)
        raise NotTaken(Problem.TOO_MUCH if slow else Problem.BROKEN) from None
    line, _, made = answer.partition(b"\n")
    facts = json.loads(line)
    if "problem" in facts:
        raise NotTaken(Problem(facts["problem"]))
    return Clean(made, ending, **facts)


def remux(data: bytes, container: Container, video: bool) -> bytes:
    """The work of the confined process: a line of JSON, and the file."""
    try:
        head, made = _remux(data, container, video)
    except NotTaken as refused:
        head, made = {"problem": refused.problem.value}, b""
    return json.dumps(head).encode() + b"\n" + made


def _remux(data: bytes, container: Container, video: bool) -> tuple[dict[str, Any], bytes]:
    import av

    target, name = io.BytesIO(), container.format
    options = {"fflags": "+bitexact"} | ({"id3v2_version": "0"} if name == "mp3" else {})
    try:
        with av.open(io.BytesIO(data), format=READERS.get(name, name)) as source:
            chosen = _streams(source, video, container.codecs)
            with av.open(target, "w", format=name, options=options) as out:
                copies = {}
                for stream in chosen:
                    copies[stream.index] = copy = out.add_stream_from_template(stream)
                    copy.metadata.clear()
                end = _copy(source, chosen, out, copies)
            pictures = [one for one in chosen if one.type == "video"]
            width, height = (pictures[0].width, pictures[0].height) if pictures else (0, 0)
    except (av.FFmpegError, ValueError):
        raise NotTaken(Problem.BROKEN) from None
    if end < 1:
        raise NotTaken(Problem.TOO_SHORT)
    return {"seconds": end, "width": width, "height": height}, target.getvalue()


def _streams(source: Any, video: bool, codecs: frozenset[str]) -> list[Any]:
    sounds = source.streams.audio[:1]
    pictures = [
        one for one in source.streams.video if not one.disposition & one.disposition.__class__.attached_pic
    ]
    if video and not pictures:
        raise NotTaken(Problem.NO_PICTURE)
    if not video and not sounds:
        raise NotTaken(Problem.NO_SOUND)
    chosen = [*(pictures[:1] if video else ()), *sounds]
    if any(one.codec_context is None or one.codec_context.name not in codecs for one in chosen):
        raise NotTaken(Problem.CODEC)
    return chosen


def _copy(source: Any, chosen: list[Any], out: Any, copies: dict[int, Any]) -> float:
    """Copies the packets; gives the second at which the last one ends."""
    end = 0.0
    for packet in source.demux(chosen):
        if packet.dts is None:
            continue
        if packet.pts is not None and packet.time_base:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
        packet.stream = copies[packet.stream.index]
        out.mux(packet)
    return end
