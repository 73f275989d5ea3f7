"""``kodeks accept FILE -o OUT`` and ``kodeks reject FILE -o OUT``. They resolve a Word file's tracked
changes, all or those of one author."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TextIO

from documents.word.file.pipes import OK, REFUSED, WRONG_CALL, add_limits, limits_of, on_disk, put
from documents.word.file.refusal import Refused
from documents.word.resolve.files import resolve_file


def accept(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Writes the file as it is with every tracked change accepted."""
    return _resolve("accept", argv, stdin, stdout, stderr)


def reject(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Writes the file as it was before its tracked changes."""
    return _resolve("reject", argv, stdin, stdout, stderr)


def _resolve(verb: str, argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Exit codes: 0 done, 1 refused (the reason on ``stderr``), 2 wrong call, missing file, or OUT can't be
    written."""
    done = "accepted" if verb == "accept" else "refused"
    parser = argparse.ArgumentParser(
        prog=f"kodeks {verb}", description=f"Write a Word file with all its tracked changes {done}."
    )
    parser.add_argument("file", help="a .docx file, or - for standard input")
    parser.add_argument("-o", "--output", required=True, help="where to write, or - for standard output")
    parser.add_argument("--author", default="", help="only the changes of this author")
    add_limits(parser)
    try:
        options = parser.parse_args(list(argv))
    except SystemExit as ended:
        return OK if not ended.code else WRONG_CALL
    limits = limits_of(options)
    try:
        with on_disk(options.file, stdin, limits) as path:
            data = resolve_file(path, limits, accept=verb == "accept", author=options.author)
    except Refused as refused:
        print(f"kodeks {verb}: {options.file}: {refused.message_en} ({refused.code})", file=stderr)
        return REFUSED
    except BrokenPipeError:
        raise  # no fault of the file: whoever read our output has gone
    except OSError as problem:
        print(f"kodeks {verb}: {options.file}: {problem.strerror or problem}", file=stderr)
        return WRONG_CALL
    return put(f"kodeks {verb}", options.output, data, stdout, stderr)
