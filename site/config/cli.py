"""The command ``kodeks``: the pure core on files and pipes, without a site and without a database; and the
commands of the site that operators use most."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TextIO

COMMANDS = {
    "read": ("documents.word.show.cli", "read", "the sections of a Word file"),
    "compare": ("documents.comparison.cli", "compare", "what changed between two Word files"),
    "redline": ("documents.word.redline.cli", "redline", "two Word files as one with tracked changes"),
    "accept": ("documents.word.resolve.cli", "accept", "a Word file with its tracked changes accepted"),
    "reject": ("documents.word.resolve.cli", "reject", "a Word file with its tracked changes refused"),
    "verify": ("workflows.record.cli", "verify", "whether an approval record and its texts hold"),
    "tokens": ("search.cli", "tokens", "the words of a text as the search sees them"),
    "init": ("config.running.init", "init", "asks for the settings of an installation and writes them"),
    "database": ("config.running.own_database", "database", "the database of the site on this machine"),
    "proxy": ("config.running.proxy_file", "proxy", "the file for Caddy or nginx, with the two names"),
    "lexicon": (
        "search.glossary.cli",
        "lexicon",
        "words across languages: learn from aligned texts, translate a query",
    ),
}

SITE_COMMANDS = {
    "backup": ("backup", "a backup of database and files, into a folder"),
    "restore": ("restore", "an empty site from a backup"),
    "trust": ("trust", "imports what the signatures of papers are checked against"),
    "export": ("export_country", "all that a country owns, as open files"),
    "import-country": ("import_country", "what a country owned in another installation"),
    "add_operator": ("add_operator", "an operator, who invites the others"),
    "check": ("check_site", "what is wrong with an installation, in words"),
}
"""Commands of manage.py, with the settings of the site."""
BAGS = (".tar.gz.age",)

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
            + "".join(f"  {n:<14} {w}\n" for n, (_, _, w) in COMMANDS.items())
            + "".join(f"  {n:<14} {w}\n" for n, (_, w) in SITE_COMMANDS.items())
            + "\n  Any other is one of manage.py, where the settings of a site are, as: kodeks verify_audit\n"
            + "  --version  which Kodeks this is\n"
        )
        return 0 if arguments else 2
    if arguments[0] in ("-V", "--version"):
        sys.stdout.write(f"kodeks {_version()}\n")
        return 0
    if site_command := _of_the_site(arguments):
        return _manage(arguments[0], site_command, arguments[1:])
    if arguments[0] not in COMMANDS and "DJANGO_SETTINGS_MODULE" in os.environ:
        return _pass_on(arguments)
    if arguments[0] not in COMMANDS:
        sys.stderr.write(f"kodeks: no command {arguments[0]!r}; there are: {', '.join(COMMANDS)}\n")
        return 2
    module, function, _ = COMMANDS[arguments[0]]
    command: Command = getattr(import_module(module), function)
    return command(arguments[1:], sys.stdin, sys.stdout, sys.stderr)


def _of_the_site(arguments: Sequence[str]) -> str:
    """The command of manage.py for it; empty where it is one of the core. ``verify`` is for backups too."""
    if arguments[0] in SITE_COMMANDS:
        return SITE_COMMANDS[arguments[0]][0]
    if arguments[0] == "verify" and any(_is_bag(Path(one)) for one in arguments[1:]):
        return "verify_backup"
    return ""


def _is_bag(path: Path) -> bool:
    return path.name.endswith(BAGS) or (path / "bagit.txt").is_file()


def _manage(name: str, command: str, arguments: Sequence[str]) -> int:
    """Runs a command of the site; gives 1 where it refuses."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command

    try:
        django.setup()
        call_command(command, *arguments)
    except (CommandError, ImproperlyConfigured) as problem:
        sys.stderr.write(f"kodeks {name}: {problem}\n")
        return 1
    return 0


def _pass_on(arguments: Sequence[str]) -> int:
    """Runs any command of manage.py; the command itself ends with its code where it refuses."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["kodeks", *arguments])
    except ImproperlyConfigured as problem:
        sys.stderr.write(f"kodeks {arguments[0]}: {problem}\n")
        return 1
    return 0


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
