"""A zip that is sent while it is written: one file at a time is in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping


class _Sink(io.RawIOBase):
    """Takes what zipfile writes; it can't go back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def zip_stream(files: Iterable[tuple[str, bytes]], texts: Mapping[str, str]) -> Iterator[bytes]:
    """``files`` are packed already and only stored."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[arg-type]
        for name, text in texts.items():
            archive.writestr(name, text.encode("utf-8-sig"))
            yield sink.take()
        for name, data in files:
            archive.writestr(name, data)
            yield sink.take()
    yield sink.take()
