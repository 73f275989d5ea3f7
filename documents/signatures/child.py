"""Judge a PDF, look whether it acts, read a list: in a confined process (documents/word/file/child.py)."""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from documents.signatures.verdicts import Paper, Verdict
from documents.text.types import Json
from documents.word.file.child import confined, run_confined
from documents.word.file.guard import DEFAULT_LIMITS, MB, Limits
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


def judge_in_child(data: bytes, lists: Sequence[Json], now: datetime) -> Paper:
    """What the signatures of a PDF are worth, by the lists that were imported."""
    try:
        found = _run("judge", data, json.dumps({"lists": list(lists), "now": now.isoformat()}).encode())
    except Refused as refused:
        return Paper(Verdict.TOO_MUCH if refused.code in LARGE else Verdict.UNREADABLE)
    return Paper.from_json(found)


def look_in_child(data: bytes) -> str:
    """Whether a PDF is still, active or unreadable (documents/signatures/still.py)."""
    try:
        return str(_run("look", data, b"")["look"])
    except Refused:
        return "unreadable"


def read_list_in_child(data: bytes, operator: bytes = b"") -> Json:
    """What a list says; ``operator``: certificates that must verify its signature. Raises ListRefused."""
    if len(data) > LIST_BYTES:
        raise ListRefused("too_much")
    try:
        found = _run("read", data, operator)
    except Refused as refused:
        raise ListRefused("too_much" if refused.code in LARGE else "broken") from None
    if "refused" in found:
        raise ListRefused(found["refused"])
    return found


def _run(what: str, data: bytes, other: bytes) -> Json:
    with (
        tempfile.NamedTemporaryFile(prefix="kodeks-signed-") as first,
        tempfile.NamedTemporaryFile(prefix="kodeks-trusted-") as second,
    ):
        for file, content in ((first, data), (second, other)):
            file.write(content)
            file.flush()
        found: Json = json.loads(
            run_confined("documents.signatures.child", [what, first.name, second.name], _limits(what))
        )
        return found


def _limits(what: str) -> Limits:
    return LOOK_LIMITS if what == "look" else LIMITS


def _look(data: bytes, _nothing: bytes) -> Json:
    from documents.signatures.still import look

    return {"look": look(data)}


def _judge(data: bytes, asked: bytes) -> Json:
    from documents.signatures.judge import judge
    from documents.signatures.trusted import Trusted

    request = json.loads(asked)
    return judge(data, Trusted(request["lists"]), datetime.fromisoformat(request["now"])).as_json()


def _read(data: bytes, operator: bytes) -> Json:
    from documents.signatures.read_list import NotRead, read_list

    try:
        return read_list(data, operator)
    except NotRead as problem:
        return {"refused": problem.code}


def main(arguments: list[str]) -> int:
    """The child's side."""
    what, first, second = arguments
    logging.disable()  # of what it finds pyHanko writes pages
    work = {"judge": _judge, "look": _look, "read": _read}[what]
    return confined(
        _limits(what), lambda: json.dumps(work(Path(first).read_bytes(), Path(second).read_bytes())).encode()
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
