"""``kodeks check_upgrade`` says, before anything is changed, what stands against an upgrade."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from config.running import folders, upgrade_checks
from documents.editions import blobs
from documents.models import Blob

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    settings.VAR, settings.MEDIA_ROOT = tmp_path, str(tmp_path / "files")
    settings.KODEKS_PAGES, settings.KODEKS_SEARCH = tmp_path / "pages", {"path": tmp_path / "index"}
    return tmp_path


def test_a_new_site_has_no_files_and_needs_none(data: Path) -> None:
    assert list(upgrade_checks.problems()) == []


@pytest.mark.parametrize("state", ["missing", "empty", "another folder"])
def test_a_folder_without_the_files_of_the_database_is_refused(
    data: Path, settings: Any, state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    blob = blobs.put(b"a signed act", Blob.Kind.SIGNED, "application/pdf")
    assert list(upgrade_checks.problems()) == []
    settings.MEDIA_ROOT = str(data / "other")
    if state != "missing":
        (data / "other").mkdir()
    if state == "another folder":
        default_storage.save("notes.txt", ContentFile(b"x"))
    with pytest.raises(SystemExit):
        call_command("check_upgrade")
    said = capsys.readouterr().err
    assert (
        str(blob.file.name) in said
        and f"none is in the folder {data / 'other'}" in said
        and "KODEKS_FILES" in said
    )
    assert state == "another folder" or not any((data / "other").glob("*"))


def test_a_folder_that_is_not_there_or_of_somebody_else_is_named(
    data: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "pages" / "numbers").mkdir(parents=True)
    # Root may write anywhere.
    monkeypatch.setattr(folders, "_is_writable", lambda folder: folder.name != "numbers")
    (line,) = folders.problems()
    assert f"can't write to {data / 'pages' / 'numbers'}. As root: chown -R " in line
    settings.VAR = data / "none"
    (line,) = folders.problems()
    assert f"The folder {data / 'none'} is not there. As root: install -d -o " in line


def test_a_database_of_a_trial_is_named_and_not_touched(data: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'people'")
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '0001_initial', now())"
        )
    (line,) = upgrade_checks.problems()
    assert "First migrate it with commit 85319560" in line
