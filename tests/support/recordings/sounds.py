"""Sound and film for uploads, made by PyAV: a tone, or a grey picture."""

from __future__ import annotations

import io
import math
from array import array
from typing import Any

import av

SECRET = "Ana, 41.99 21.43"
"""Stands in the title of each file: what is served must not have it."""
CODECS = {"wav": "pcm_s16le", "mp3": "libmp3lame", "mp4": "aac", "ogg": "libopus", "flac": "flac"}
RATE = 48_000


def sound(container: str = "mp3", *, seconds: float = 2, bits: int = 48_000) -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format=container) as out:
        out.metadata.update({"title": SECRET, "comment": SECRET})
        stream: Any = out.add_stream(CODECS[container], rate=RATE, layout="mono")
        stream.bit_rate = bits
        _write_tone(out, stream, seconds)
    return target.getvalue()


def film(*, seconds: int = 2, with_sound: bool = True) -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as out:
        out.metadata.update({"title": SECRET, "location": "+41.99+021.43/"})
        picture: Any = out.add_stream("libx264", rate=10, width=64, height=48, pix_fmt="yuv420p")
        tone: Any = out.add_stream("aac", rate=RATE, layout="mono") if with_sound else None
        for _ in range(seconds * 10):
            frame = av.VideoFrame(64, 48, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([128]) * plane.buffer_size)
            out.mux(picture.encode(frame))
        out.mux(picture.encode(None))
        if tone is not None:
            _write_tone(out, tone, seconds)
    return target.getvalue()


def _write_tone(out: Any, stream: Any, seconds: float) -> None:
    resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=RATE)
    for start in range(0, int(seconds * RATE), 1024):
        wave = [0.4 * math.sin(2 * math.pi * 220 * (start + i) / RATE) for i in range(1024)]
        samples = array("h", [int(32767 * one) for one in wave])
        frame = av.AudioFrame(format="s16", layout="mono", samples=1024)
        frame.planes[0].update(samples.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.pts = RATE, start
        for one in resampler.resample(frame):
            out.mux(stream.encode(one))
    out.mux(stream.encode(None))
