"""Take a backup of a site with the demonstration's documents, damage it, restore it elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone
from lxml import etree
from pytest_django import DjangoDbBlocker

from audit.models import Entry
from audit.verify import head
from backup import archive, check, files, postgres
from backup.errors import BackupError
from backup.schedule import back_up_when_due
from backup.take import take
from config.cli import main
from config.running import init
from config.settings.env import database_url
from documents.models import AdoptionAct
from tests.support.releases import RELEASES, load
from tests.support.services.postgres import ROOT, Postgres, migrate, run

PLACE = ("NAME", "USER", "PASSWORD")


@pytest.fixture(scope="module")
def databases(
    postgres_cluster: Postgres,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[tuple[str, str]]:
    """The addresses of one with documents and of an empty one."""
    address, empty = load(postgres_cluster, RELEASES[-1]), postgres_cluster.empty_database()
    migrate(address)
    before = {part: connections.settings["default"][part] for part in PLACE}
    with django_db_blocker.unblock():
        yield address, empty
        connections.close_all()
        connections.settings["default"].update(before)


def use(address: str) -> None:
    """Make a database that of the site."""
    connections.close_all()
    connections.settings["default"].update({part: database_url(address)[part] for part in PLACE})


@pytest.fixture
def site(databases: tuple[str, str], tmp_path: Path, settings: Any) -> Callable[[], None]:
    """A site with documents and files. Calling it gives an empty database and storage in its place."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    use(databases[0])
    for name, words in (("blobs/ab/abc", b"a signed act"), ("images/дете 1.png", b"a picture")):
        default_storage.save(name, ContentFile(words))
    default_storage.save("uploads/waiting.docx", ContentFile(b"not taken in yet"))

    def elsewhere() -> None:
        settings.MEDIA_ROOT = str(tmp_path / "other")
        use(databases[1])

    return elsewhere


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


# First: the others leave a fresh backup in the trail, after which none is due.
def test_the_worker_backs_up_once_a_night_and_keeps_by_the_rule(
    site: Callable[[], None], tmp_path: Path, settings: Any
) -> None:
    bags = tmp_path / "bags"
    bags.mkdir()
    older = [f"kodeks-202401{day:02}T020000Z" for day in range(8, 15)]  # the days of one week
    for name in (*older, "notes"):
        (bags / name).mkdir()
    settings.KODEKS_BACKUP = str(bags)
    settings.KODEKS_BACKUP_HOUR = -1
    (bags / ".kodeks-20240101T020000Z.part" / "data").mkdir(parents=True)  # killed in its midst
    back_up_when_due()
    assert len(list(bags.iterdir())) == 8
    settings.KODEKS_BACKUP_HOUR = timezone.localtime().hour
    back_up_when_due()
    back_up_when_due()
    names = sorted(path.name for path in bags.iterdir())
    assert names[:-2] == older[1:] and names[-1] == "notes"


