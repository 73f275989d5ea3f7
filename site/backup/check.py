"""Verify a bag, and restore one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import bagit

from audit.models import Entry
from audit.verify import head
from backup import files, postgres
from backup.errors import BackupError
from backup.rows import Row, differences, rows
from backup.take import DUMP, FILES, ROWS


def kind(bag: Path) -> str:
    """What the bag is, as its reader calls it."""
    info = bag / "bag-info.txt"
    is_export = info.is_file() and "\nKodeks-Country: " in info.read_text("utf-8")
    return "export" if is_export else "backup"


def problems(bag: Path) -> Iterator[str]:
    """What is wrong with a backup, a line each: damaged, missing and added files, and of the database the
    table and row. Raises BackupError where it is no bag."""
    found = list(damaged_files(bag))
    yield from found
    if found and (bag / "data" / ROWS).is_file():
        yield from _damaged_rows(bag)


def damaged_files(bag: Path) -> Iterator[str]:
    """The files of a bag that were changed, are missing or were added, a line each. Raises BackupError where
    it is no bag, or a file would be stored outside of the storage."""
    for path in (bag / "data" / FILES).rglob("*"):
        name = unquote(path.relative_to(bag / "data" / FILES).as_posix())
        if path.is_symlink() or name.startswith("/") or not {"", ".", ".."}.isdisjoint(name.split("/")):
            raise BackupError(f"{path} is no file that Kodeks stored. Do not restore this backup.")
    try:
        opened = bagit.Bag(str(bag))
    except bagit.BagError as problem:
        raise BackupError(f"{bag} is no backup of Kodeks: {problem}") from problem
    # bagit asks neither: without the first nothing holds bag-info.txt, and the second names files elsewhere.
    if not any(opened.tagmanifest_files()):
        yield "tagmanifest-sha256.txt: it is missing"
    if (bag / "fetch.txt").exists():
        yield "fetch.txt: it was added"
    # The sum of the sizes names no file, and ends the check before the files are looked at.
    opened.info.pop("Payload-Oxum", None)
    missing = set()
    try:
        opened.validate(completeness_only=True)
    except bagit.BagValidationError as problem:
        missing = {detail.path for detail in problem.details if isinstance(detail, bagit.FileMissing)}
        yield from map(_in_words, problem.details or [problem])
    try:
        opened._validate_entries(1)  # validate() leaves the bytes unread where a file is missing or was added
    except bagit.BagValidationError as problem:
        yield from (_in_words(detail) for detail in problem.details if detail.path not in missing)


def _in_words(detail: object) -> str:
    if isinstance(detail, bagit.ChecksumMismatch):
        return f"{detail.path}: its bytes were changed"
    if isinstance(detail, bagit.FileMissing):
        return f"{detail.path}: it is missing"
    if isinstance(detail, bagit.UnexpectedFile):
        return f"{detail.path}: it was added"
    return str(detail)


def _damaged_rows(bag: Path) -> Iterator[str]:
    try:
        yield from differences(_expected(bag), rows(postgres.lines(bag / "data" / DUMP)))
    except (BackupError, OSError, ValueError) as problem:
        yield str(problem)


def _expected(bag: Path) -> Iterator[Row]:
    path = bag / "data" / ROWS
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            try:
                row = Row.parse(line)
            except ValueError as problem:
                raise BackupError(f"{path}, line {number}: it can't be read") from problem
            yield row


def restore(bag: Path) -> None:
    """Fill the site's empty database and storage. Raises BackupError where the bag is damaged or something
    is there already, or the role may not make tables; then nothing was written."""
    found = list(problems(bag))
    if found:
        raise BackupError("The backup is damaged, nothing was restored:\n" + "\n".join(found))
    if not postgres.is_empty():
        raise BackupError("The database is not empty. Name an empty one in KODEKS_DATABASE_URL.")
    if not files.is_empty():
        kind, place, setting = files.place()
        raise BackupError(f"The {kind} {place} is not empty. Name an empty {kind} in {setting}.")
    if not postgres.may_make_tables():
        raise BackupError(
            "The role of the site may not make tables. Run it as root: it takes the owner of the tables from "
            "/etc/kodeks/owner.env, which `kodeks database` writes (KODEKS_OWNER names another file)."
        )
    with files.copied_in(bag / "data" / FILES):
        postgres.restore(bag / "data" / DUMP)
    expected = bagit.Bag(str(bag)).info["Kodeks-Trail-Head"]
    number = int(expected.partition(":")[0])
    if head().entries < number:
        raise BackupError(f"The audit trail has {head().entries} entries, the backup {number}.")


def compare(bag: Path) -> Iterator[str]:
    """What differs between a bag and the site as it is now: every row and every file, a line each."""
    with TemporaryDirectory(prefix="kodeks-compare-") as folder:
        now = Path(folder)
        postgres.dump(now / DUMP)
        expected = set(_expected(bag))
        own = _own_entry(expected)
        found = (row for row in rows(postgres.lines(now / DUMP)) if (row.table, row.number) != own)
        yield from differences(expected, found)
        files.copy_out(now / FILES)
        yield from _different_files(bag / "data" / FILES, now / FILES)


def _own_entry(expected: set[Row]) -> tuple[str, str]:
    """Table and number of the trail's entry of the backup itself: it was added when the backup was done."""
    table = Entry._meta.db_table
    last = max((int(row.number) for row in expected if row.table == table), default=0)
    entry = Entry.objects.filter(pk__gt=last, verb="record_backup").order_by("pk").first()
    return table, str(entry.pk if entry else "")


def _different_files(first: Path, second: Path) -> Iterator[str]:
    names = {
        path.relative_to(folder) for folder in (first, second) for path in folder.rglob("*") if path.is_file()
    }
    for name in sorted(names):
        if not (second / name).is_file():
            yield f"file {name}: it is missing"
        elif not (first / name).is_file():
            yield f"file {name}: it was added"
        elif (first / name).read_bytes() != (second / name).read_bytes():
            yield f"file {name}: it is changed"
