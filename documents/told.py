"""What the audit trail is told of words: their hashes, by which a row that was altered later is found. Never the words."""

from __future__ import annotations

from typing import Any

from documents.tree import sha256_of

ACT = (
    "body", "kind", "number", "date", "protocol", "session", "gazette", "gazette_number", "gazette_year", "published",
)  # fmt: skip


def act_hash(act: Any) -> str:
    """The hash of all that an act says (an adoption's or a corrigendum's), its signed file among it."""
    said = {name: None if (value := getattr(act, name)) is None else str(value) for name in ACT}
    return sha256_of(said | {"signed_file": act.signed_file_id})


def comment_hash(text: str, suggestion: str) -> str:
    """The hash of what a comment says. Where it stands is not in it: that follows the text."""
    return sha256_of({"text": text, "suggestion": suggestion})


def answer_hash(outcome: str, answer: str) -> str:
    """The hash of what became of a comment, and why."""
    return sha256_of({"outcome": outcome, "answer": answer})


def reason_hash(reason: str) -> str:
    """The hash of why something was proposed."""
    return sha256_of({"reason": reason})
