"""Take a backup while people work."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import bagit
from django.conf import settings
from django.db import transaction
from django.utils import timezone

import audit
from audit.verify import head, one_moment
from backup import archive, files, postgres, premis
from backup.errors import BackupError
from backup.rows import rows

README = Path(__file__).parent / "README.txt"
NAME = re.compile(r"kodeks-(\d{8}T\d{6}Z)(\.tar\.gz\.age)?")
SECRET = re.compile(r"SECRET|KEY|PASSWORD|TOKEN|DATABASE_URL|SMTP_URL|SEARCH_URL")
DUMP, ROWS, FILES = "database.dump", "rows.txt", "files"


def take(target: Path, recipient: str = "") -> Path:
    """Make one bag in the folder ``target`` and give its path; with ``recipient`` (a public key of age), one
    encrypted file; in clear it is then only below VAR, for the owner alone. What was begun and not finished
    is taken away, also of an earlier try that was killed. Raises BackupError.

    The database is dumped first: files are only ever added, so every file that the dump names is there.
    """
    if recipient:
        archive.recipient_of(recipient)
    try:
        with _alone(target) as (part, work):
            bag = (work if recipient else part) / f"kodeks-{timezone.now():%Y%m%dT%H%M%SZ}"
            bag.mkdir(mode=0o700)
            _fill(bag)
            made = archive.encrypt(bag, recipient, part) if recipient else bag
            done = target / made.name
            made.rename(done)
    except OSError as problem:
        raise BackupError(
            f"The backup can't be written: {problem.strerror} ({problem.filename})."
        ) from problem
    with transaction.atomic():
        audit.record("record_backup", "backup")
    return done


@contextmanager
def _alone(target: Path) -> Iterator[tuple[Path, Path]]:
    """An empty folder in the target and one on this machine, for one backup at a time."""
    work = settings.VAR / "backup"
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (work / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise BackupError("Another backup is being made. Wait until it is done.") from problem
        for old in (*target.glob(".kodeks-*.part"), *work.glob("kodeks-*")):
            shutil.rmtree(old)
        part = target / f".kodeks-{timezone.now():%Y%m%dT%H%M%SZ}.part"
        try:
            part.mkdir(parents=True, mode=0o700)
            yield part, work
        finally:
            for folder in (part, *work.glob("kodeks-*")):
                shutil.rmtree(folder, ignore_errors=True)


def _fill(bag: Path) -> None:
    with one_moment():
        trail = head()
        premis.write(bag / "premis.xml")
    postgres.dump(bag / DUMP)
    with (bag / ROWS).open("w") as file:
        file.writelines(row.line() for row in rows(postgres.lines(bag / DUMP)))
    copied = files.copy_out(bag / FILES)
    (bag / "settings.json").write_text(json.dumps(_settings(), indent=1, sort_keys=True) + "\n")
    shutil.copy(README, bag / "README.txt")
    info = {
        "Source-Organization": "Kodeks",
        "External-Description": "Database and files of Kodeks; README.txt says how to read them",
        "Kodeks-Version": version("kodeks"),
        "Kodeks-Trail-Head": str(trail),
        "Kodeks-Files": str(copied),
    }
    bagit.make_bag(str(bag), info, checksums=["sha256"])
    shutil.copy(README, bag / "README.txt")


def _settings() -> dict[str, str]:
    """The settings of Kodeks in the environment, without what is secret."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith("KODEKS_") and not SECRET.search(name)
    }
