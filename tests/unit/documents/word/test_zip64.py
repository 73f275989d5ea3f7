"""Files with the long form of a zip's numbers, as some libraries write all of theirs."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from tests.support.documents.word.build import p, parts_of, read, word_file

PARTS = parts_of(word_file(p("текст")))


class Pipe(io.RawIOBase):
    """What is written once and can't be gone back in."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.data += bytes(data)
        return len(data)


def written(target: io.BytesIO | Pipe) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in PARTS.items():
            with made.open(zipfile.ZipInfo(name), "w", force_zip64=True) as part:
                part.write(data)


def test_long_sizes_at_each_part() -> None:
    target, pipe = io.BytesIO(), Pipe()
    written(target)
    written(pipe)
    for data in (target.getvalue(), pipe.data):
        assert read(data).tree.sections[0].text.plain == "текст"


def test_a_long_end_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    target = io.BytesIO()
    written(target)
    assert b"PK\x06\x06" in target.getvalue()
    assert read(target.getvalue()).tree.sections[0].text.plain == "текст"