def test_drill(
    site: Callable[[], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    trail, acts = head(), AdoptionAct.objects.count()
    bag = take(tmp_path)
    assert Entry.objects.order_by("-id").values_list("verb", flat=True)[0] == "record_backup"
    assert main(["verify", str(bag)]) == 0 and "The backup is whole." in capsys.readouterr().out
    call_command("verify_backup", bag, with_site=True, stdout=StringIO())
    take(tmp_path / "later")
    with pytest.raises(CommandError, match=r"^1 problem\.$"):
        call_command("verify_backup", bag, with_site=True, stderr=(added := StringIO()))
    assert "table audit_entry, row" in added.getvalue()
    assert str(trail) in (bag / "bag-info.txt").read_text()
    assert not (bag / "data/files/uploads").exists()
    assert "SECRET" not in json.loads((bag / "data/settings.json").read_text())
    events = etree.parse(bag / "data/premis.xml").findall("{*}event")
    assert len(events) == acts > 0

    dump = bag / "data/database.dump"
    at = dump.read_bytes().index("Националн".encode())
    flip(dump, at)
    assert main(["verify", str(bag)]) == 1
    assert "data/database.dump: its bytes were changed" in (complaint := capsys.readouterr().err)
    assert "table documents_" in complaint and ": it is changed" in complaint
    assert caplog.records == [], "the findings are all that is written"
    with pytest.raises(CommandError, match="damaged, nothing was restored"):
        call_command("restore", bag)
    flip(dump, at)
    (tmp_path / "bag-info.txt").write_text("Kodeks-Version: 1\nKodeks-Country: rs\n")
    assert check.kind(tmp_path) == "export"
    flip(bag / "data/files/blobs/ab/abc", 0)
    assert list(check.problems(bag)) == ["data/files/blobs/ab/abc: its bytes were changed"]
    flip(bag / "data/files/blobs/ab/abc", 0)

    # A file whose name leads out of the storage is refused before anything is written.
    for hostile in ("..%2F..%2Fevil", "%2Fetc%2Fevil", "images%2F..%2F..%2Fevil"):
        (bag / "data/files" / hostile).write_text("evil")
        with pytest.raises(BackupError, match="Do not restore"):
            check.restore(bag)
        (bag / "data/files" / hostile).unlink()

    with pytest.raises(BackupError, match="database is not empty"):
        check.restore(bag)
    site()
    call_command("restore", bag, stdout=(out := StringIO()))
    assert str(trail) in out.getvalue()
    assert list(check.compare(bag)) == []
    assert default_storage.open("images/дете 1.png").read() == b"a picture"
    default_storage.delete("images/дете 1.png")
    assert list(check.compare(bag)) == ["file images/%D0%B4%D0%B5%D1%82%D0%B5%201.png: it is missing"]


def test_each_damaged_file_is_named(
    site: Callable[[], None], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bag = take(tmp_path)
    act, rows = bag / "data/files/blobs/ab/abc", bag / "data/rows.txt"
    whole, listed = act.read_bytes(), rows.read_bytes()

    act.write_bytes(whole + b"!")
    assert list(check.problems(bag)) == ["data/files/blobs/ab/abc: its bytes were changed"]
    act.unlink()
    assert list(check.problems(bag)) == ["data/files/blobs/ab/abc: it is missing"]
    (bag / "data/files/more").write_text("more")
    flip(bag / "bag-info.txt", 0)
    assert sorted(check.problems(bag)) == [
        "bag-info.txt: its bytes were changed",
        "data/files/blobs/ab/abc: it is missing",
        "data/files/more: it was added",
    ]
    (bag / "data/files/more").unlink()
    (bag / "fetch.txt").write_text("https://elsewhere.example/abc 3 data/files/blobs/ab/abc\n")
    tags = (bag / "tagmanifest-sha256.txt").rename(bag / "kept")
    assert {"fetch.txt: it was added", "tagmanifest-sha256.txt: it is missing"} <= set(check.problems(bag))
    tags.rename(bag / "tagmanifest-sha256.txt")
    (bag / "fetch.txt").unlink()
    flip(bag / "bag-info.txt", 0)
    act.write_bytes(whole)

    first, second = listed.split(b"\n", 2)[:2]
    rows.write_bytes(listed.replace(second, b"spoilt", 1))
    assert list(check.problems(bag)) == [
        "data/rows.txt: its bytes were changed",
        f"{rows}, line 2: it can't be read",
    ]
    with pytest.raises(BackupError, match=r"rows\.txt, line 2: it can't be read"):
        list(check.compare(bag))
    rows.write_bytes(listed.replace(first, b"\xff" + first, 1))
    assert any(line.startswith("table ") for line in check.problems(bag))
    rows.write_bytes(listed)
    assert list(check.problems(bag)) == [] and caplog.records == []


def test_an_encrypted_backup_opens_with_its_key_alone(
    site: Callable[[], None], tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [tmp_path / "right", tmp_path / "wrong"]
    right, wrong = (pyrage.x25519.Identity.generate() for _ in keys)
    for path, key in zip(keys, (right, wrong), strict=True):
        path.write_text(f"# a key\n{key}\n")
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupError, match="can't be written"):
        take(tmp_path / "file")
    with pytest.raises(BackupError, match="no public key of age"):
        take(tmp_path / "bags", "age1nothing")
    # What a killed try left is taken away, and in clear nothing lies in the target while it is made.
    settings.VAR = tmp_path / "var"
    killed = [tmp_path / "bags" / ".kodeks-20240101T020000Z.part", settings.VAR / "backup" / "kodeks-2024"]
    for folder in killed:
        (folder / "data").mkdir(parents=True)
    seen: list[Path] = []
    real = archive.encrypt

    def encrypt(bag: Path, recipient: str, folder: Path) -> Path:
        assert not bag.is_relative_to(tmp_path / "bags") and bag.stat().st_mode & 0o077 == 0
        seen.extend(path for path in (tmp_path / "bags").rglob("*") if path.is_file())
        with pytest.raises(BackupError, match="Another backup"):
            take(tmp_path / "bags")
        return real(bag, recipient, folder)

    monkeypatch.setattr(archive, "encrypt", encrypt)
    made = take(tmp_path / "bags", str(right.to_public()))
    assert seen == [] and not any(folder.exists() for folder in killed)
    assert [path.name for path in (settings.VAR / "backup").iterdir()] == [".lock"]
    assert [path.name for path in (tmp_path / "bags").iterdir()] == [made.name]
    assert "Националн".encode() not in made.read_bytes()
    for arguments, words in (([], "Name the file"), (["--key", str(keys[1])], "can't be opened")):
        with pytest.raises(CommandError, match=words):
            call_command("verify_backup", str(made), *arguments)
    call_command("verify_backup", str(made), "--key", str(keys[0]), stdout=(out := StringIO()))
    assert "whole" in out.getvalue()


@pytest.fixture
def two_roles(
    postgres_cluster: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str]]:
    """The addresses of an empty database for its site's role and for its owner, as `kodeks database` makes
    both."""
    name, server = f"test_{os.getpid()}_roles", urlsplit(postgres_cluster.address)
    own = server._replace(netloc=f"{name}:secret@", path=f"/{name}")
    monkeypatch.setenv("KODEKS_DATABASE_URL", own.geturl())
    monkeypatch.setenv("KODEKS_OWNER", str(tmp_path / "nowhere" / "owner.env"))
    (tmp_path / "nowhere").write_text("no folder")
    command = ["database", "--server", postgres_cluster.address]
    assert main(command) == 1 and name not in postgres_cluster.databases()
    monkeypatch.setenv("KODEKS_OWNER", str(tmp_path / "owner.env"))
    assert main(command) == 0
    owner = init.read(tmp_path / "owner.env")["KODEKS_DATABASE_URL"]
    assert owner.startswith(f"postgresql://{name}_owner:") and owner.endswith(f"/{name}?{own.query}")
    assert main(command) == 0 and init.read(tmp_path / "owner.env")["KODEKS_DATABASE_URL"] == owner
    yield own.geturl(), owner
    connections.close_all()
    postgres_cluster.drop(name)
    with psycopg.connect(postgres_cluster.address, autocommit=True) as superuser:
        superuser.execute(f"DROP ROLE {name}, {name}_owner")  # type: ignore[arg-type]


def test_the_owner_of_the_tables_restores(
    site: Callable[[], None], two_roles: tuple[str, str], tmp_path: Path
) -> None:
    bag, (role, owner) = take(tmp_path), two_roles
    site()
    use(role)
    with pytest.raises(BackupError, match=r"may not make tables.*/etc/kodeks/owner\.env"):
        check.restore(bag)
    use(owner)
    # What a failed try has copied is taken away again.
    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE documents_edition_id_seq")
    with pytest.raises(BackupError, match="pg_restore failed"):
        check.restore(bag)
    assert list(files.names()) == []
    with connection.cursor() as cursor:
        cursor.execute("DROP SEQUENCE documents_edition_id_seq")
    default_storage.save("blobs/one", ContentFile(b"of somebody else"))
    with pytest.raises(BackupError, match=r"folder .*other is not empty.*KODEKS_FILES"):
        check.restore(bag)
    # As it is typed: the command finds the owner's password by itself.
    connections.close_all()
    own = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "KODEKS_TEST_VAR": str(tmp_path / "var")}
    for command in (["restore", bag], ["migrate", "--check"]):
        run([ROOT / "deploy" / "kodeks", *command], **own)
    assert (tmp_path / "var" / "media" / "images" / "дете 1.png").read_bytes() == b"a picture"
    use(role)
    assert AdoptionAct.objects.exists() and not postgres.may_make_tables()
