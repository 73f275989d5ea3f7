"""Take a backup while people work."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
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
WRITTEN = re.compile(
    r"KODEKS_(ENVIRONMENT|(PUBLIC|OFFICE)_(URL|HOST|PORT)|OFFICE_LANGUAGES|WITHOUT_OFFICE|LEAVE_URL|BIND|UPSTREAM"
    r"|PROXIES|WORKERS|THREADS|MAIL_FROM|CONTACT_(NAME|MAIL|PHONE)|DATA_(PUBLISHER|MAIL|LICENCE|LICENCE_URL)"
    r"|MATERIALS_LICENCE(_URL)?|FILES|PAGES|S3_(ENDPOINT|BUCKET|REGION)|SEARCH_(INDEX|REPLICAS|SPARE)|CLAMAV"
    r"|BACKUP|BACKUP_HOUR|METRICS_ADDRESS|TRACES|SEAL_STAMPS|UPLOAD_DAYS|COMPARISON_HOURS"
    r"|OIDC_[A-Z]{2}_(URL|CLIENT|NAME|DOMAINS|CLAIM|VALUES))"
)
"""The settings that a backup names. Any other may be secret."""
DUMP, ROWS, FILES = "database.dump", "rows.txt", "files"


def take(target: Path, recipient: str = "") -> Path:
    """Make one backup in the folder ``target`` and give its path (:func:`make_bag`). Raises BackupError.

    The database is dumped first: files are only ever added, so every file that the dump names is there.
    """
    done, _sha256 = make_bag(target, "kodeks", recipient, README, _fill)
    with transaction.atomic():
        audit.record("record_backup", "backup")
    return done


def make_bag(
    target: Path, name: str, recipient: str, readme: Path, fill: Callable[[Path], dict[str, str]]
) -> tuple[Path, str]:
    """Make a bag in the folder ``target`` of what ``fill`` writes and says about it; gives its path, and the
    SHA-256 of its manifest, which no other content has.

    With ``recipient`` (a public key of age) it is one encrypted file; in clear it is then only below VAR, for
    the owner alone. What was begun and not finished is taken away, also of an earlier try that was killed.
    Raises BackupError.
    """
    if recipient:
        archive.recipient_of(recipient)
    try:
        with _alone(target) as (part, work):
            bag = (work if recipient else part) / f"{name}-{timezone.now():%Y%m%dT%H%M%SZ}"
            bag.mkdir(mode=0o700)
            info = {"Source-Organization": "Kodeks", "Kodeks-Version": version("kodeks")} | fill(bag)
            shutil.copy(readme, bag / "README.txt")
            bagit.make_bag(str(bag), info, checksums=["sha256"])
            shutil.copy(readme, bag / "README.txt")
            sha256 = hash_of(bag)
            made = archive.encrypt(bag, recipient, part) if recipient else bag
            done = target / made.name
            made.rename(done)
    except OSError as problem:
        raise BackupError(
            f"The backup can't be written: {problem.strerror} ({problem.filename})."
        ) from problem
    return done, sha256


def hash_of(bag: Path) -> str:
    """The SHA-256 of the list of a bag's files and their hashes."""
    return hashlib.sha256((bag / "manifest-sha256.txt").read_bytes()).hexdigest()


@contextmanager
def _alone(target: Path) -> Iterator[tuple[Path, Path]]:
    """An empty folder in the target and one on this machine, for one backup at a time."""
    work = settings.VAR / "backup"
    with _lock() as free:
        if not free:
            raise BackupError("Another backup is being made. Wait until it is done.")
        _remove_unfinished(target)
        part = target / f".kodeks-{timezone.now():%Y%m%dT%H%M%SZ}.part"
        try:
            part.mkdir(parents=True, mode=0o700)
            yield part, work
        finally:
            _remove_unfinished(target)


def remove_unfinished(target: Path) -> None:
    """Take away what a killed backup left, if none is being made now."""
    with _lock() as free:
        if free:
            _remove_unfinished(target)


@contextmanager
def _lock() -> Iterator[bool]:
    """Whether no other process makes a backup; none does as long as this lasts."""
    work = settings.VAR / "backup"
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (work / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _remove_unfinished(target: Path) -> None:
    for folder in (*target.glob(".kodeks-*.part"), *(settings.VAR / "backup").glob("*-*")):
        shutil.rmtree(folder, ignore_errors=True)


def _fill(bag: Path) -> dict[str, str]:
    with one_moment():
        trail = head()
        premis.write(bag / "premis.xml")
    postgres.dump(bag / DUMP)
    with (bag / ROWS).open("w") as file:
        file.writelines(row.line() for row in rows(postgres.lines(bag / DUMP)))
    copied = files.copy_out(bag / FILES)
    (bag / "settings.json").write_text(
        json.dumps(without_secrets(os.environ), indent=1, sort_keys=True) + "\n"
    )
    return {
        "External-Description": "Database and files of Kodeks; README.txt says how to read them",
        "Kodeks-Trail-Head": str(trail),
        "Kodeks-Files": str(copied),
    }


def without_secrets(settings: Mapping[str, str]) -> dict[str, str]:
    """Those that may be written. An address loses its user, its password and what follows a question mark."""
    named = {name: value for name, value in settings.items() if WRITTEN.fullmatch(name)}
    return {
        name: re.sub(r"[?#].*", "", re.sub(r"//.*@", "//", value, flags=re.S), flags=re.S)
        if "//" in value
        else value
        for name, value in named.items()
    }
