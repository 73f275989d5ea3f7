"""The files of the site's storage: a folder, or a bucket."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

from django.core.files.base import File
from django.core.files.storage import Storage, default_storage

WAITING = "uploads/"
"""Files that somebody brought and nobody has taken in yet: forgotten within days."""


def names(storage: Storage = default_storage, folder: str = "") -> Iterator[str]:
    """Every file of the storage, but those that wait to be taken in."""
    folders, files = storage.listdir(folder)
    for file in sorted(files):
        if file:
            yield f"{folder}{file}"
    for one in sorted(folders):
        if one and f"{folder}{one}/" != WAITING:
            yield from names(storage, f"{folder}{one}/")


def copy_out(target: Path) -> int:
    """Copy every file below ``target``; gives how many. A file removed while this runs is left out."""
    count = 0
    for name in names():
        count += copy_one(name, target)
    return count


def copy_one(name: str, target: Path) -> bool:
    """Copy a stored file below ``target``; gives whether it is there."""
    path = target / quote(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with default_storage.open(name) as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
    except FileNotFoundError:
        path.unlink(missing_ok=True)
        return False
    return True


@contextmanager
def copied_in(source: Path) -> Iterator[None]:
    """Every file below ``source`` is in the storage, under its name. They are taken away again where this, or
    what is done within it, fails."""
    names: list[str] = []
    try:
        _copy_in(source, names)
        yield
    except BaseException:
        for name in names:
            default_storage.delete(name)
        raise


def _copy_in(source: Path, names: list[str]) -> None:
    for path in sorted(one for one in source.rglob("*") if one.is_file()):
        name = unquote(path.relative_to(source).as_posix())
        with path.open("rb") as file:
            stored = default_storage.save(name, File(file))
        names.append(stored)
        if stored != name:
            raise FileExistsError(name)


def place() -> tuple[str, str, str]:
    """What the storage is, which, and the setting that names it."""
    if bucket := getattr(default_storage, "bucket_name", ""):
        return "bucket", bucket, "KODEKS_S3_BUCKET"
    return "folder", getattr(default_storage, "location", ""), "KODEKS_FILES"


def is_empty() -> bool:
    """Whether the storage has no file but those that wait."""
    try:
        return next(names(), None) is None
    except FileNotFoundError:
        return True
