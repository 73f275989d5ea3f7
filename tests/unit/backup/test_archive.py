"""An encrypted file that Kodeks did not write."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import Path

import pyrage
import pytest

from backup import archive
from backup.errors import BackupError


def test_a_file_that_is_no_archive_is_refused_in_words(tmp_path: Path) -> None:
    key = pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(f"{key}\n")
    for content, says in ((b"no archive", "can't be unpacked"), (empty_tar(), "is no backup of Kodeks")):
        path = tmp_path / "bag.tar.gz.age"
        path.write_bytes(pyrage.encrypt(content, [key.to_public()]))
        with pytest.raises(BackupError, match=says), archive.opened(path, tmp_path / "key"):
            pass


def empty_tar() -> bytes:
    packed = BytesIO()
    tarfile.open(fileobj=packed, mode="w:gz").close()
    return packed.getvalue()
