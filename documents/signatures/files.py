"""Judge a PDF, look whether it acts, read a trusted list: each in a confined process.

pyHanko takes a second to import, so it is imported there alone.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from documents.signatures.verdicts import Paper, Verdict
from documents.text.types import Json
from documents.word.file import confined
from documents.word.file.guard import DEFAULT_LIMITS, MB
from documents.word.file.refusal import RefusalCode, Refused

LIMITS = replace(DEFAULT_LIMITS, seconds=20, memory_bytes=768 * MB)
LOOK_LIMITS = replace(LIMITS, seconds=10)
"""For a look in a request: it is over before the request is."""
LIST_BYTES = 32 * MB
LARGE = (RefusalCode.TOO_BIG, RefusalCode.TOO_SLOW, RefusalCode.TOO_MUCH_MEMORY)


class ListRefused(ValueError):
    """A list that is not taken. ``code``: unknown, broken, no_authority, operator, not_signed, signature,
    too_much."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def judge_file(data: bytes, lists: Sequence[Json], now: datetime) -> Paper:
    """What the signatures of a PDF are worth, by the lists that were imported."""
    try:
        return Paper.from_json(confined.run(LIMITS, _judge, data, list(lists), now))
    except Refused as refused:
        return Paper(Verdict.TOO_MUCH if refused.code in LARGE else Verdict.UNREADABLE)


def look_at_file(data: bytes) -> str:
    """Whether a PDF is still, active or unreadable (documents/signatures/still.py)."""
    try:
        return confined.run(LOOK_LIMITS, _look, data)
    except Refused:
        return "unreadable"


def read_list_file(data: bytes, operator: bytes = b"") -> Json:
    """What a list says; ``operator``: certificates that must verify its signature. Raises ListRefused."""
    if len(data) > LIST_BYTES:
        raise ListRefused("too_much")
    try:
        found = confined.run(LIMITS, _read, data, operator)
    except Refused as refused:
        raise ListRefused("too_much" if refused.code in LARGE else "broken") from None
    if "refused" in found:
        raise ListRefused(found["refused"])
    return found


def _look(data: bytes) -> str:
    from documents.signatures.still import look

    logging.disable()  # of what it finds pyHanko writes pages
    return look(data).value


def _judge(data: bytes, lists: list[Json], now: datetime) -> Json:
    from documents.signatures.judge import judge
    from documents.signatures.trusted import Trusted

    logging.disable()
    return judge(data, Trusted(lists), now).as_json()


def _read(data: bytes, operator: bytes) -> Json:
    from documents.signatures.read_list import NotRead, read_list

    logging.disable()
    try:
        return read_list(data, operator)
    except NotRead as problem:
        return {"refused": problem.code}
