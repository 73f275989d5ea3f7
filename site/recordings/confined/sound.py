"""Turns an uploaded recording into what is served and what is archived; checks that something is heard.

Only samples go on: names, places, covers and devices that the file tells of stay behind.
"""

from __future__ import annotations

import io
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recordings.confined.kinds import WEBM, kind_of
from recordings.confined.run import Answer, NotTaken, Problem, answer, ask

RATE, BITS = 22_050, 24_000
"""Of the file that is served: mono, about 3 KB a second."""
ARCHIVE_RATE = 48_000
WINDOW = RATE // 50
QUIET = 330
"""Of 32,767: what one in twenty pieces of a fiftieth of a second must exceed, or nobody hears anything."""
FULL = 32_700
MOST_CUT = 0.005
"""The share of samples at the limit above which speech crackles."""


@dataclass(frozen=True, slots=True)
class Sound:
    mp3: bytes
    archive: bytes
    """The same without loss, as FLAC."""
    seconds: float


def read_sound(data: bytes, *, longest: int) -> Sound:
    """A recording of at most ``longest`` seconds. Raises NotTaken."""
    kind = kind_of(data)
    if kind is None or kind is WEBM:
        raise NotTaken(Problem.TYPE)
    head, (mp3, archive) = ask("sound", data, {"longest": longest})
    return Sound(mp3, archive, head["seconds"])


class Encoder:
    """One file that is written from the frames of another."""

    def __init__(self, container: str, codec: str, samples: str, rate: int, options: dict[str, str]) -> None:
        import av

        self.target = io.BytesIO()
        self.out = av.open(self.target, "w", format=container, options={"fflags": "+bitexact"} | options)
        self.stream: Any = self.out.add_stream(codec, rate=rate, layout="mono", format=samples)
        self.resampler = av.AudioResampler(format=samples, layout="mono", rate=rate)

    def take(self, frame: Any) -> Iterator[Any]:
        """Writes a frame, None at the end; gives what was written."""
        for one in self.resampler.resample(frame):
            if one is not None:
                one.pts = None
                self.out.mux(self.stream.encode(one))
                yield one

    def end(self) -> bytes:
        self.out.mux(self.stream.encode(None))
        self.out.close()
        return self.target.getvalue()


class Loudness:
    """The peaks of short pieces, and how many samples stand at the limit."""

    def __init__(self) -> None:
        self.peaks: list[int] = []
        self.samples = self.cut = 0

    def hear(self, frame: Any) -> None:
        heard = array("h", bytes(frame.planes[0])[: frame.samples * 2])
        self.samples += len(heard)
        for start in range(0, len(heard), WINDOW):
            piece = heard[start : start + WINDOW]
            peak = max(max(piece), -min(piece))
            self.peaks.append(peak)
            if peak >= FULL:
                self.cut += sum(1 for one in piece if abs(one) >= FULL)

    def judge(self) -> None:
        """Raises NotTaken."""
        if self.samples < RATE:
            raise NotTaken(Problem.TOO_SHORT)
        if sorted(self.peaks)[int(len(self.peaks) * 0.95)] < QUIET:
            raise NotTaken(Problem.SILENT)
        if self.cut > self.samples * MOST_CUT:
            raise NotTaken(Problem.TOO_LOUD)


def encode(data: bytes, rules: dict[str, Any]) -> Answer:
    """The child's work."""
    import av

    kind = kind_of(data)
    if kind is None:
        raise NotTaken(Problem.TYPE)
    loudness = Loudness()
    try:
        with av.open(io.BytesIO(data), format=kind.reader) as source:
            if not source.streams.audio:
                raise NotTaken(Problem.NO_SOUND)
            stream = source.streams.audio[0]
            stream.codec_context.thread_count = 1
            served = Encoder("mp3", "libmp3lame", "s16p", RATE, {"id3v2_version": "0"})
            served.stream.bit_rate = BITS
            archive = Encoder("flac", "flac", "s16", min(stream.rate, ARCHIVE_RATE), {})
            for frame in _frames(source, stream):
                for one in served.take(frame):
                    loudness.hear(one)
                for _ in archive.take(frame):
                    pass
                if loudness.samples > rules["longest"] * RATE:
                    raise NotTaken(Problem.TOO_LONG)
    except (av.FFmpegError, ValueError):
        raise NotTaken(Problem.BROKEN) from None
    loudness.judge()
    return {"seconds": loudness.samples / RATE}, [served.end(), archive.end()]


def _frames(source: Any, stream: Any) -> Iterator[Any]:
    """All frames, and None at the end, which empties the encoders."""
    yield from source.decode(stream)
    yield None


if __name__ == "__main__":
    raise SystemExit(answer(sys.argv[1:], encode))
