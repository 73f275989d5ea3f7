"""Messages in plain English: what the check finds and what it lets pass."""

from __future__ import annotations

import pytest

from config.plain_words import LEGAL, find_unplain


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        ("Import the file.", ""),
        ("One two. " * 20, ""),
        ("word " * 26 + "end.", "27 words"),
        ("<b class='a long tag of many words'>" + "word " * 25 + "</b>", ""),
        ("Take in a file", "'Take in'"),
        ("You will be TOLD.", "'TOLD'"),
        ("It is older than the original.", "'older than the original'"),
        ("%(n)s days older than the act", ""),
        (f"* {LEGAL}, and is in line with " + "word " * 20, ""),
    ],
)
def test_long_sentences_and_private_turns_are_found(message: str, problem: str) -> None:
    found = find_unplain([message])
    assert len(found) == bool(problem) and problem in "".join(found)
