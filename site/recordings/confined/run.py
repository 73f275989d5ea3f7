"""Hands a file to one of the modules here, in a confined process, and takes its answer.

An answer is a line of JSON and the bytes of files, whose lengths the line names under ``files``.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from documents.word.file.child import confined, run_confined
from documents.word.file.guard import DEFAULT_LIMITS, MB, Limits
from documents.word.file.refusal import Refused

LIMITS = replace(DEFAULT_LIMITS, seconds=20, memory_bytes=1024 * MB)
Answer = tuple[dict[str, Any], list[bytes]]


class Problem(StrEnum):
    """Why a file was not taken."""

    TYPE = "type"
    BROKEN = "broken"
    NO_SOUND = "no_sound"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    SILENT = "silent"
    TOO_LOUD = "too_loud"
    TOO_MUCH = "too_much"
    NO_PICTURE = "no_picture"
    CODEC = "codec"


class NotTaken(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def ask(module: str, data: bytes, rules: dict[str, Any], limits: Limits = LIMITS) -> Answer:
    """The parent's side. Raises NotTaken."""
    with tempfile.NamedTemporaryFile(prefix="kodeks-sound-") as file:
        file.write(data)
        file.flush()
        arguments = [file.name, json.dumps(rules), json.dumps(limits.as_dict())]
        try:
            output = run_confined(f"recordings.confined.{module}", arguments, limits)
        except Refused as refused:
            slow = refused.code.value in ("too_slow", "too_much_memory")
            raise NotTaken(Problem.TOO_MUCH if slow else Problem.BROKEN) from None
    line, _, rest = output.partition(b"\n")
    head = json.loads(line)
    if "problem" in head:
        raise NotTaken(Problem(head["problem"]))
    files = []
    for length in head.pop("files"):
        files.append(rest[:length])
        rest = rest[length:]
    return head, files


def answer(arguments: list[str], work: Callable[[bytes, dict[str, Any]], Answer]) -> int:
    """The child's side."""
    path, rules, limits = arguments

    def write() -> bytes:
        try:
            head, files = work(Path(path).read_bytes(), json.loads(rules))
        except NotTaken as refused:
            return json.dumps({"problem": refused.problem.value}).encode()
        head["files"] = [len(one) for one in files]
        return b"".join([json.dumps(head).encode(), b"\n", *files])

    return confined(Limits(**json.loads(limits)), write)
