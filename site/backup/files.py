"""The files of the site's storage: a folder, or a bucket."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
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


def copy_in(source: Path) -> int:
    """Put every file below ``source`` into the storage, under its name; gives how many."""
    count = 0
    for path in sorted(one for one in source.rglob("*") if one.is_file()):
        name = unquote(path.relative_to(source).as_posix())
        with path.open("rb") as file:
            stored = default_storage.save(name, File(file))
        if stored != name:
            default_storage.delete(stored)
            raise FileExistsError(name)
        count += 1
    return count


def is_empty() -> bool:
    """Whether the storage has no file but those that wait."""
    try:
        return next(names(), None) is None
    except FileNotFoundError:
        return True
