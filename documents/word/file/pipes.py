"""Files and pipes for the commands: "-" is standard input or output, and nothing half-written is left
behind."""

from __future__ import annotations

import errno
import os
import tempfile
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import TextIO, TypeVar

from documents.word.file.guard import DEFAULT_LIMITS, MB, Limits
from documents.word.file.refusal import Refused

T = TypeVar("T")

OK, REFUSED, WRONG_CALL = 0, 1, 2
"""Exit codes: done; a file was refused; wrong call, no such file, or a file that can't be written."""
LEAST_MEGABYTES = 64
"""Python itself takes half of it."""
COMMAND_LIMITS = replace(DEFAULT_LIMITS, seconds=9, memory_bytes=288 * MB)
"""Seconds of the processor, and memory: with the start of two interpreters 10 seconds and 300 MB."""


SECONDS_FOR_TWO = 19
"""For what is done with two files."""


def add_limits(parser: ArgumentParser, seconds: int = COMMAND_LIMITS.seconds) -> None:
    """The options by which somebody who trusts a large file gives it more."""
    megabytes = COMMAND_LIMITS.memory_bytes // MB
    parser.add_argument(
        "--seconds",
        type=_at_least(1),
        default=seconds,
        help=f"give up after so much time of the processor ({seconds})",
    )
    parser.add_argument(
        "--megabytes",
        type=_at_least(LEAST_MEGABYTES),
        default=megabytes,
        help=f"how much memory to take at most ({megabytes})",
    )


def _at_least(least: int) -> Callable[[str], int]:
    """What makes an option a whole number that is not less; argparse says so where it is."""

    def number(text: str) -> int:
        if not text.strip().isdecimal() or int(text) < least:
            raise ArgumentTypeError(f"{text!r} is no whole number of at least {least}")
        return int(text)

    return number


def limits_of(options: Namespace) -> Limits:
    """The limits that were asked for."""
    memory = min(options.megabytes, 1 << 20) * MB
    return replace(COMMAND_LIMITS, seconds=min(options.seconds, 86_400), memory_bytes=memory)


@contextmanager
def on_disk(name: str, stdin: TextIO, limits: Limits) -> Iterator[Path]:
    """The path of a file given by its name, or of a copy of what a pipe delivers. A pipe is standard input,
    or one that the shell names (``<(…)``). It can be read once and by this process alone. Raises
    IsADirectoryError."""
    if name != "-":
        path = Path(name)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
        if path.is_file() or not path.exists():
            yield path
            return
    with tempfile.NamedTemporaryFile(suffix=".docx") as copy:
        with nullcontext(stdin.buffer) if name == "-" else Path(name).open("rb") as source:
            copy.write(source.read(limits.file_bytes + 1))
        copy.flush()
        yield Path(copy.name)


def of_two_files(
    program: str,
    options: Namespace,
    stdin: TextIO,
    stderr: TextIO,
    work: Callable[[Path, Path, Limits], T],
) -> tuple[int, T | None]:
    """The result of ``work`` on the files ``options.old`` and ``options.new`` within the given limits, and
    OK. Or the exit code and None, after the reason and the file were written on standard error."""
    limits = limits_of(options)
    try:
        with on_disk(options.old, stdin, limits) as old, on_disk(options.new, stdin, limits) as new:
            return OK, work(old, new, limits)
    except Refused as refused:
        name = {"old": options.old, "new": options.new}.get(str(refused.details.get("file")), "")
        print(f"{program}: {name + ': ' if name else ''}{refused.message_en} ({refused.code})", file=stderr)
        return REFUSED, None
    except BrokenPipeError:
        raise  # no fault of the file: whoever read our output has gone
    except OSError as problem:
        name = f"{problem.filename}: " if problem.filename else ""
        print(f"{program}: {name}{problem.strerror or problem}", file=stderr)
        return WRONG_CALL, None


def put(program: str, output: str, data: bytes, stdout: TextIO, stderr: TextIO) -> int:
    """Writes bytes whole or not at all, to a file or to standard output; the exit code."""
    if output == "-":
        stdout.flush()
        stdout.buffer.write(data)
        stdout.buffer.flush()
        return OK
    target = Path(output)
    temporary = ""
    try:
        if output.endswith("/"):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if target.exists() and not target.is_file():
            # A device or a pipe is written to, never put in place of.
            target.write_bytes(data)
            return OK
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        with os.fdopen(handle, "wb") as made:
            made.write(data)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, target)
    except OSError as problem:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)
        print(f"{program}: {output}: {problem.strerror or problem}", file=stderr)
        return WRONG_CALL
    return OK
