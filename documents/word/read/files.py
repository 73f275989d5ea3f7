"""Whole Word files, read in a confined process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from documents.word.file import confined
from documents.word.file.active import remove_active, without_active
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.read.outline.decisions import Decisions
from documents.word.read.read import read_package
from documents.word.read.report import FindingCode
from documents.word.read.result import ReadResult


def read_file(
    source: str | Path | bytes,
    limits: Limits = DEFAULT_LIMITS,
    *,
    language: str = "",
    decisions: Decisions | None = None,
    lines: bool = False,
) -> ReadResult:
    """Reads a Word file, or the one at a path, within limits of size, time and memory.

    ``language`` is the content language that the text is in; the reader's own guess where it is empty.
    ``decisions`` and ``lines`` are those of :func:`documents.word.read.read.read_package`. Raises
    :class:`Refused` for everything that is not read, and FileNotFoundError where there is no file.
    """
    file = source if isinstance(source, bytes) else Path(source).resolve(strict=True)
    return ReadResult.from_bytes(confined.run(limits, _read, file, limits, language, decisions, lines))


def _read(
    file: Path | bytes, limits: Limits, language: str, decisions: Decisions | None, lines: bool
) -> bytes:
    package = open_package(file, limits)
    read = read_package(package, language=language, limits=limits, decisions=decisions, lines=lines)
    found = [name for names in remove_active(package, package.xml).values() for name in names]
    return replace(read, report=read.report.with_finding(FindingCode.ACTIVE, found)).to_bytes()


def clean_file(data: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The file without what is active in it. Raises Refused."""
    return confined.run(limits, without_active, data, limits)
