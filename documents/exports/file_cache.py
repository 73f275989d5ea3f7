"""Files made for readers, cached by their sources: the second request waits for nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def cached_file(folder: str, name: str, make: Callable[[], bytes]) -> bytes:
    """The file ``name`` of ``folder``, written now if it is not there. All other files in the folder are of a
    former text and are removed then. So a draft that is edited every day leaves one file and not hundreds."""
    path = f"exports/{folder}/{name}"
    if default_storage.exists(path):
        with default_storage.open(path, "rb") as stream:
            data: bytes = stream.read()
        if data:
            return data
        default_storage.delete(path)
    data = make()
    _clear(f"exports/{folder}")
    # Two who ask at once make it twice and keep one: the name tells the content.
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    return data


def _clear(folder: str) -> None:
    try:
        _folders, names = default_storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in names:
        default_storage.delete(f"{folder}/{name}")
