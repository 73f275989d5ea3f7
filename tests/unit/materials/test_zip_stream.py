"""A zip that is written as it is sent."""

from __future__ import annotations

import io
import zipfile

from materials.pages.zip_stream import zip_stream


def test_it_is_a_whole_zip_and_each_file_comes_by_itself() -> None:
    parts = list(zip_stream([("a.pdf", b"a" * 5000), ("b.pdf", b"b" * 10)], {"README.txt": "ž"}))
    assert len(parts) == 4
    with zipfile.ZipFile(io.BytesIO(b"".join(parts))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["README.txt", "a.pdf", "b.pdf"]
        assert archive.read("README.txt").decode("utf-8-sig") == "ž"
