"""``kodeks verify RECORD [EXPORT.json …]``: check an approval record without a site."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from documents.signatures.files import ListRefused, judge_file, read_list_file
from documents.signatures.verdicts import MEANINGS, Verdict
from workflows.record.format import EXPORT, KNOWN, NoRecord, adopted, read
from workflows.record.verify import problems

HOLDS, DIFFERS, WRONG_CALL = 0, 1, 2
MOST_BYTES = 200 * 1024 * 1024


def verify(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Exit codes: 0 it holds, 1 something differs (on ``stderr``), 2 wrong call or no record."""
    parser = argparse.ArgumentParser(
        prog="kodeks verify", description="Check an approval record, and the texts that it speaks of."
    )
    parser.add_argument("record", help="the approval record (.json), or its sealed PDF")
    parser.add_argument("exports", nargs="*", help="the edition's .json, one file a language")
    parser.add_argument(
        "--trust",
        action="append",
        default=[],
        metavar="LIST",
        help="for a PDF: whom to trust",
    )
    try:
        options = parser.parse_args(list(argv))
    except SystemExit as ended:
        return HOLDS if not ended.code else WRONG_CALL
    name, files = options.record, []
    try:
        with Path(name).open("rb") as handle:
            is_pdf = handle.read(5) == b"%PDF-"
        if is_pdf:
            return _seal(Path(name).read_bytes(), options.trust, stdout, stderr)
        for name in (options.record, *options.exports):
            with Path(name).open("rb") as handle:
                files.append(handle.read(MOST_BYTES + 1))
            if len(files[-1]) > MOST_BYTES:
                raise NoRecord("is too big")
        found = list(problems(files[0], files[1:]))
        left = _not_given(files[0], files[1:])
    except ListRefused as problem:
        print(f"kodeks verify: {' '.join(options.trust)}: no list ({problem})", file=stderr)
        return WRONG_CALL
    except NoRecord as problem:
        print(f"kodeks verify: {name if len(files) < 2 else 'a file'}: {problem}", file=stderr)
        return WRONG_CALL
    except OSError as problem:
        print(f"kodeks verify: {name}: {problem.strerror or problem}", file=stderr)
        return WRONG_CALL
    for line in found:
        print(line, file=stderr)
    if found:
        return DIFFERS
    print("The record holds.", file=stdout)
    if left:
        print(f"Not hashed, because no text was given: {', '.join(left)}", file=stdout)
    return HOLDS


def _seal(data: bytes, trusted: Sequence[str], stdout: TextIO, stderr: TextIO) -> int:
    """The seal of a record's PDF. Whose it is can only be confirmed by lists that are given."""
    lists = [read_list_file(Path(one).read_bytes()) for one in trusted]
    paper = judge_file(data, lists, datetime.now(UTC))
    if paper.verdict == Verdict.UNSIGNED:
        raise NoRecord("is a PDF without a seal: check its JSON file, which is fetched beside it")
    for one in paper.signatures:
        when = one.stamped or one.claimed
        print(f"{one.kind} of {one.name or 'somebody'}, {when}: {MEANINGS[one.verdict]}", file=stdout)
    if paper.verdict in (Verdict.GOOD, Verdict.UNKNOWN):
        print("The PDF is as it was sealed.", file=stdout)
        return HOLDS
    print(MEANINGS[paper.verdict], file=stderr)
    return DIFFERS


def _not_given(data: bytes, exports: Sequence[bytes]) -> list[str]:
    """The authentic languages whose text was not given, so that it was not hashed."""
    given = {read(export, EXPORT)["version"]["language"] for export in exports}
    authentic = adopted(read(data, *KNOWN)["edition"])
    return [version["language"] for version in authentic if version["language"] not in given]
