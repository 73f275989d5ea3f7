"""The tracked changes of a whole Word file, resolved in a confined process."""

from __future__ import annotations

from pathlib import Path

from documents.word.file import confined
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.resolve import resolve


def resolve_file(
    source: str | Path, limits: Limits = DEFAULT_LIMITS, *, accept: bool, author: str = ""
) -> bytes:
    """The file with every tracked change (of an ``author``, where one is named) accepted or refused. Raises
    :class:`Refused` and OSError."""
    return confined.run(limits, _resolve, Path(source).resolve(strict=True), limits, accept, author)


def _resolve(path: Path, limits: Limits, accept: bool, author: str) -> bytes:
    return resolve(open_package(path, limits), accept=accept, author=author)
