"""Static files are compressed with what Kodeks itself brings."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from django.utils.module_loading import import_string

from config.settings import base


def test_files_are_compressed_with_gzip_alone(tmp_path: Path) -> None:
    assert find_spec("brotli"), "the developers' packages bring it: without it nothing is tested here"
    style = tmp_path / "style.css"
    style.write_text("a { color: red }\n" * 500)
    storage = import_string(base.STORAGES["staticfiles"]["BACKEND"])(location=tmp_path, base_url="/static/")
    assert [name for _, name in storage.compress_files(["style.css"])] == ["style.css.gz"]
