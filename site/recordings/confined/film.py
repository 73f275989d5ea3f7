"""Takes uploaded audio and video apart and puts the streams into a clean file of the same kind.

Nothing is encoded anew. What goes on are the first sound and the first moving picture; titles, places,
devices, covers and chapters stay behind.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import Any

from recordings.confined.kinds import kind_of
from recordings.confined.run import Answer, NotTaken, Problem, answer, ask

CODECS = {
    "mp3": {"mp3", "mp3float"},
    "ogg": {"vorbis", "opus", "libopus"},
    "mp4": {"aac", "mp3", "mp3float", "h264", "av1", "libdav1d"},
    "webm": {"vorbis", "opus", "libopus", "vp8", "vp9", "av1", "libvpx", "libvpx-vp9", "libdav1d"},
}
"""By container: what browsers play."""


@dataclass(frozen=True, slots=True)
class Film:
    data: bytes
    ending: str
    seconds: float
    width: int
    height: int


def read_film(data: bytes, *, video: bool) -> Film:
    """An upload that the site can serve, cleaned. Raises NotTaken."""
    kind = kind_of(data)
    if kind is None or not (kind.video if video else kind.audio):
        raise NotTaken(Problem.TYPE)
    head, (clean,) = ask("film", data, {"video": video})
    return Film(clean, kind.video if video else kind.audio, **head)


def remux(data: bytes, rules: dict[str, Any]) -> Answer:
    """The child's work."""
    import av

    kind = kind_of(data)
    if kind is None:
        raise NotTaken(Problem.TYPE)
    target = io.BytesIO()
    try:
        with av.open(io.BytesIO(data), format=kind.reader) as source:
            chosen = _streams(source, rules["video"], CODECS[kind.writer])
            with av.open(
                target,
                "w",
                format=kind.writer,
                options={"fflags": "+bitexact", "id3v2_version": "0"}
                if kind.writer == "mp3"
                else {"fflags": "+bitexact"},
            ) as out:
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
    return {"seconds": end, "width": width, "height": height}, [target.getvalue()]


def _streams(source: Any, video: bool, codecs: set[str]) -> list[Any]:
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


if __name__ == "__main__":
    raise SystemExit(answer(sys.argv[1:], remux))
