"""Take a backup while people work."""

from __future__ import annotations

import json
import os
import re
import shutil
from importlib.metadata import version
from pathlib import Path

import bagit
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
    encrypted file. What was begun and not finished is taken away. Raises BackupError.

    The database is dumped first: files are only ever added, so every file that the dump names is there.
    """
    if recipient:
        archive.recipient_of(recipient)
    name = f"kodeks-{timezone.now():%Y%m%dT%H%M%SZ}"
    part = target / f".{name}.part" / name
    try:
        part.mkdir(parents=True, mode=0o700)
        _fill(part)
        made = archive.encrypt(part, recipient) if recipient else part
        done = target / made.name
        made.rename(done)
    except OSError as problem:
        raise BackupError(
            f"The backup can't be written: {problem.strerror} ({problem.filename})."
        ) from problem
    finally:
        shutil.rmtree(part.parent, ignore_errors=True)
    with transaction.atomic():
        audit.record("record_backup", "backup")
    return done


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
