"""What a worker left in the middle is done again, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from audit.models import Entry
from config.running import left_tasks, worker
from config.running.lease import Lease, living
from documents.actions import import_batch, import_upload, manage_uploads
from documents.models import Edition, Upload, UploadBatch
from documents.models import Section as SectionRow
from people.roles import Role
from tests.support.documents.word.sample import ministry_docx
from tests.support.factories import make_draft, make_person, make_tree

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Nothing of the worker runs after it."""


@pytest.fixture(autouse=True)
def tasks_wait(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """For a worker, as in production; and the connection of the test stays."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


@pytest.fixture
def lease() -> Iterator[Lease]:
    one = Lease()
    one.is_mine()
    yield one
    one.release()


def brought() -> tuple[Edition, Upload]:
    by = make_person(Role.COORDINATOR)
    draft = make_draft(languages=("mk",), by=by)
    SectionRow.objects.filter(edition=draft).delete()
    file = SimpleUploadedFile("sop.docx", ministry_docx(make_tree()))
    return draft, manage_uploads.receive(by, file, edition=draft, language="mk", page_language="en")


def left_by(name: str) -> DBTaskResult:
    """The task that waits, as it stands after its worker ``name`` was killed."""
    task = DBTaskResult.objects.get(status="READY")
    task.claim(name)
    return task


def test_an_import_goes_on_after_its_worker_died(lease: Lease) -> None:
    draft, upload = brought()
    assert lease.name in living()
    task = left_by(lease.name)
    Upload.objects.update(state="reading")
    assert left_tasks.take_up_left("another") == 0  # its worker lives
    lease.release()
    assert left_tasks.take_up_left("another") == 1
    upload.refresh_from_db()
    assert upload.state == "waiting"
    worker.run_file()
    upload.refresh_from_db()
    task.refresh_from_db()
    assert (upload.state, task.status, len(task.worker_ids)) == ("read", "SUCCESSFUL", 2)
    # Between two tasks, a worker that lives finds its own.
    assert import_upload.ask_for(upload)
    left_by(worker.lease.name)
    Upload.objects.update(state="storing")
    worker.take_up_tasks()
    worker.run_file()
    upload.refresh_from_db()
    assert upload.state == "taken" and not upload.file
    assert Entry.objects.filter(verb="import").count() == 1
    assert SectionRow.objects.filter(edition=draft).count() == 3
    assert left_tasks.take_up_left("another") == 0


def test_an_import_is_whole_or_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    draft, upload = brought()
    worker.run_file()
    assert import_upload.ask_for(Upload.objects.get())

    def killed(row: Upload, before: str, after: str, **values: Any) -> bool:
        if before == "storing":
            raise Killed
        return manage_uploads.move(row, before, after, **values)

    monkeypatch.setattr(import_upload, "move", killed)
    with pytest.raises(Killed):
        import_upload.take_upload.call(upload.pk)
    upload.refresh_from_db()
    assert upload.state == "storing" and upload.file.name and default_storage.exists(upload.file.name)
    assert not SectionRow.objects.filter(edition=draft).exists()
    assert not Entry.objects.filter(verb="import").exists()


def test_a_file_waits_while_the_storage_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    _draft, upload = brought()

    def away(*_: object) -> bytes:
        raise EndpointConnectionError(endpoint_url="http://storage")

    with monkeypatch.context() as now:
        now.setattr(manage_uploads, "content", away)
        worker.run_file()
    worker.take_up_tasks()
    upload.refresh_from_db()
    assert (upload.state, upload.problem) == ("waiting", "")
    task = DBTaskResult.objects.get()
    assert task.status == "READY" and task.run_after > timezone.now() + timedelta(seconds=5)
    # Not without end.
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["dead"] * left_tasks.MOST)
    Upload.objects.update(state="reading")
    worker.take_up_tasks()
    upload.refresh_from_db()
    assert upload.state == "refused" and "operator" in upload.why
    assert DBTaskResult.objects.get().status == "FAILED"
    assert left_tasks.take_up_left("another") == 0


def test_a_zip_is_unpacked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a zip whose worker died in the middle nothing is there, so nothing comes twice."""
    brought()
    DBTaskResult.objects.all().delete()
    by = Upload.objects.get().by
    batch = UploadBatch.objects.create(by=by, name="a.zip", page_language="en", file="none")

    def half(batch: UploadBatch) -> None:
        file = SimpleUploadedFile("sop.docx", b"PK")
        manage_uploads.receive(by, file, page_language="en", batch=batch)
        raise Killed

    monkeypatch.setattr(import_batch, "_unpack", half)
    with pytest.raises(Killed):
        import_batch.unpack_batch.call(batch.pk)
    assert not batch.uploads.exists()
