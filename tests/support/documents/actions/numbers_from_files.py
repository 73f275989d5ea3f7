"""What several test files of documents/actions begin with: numbers from files."""

from __future__ import annotations

from tests.support.documents.word.build import HEADINGS, heading, p, word_file


def typed(*rows: tuple[str, int]) -> bytes:
    return word_file("".join(heading(text, at) + p(f"Text of {text}.") for text, at in rows), styles=HEADINGS)
