"""A redline of two whole Word files, made in a confined process."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from documents.word.file import confined
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_named
from documents.word.redline import redline


def redline_files(
    old: str | Path,
    new: str | Path,
    limits: Limits = DEFAULT_LIMITS,
    *,
    author: str = "",
    date: datetime | None = None,
    unmarked: list[str] | None = None,
) -> bytes:
    """The new file with the changes from the old one as tracked changes. Changes that a file can't hold go
    into ``unmarked``, as in :func:`documents.word.redline.redline`. Raises :class:`Refused`, with ``file``
    (old or new) among its details where one of them is at fault, and OSError."""
    first, second = (Path(source).resolve(strict=True) for source in (old, new))
    names, _, data = confined.run(limits, _redline, first, second, limits, author, date).partition(b"\n")
    if unmarked is not None:
        unmarked += json.loads(names)
    return data


def _redline(old: Path, new: Path, limits: Limits, author: str, date: datetime | None) -> bytes:
    unmarked: list[str] = []
    packages = [open_named(path, name, limits) for path, name in ((old, "old"), (new, "new"))]
    made = redline(*packages, author=author, date=date, unmarked=unmarked)
    return json.dumps(unmarked).encode() + b"\n" + made
