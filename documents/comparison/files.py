"""Two whole Word files, read and compared in a confined process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from documents.comparison.compare import compare
from documents.comparison.model import Comparison
from documents.comparison.serialization import from_bytes, to_bytes
from documents.word.file import confined
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_named
from documents.word.read.read import read_package


def compare_files(
    old: str | Path,
    new: str | Path,
    limits: Limits = DEFAULT_LIMITS,
    *,
    language: str = "",
    one_text: bool = False,
) -> Comparison:
    """What changed from one Word file to the other. ``one_text``: Serbian in two scripts counts as one text.
    Raises :class:`Refused`, with ``file`` (old or new) among its details where one of them is at fault."""
    first, second = (Path(source).resolve(strict=True) for source in (old, new))
    return from_bytes(confined.run(limits, _compare, first, second, limits, language, one_text))


def _compare(old: Path, new: Path, limits: Limits, language: str, one_text: bool) -> bytes:
    before, after = (
        read_package(open_named(path, name, limits), language=language, limits=limits).tree
        for path, name in ((old, "old"), (new, "new"))
    )
    # The newer file's language is the comparison's: two guesses may differ where little was written.
    before = replace(before, language=after.language)
    return to_bytes(compare(before, after, one_text_in_two_scripts=one_text))
