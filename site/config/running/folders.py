"""The folders of this machine that Kodeks writes to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from pwd import getpwuid

from django.conf import settings

from backup import files


def problems() -> Iterator[str]:
    """What keeps this user from writing to a folder of the settings, in words, with what to do."""
    data, user = Path(settings.VAR), getpwuid(os.geteuid()).pw_name
    if not data.is_dir():
        yield f"The folder {data} is not there. As root: install -d -o {user} -g {user} -m 750 {data}"
        return
    kind, place, _setting = files.place()
    others = (settings.KODEKS_PAGES, settings.KODEKS_SEARCH.get("path"), place if kind == "folder" else None)
    for folder in dict.fromkeys(
        locked for one in (data, *others) if one for locked in _locked(Path(str(one)))
    ):
        yield f"{user} can't write to {folder}. As root: chown -R {user}: {folder}"


def _locked(folder: Path) -> list[Path]:
    """The folder or the nearest that is there, else those directly below, where they are somebody else's."""
    nearest = next(one for one in (folder, *folder.parents) if os.path.exists(one))
    if not _is_writable(nearest):
        return [nearest]
    below = sorted(nearest.iterdir()) if nearest == folder else []
    return [one for one in below if one.is_dir() and not _is_writable(one)]


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)
