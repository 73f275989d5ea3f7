"""The command ``kodeks``: the pure core on files and pipes, without a site and without a database."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TextIO

COMMANDS = {
    "read": ("documents.word.cli", "read", "the sections of a Word file"),
    "compare": ("documents.comparison.cli", "compare", "what changed between two Word files"),
    "redline": ("documents.word.redline.cli", "redline", "two Word files as one with tracked changes"),
    "accept": ("documents.word.resolve.cli", "accept", "a Word file with its tracked changes accepted"),
    "reject": ("documents.word.resolve.cli", "reject", "a Word file with its tracked changes refused"),
    "verify": ("workflows.record.cli", "verify", "whether an approval record and its texts hold"),
    "tokens": ("search.cli", "tokens", "the words of a text as the search sees them"),
    "lexicon": (
        "search.glossary.cli",
        "lexicon",
        "words across languages: learn from aligned texts, translate a query",
    ),
}

Command = Callable[[Sequence[str], TextIO, TextIO, TextIO], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit code (0 done, 1 refused, 2 wrong use, or nowhere to write to)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # No other encoding holds the signs of all languages: in the system's own the output would end at the
        # first that it lacks.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has gone, e.g. `| head`
        _write_nowhere()
        return 0
    except OSError as problem:  # a full disk behind `>`; of the files that it names a command speaks itself
        _write_nowhere()
        place = problem.filename or "standard output"
        sys.stderr.write(f"{' '.join(['kodeks', *arguments[:1]])}: {place}: {problem.strerror or problem}\n")
        return 2


def _run(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        sys.stdout.write(
            "kodeks COMMAND …\n\n"
            + "".join(f"  {n:<10} {w}\n" for n, (_, _, w) in COMMANDS.items())
            + "\n  --version  which Kodeks this is\n"
        )
        return 0 if arguments else 2
    if arguments[0] in ("-V", "--version"):
        sys.stdout.write(f"kodeks {_version()}\n")
        return 0
    if arguments[0] not in COMMANDS:
        sys.stderr.write(f"kodeks: no command {arguments[0]!r}; there are: {', '.join(COMMANDS)}\n")
        return 2
    module, function, _ = COMMANDS[arguments[0]]
    command: Command = getattr(import_module(module), function)
    return command(arguments[1:], sys.stdin, sys.stdout, sys.stderr)


def _version() -> str:
    """The version that was installed; in a folder of sources alone there is none to ask for."""
    try:
        return version("kodeks")
    except PackageNotFoundError:
        return "(not installed)"


def _write_nowhere() -> None:
    """What is still to be written at the end goes nowhere, without a complaint."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


if __name__ == "__main__":
    raise SystemExit(main())
