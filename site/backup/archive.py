"""A bag as one file: packed by tar, encrypted with age where there is a key."""

from __future__ import annotations

import gzip
import os
import tarfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import pyrage

from backup.errors import BackupError

ENDING = ".tar.gz.age"


def encrypt(bag: Path, recipient: str, folder: Path) -> Path:
    """Write ``bag`` into ``folder`` as one file that only the owner of the key can open; gives its path."""
    target = folder / (bag.name + ENDING)
    reader, writer = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        packing = pool.submit(_pack, bag, writer)
        with os.fdopen(reader, "rb") as source, target.open("wb") as file:
            pyrage.encrypt_io(source, file, [recipient_of(recipient)])
        packing.result()
    return target


def recipient_of(key: str) -> pyrage.x25519.Recipient:
    """The public key of age, "age1…". Raises BackupError where it is none."""
    try:
        return pyrage.x25519.Recipient.from_str(key.strip())
    except pyrage.RecipientError as problem:
        raise BackupError(f"{key!r} is no public key of age. It begins with age1.") from problem


def _pack(bag: Path, writer: int) -> None:
    with (
        os.fdopen(writer, "wb") as file,
        gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        tar.add(bag, arcname=bag.name)


@contextmanager
def opened(path: Path, key_file: Path | None = None) -> Iterator[Path]:
    """The folder of a bag: ``path`` itself, or what was encrypted, unpacked as long as this lasts.

    Raises BackupError where there is no bag, no key, or the wrong one.
    """
    if path.is_dir():
        yield path
        return
    if not path.is_file():
        raise BackupError(f"{path} is not there.")
    if key_file is None:
        raise BackupError("This backup is encrypted. Name the file with the secret key of age: --key FILE.")
    with TemporaryDirectory(prefix="kodeks-bag-") as folder:
        yield _unpacked(path, key_file, Path(folder))


def _unpacked(path: Path, key_file: Path, folder: Path) -> Path:
    packed = folder / "bag.tar.gz"
    with path.open("rb") as source, packed.open("wb") as target:
        _decrypt(source, target, key_file)
    try:
        with tarfile.open(packed) as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, zlib.error, OSError) as problem:
        raise BackupError(f"{path} can't be unpacked: {problem}") from problem
    packed.unlink()
    found = list(folder.iterdir())
    if len(found) != 1:
        raise BackupError(f"{path} is no backup of Kodeks.")
    return found[0]


def _decrypt(source: IO[bytes], target: IO[bytes], key_file: Path) -> None:
    try:
        lines = [line for line in key_file.read_text().splitlines() if line.startswith("AGE-SECRET-KEY-")]
        keys = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines]
        pyrage.decrypt_io(source, target, keys)
    except (OSError, pyrage.IdentityError, pyrage.DecryptError) as problem:
        raise BackupError(f"The backup can't be opened with {key_file}: {problem}") from problem
