"""Files and pipes for the commands: "-" is standard input or output, and nothing half-written is left behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from documents.docx.guard import Limits

OK, REFUSED, WRONG_CALL = 0, 1, 2
"""Exit codes: done; a file was refused; wrong call, no such file, or a file that can't be written."""


@contextmanager
def on_disk(name: str, stdin: TextIO, limits: Limits) -> Iterator[Path]:
    """The path of a file given by its name, or of a copy of standard input."""
    if name != "-":
        yield Path(name)
        return
    with tempfile.NamedTemporaryFile(suffix=".docx") as copy:
        copy.write(stdin.buffer.read(limits.file_bytes + 1))
        copy.flush()
        yield Path(copy.name)


def put(program: str, output: str, data: bytes, stdout: TextIO, stderr: TextIO) -> int:
    """Writes bytes whole or not at all, to a file or to standard output; the exit code."""
    if output == "-":
        stdout.buffer.write(data)
        stdout.buffer.flush()
        return OK
    target = Path(output)
    temporary = ""
    try:
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
