"""``kodeks redline OLD NEW -o OUT``: two Word files as one with tracked changes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from documents.word.file.guard import Limits
from documents.word.file.pipes import OK, SECONDS_FOR_TWO, WRONG_CALL, add_limits, of_two_files, put
from documents.word.redline.files import redline_files


def redline(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Writes the new file with what changed from the old one as tracked changes.

    Exit codes: 0 done, 1 a file was refused (the reason on ``stderr``). 2 wrong call, missing file, or OUT
    can't be written.
    """
    parser = argparse.ArgumentParser(
        prog="kodeks redline",
        description="Write the newer of two Word files with what changed from the older one as tracked "
        "changes.",
    )
    parser.add_argument("old", help="the older .docx file, or - for standard input")
    parser.add_argument("new", help="the newer .docx file, or - for standard input")
    parser.add_argument("-o", "--output", required=True, help="where to write, or - for standard output")
    parser.add_argument("--author", default="", help="whose changes they are (Kodeks, where nobody is named)")
    parser.add_argument("--date", type=_date, help="when they were made, such as 2026-05-01T09:00 (now)")
    add_limits(parser, SECONDS_FOR_TWO)
    try:
        options = parser.parse_args(list(argv))
        if options.old == options.new == "-":
            parser.error("only one of the files can be standard input")
    except SystemExit as ended:
        return OK if not ended.code else WRONG_CALL

    unmarked: list[str] = []

    def work(old: Path, new: Path, limits: Limits) -> bytes:
        return redline_files(old, new, limits, author=options.author, date=options.date, unmarked=unmarked)

    code, data = of_two_files("kodeks redline", options, stdin, stderr, work)
    if data is None:
        return code
    for words in unmarked:
        print(
            f"kodeks redline: not marked, because the new file has no section for it: a header or footer of "
            f"the old file"
            f" ({words or 'without words'})",
            file=stderr,
        )
    return put("kodeks redline", options.output, data, stdout, stderr)


def _date(text: str) -> datetime:
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2026-05-01T09:00") from None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
