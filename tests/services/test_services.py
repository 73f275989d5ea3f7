"""The services themselves: each really starts and does what the tests use it for."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest
from docx import Document
from elasticsearch import Elasticsearch
from playwright.sync_api import Browser, Page

from tests.support.services import chromium, missing, office, processes
from tests.support.services.office import Office
from tests.support.services.postgres import Postgres
from tests.support.services.smtp import Mailbox
from tests.support.services.storage import Storage


def test_postgresql_knows_the_case_of_every_script(postgres_cluster: Postgres) -> None:
    with psycopg.connect(postgres_cluster.empty_database()) as connection:
        row = connection.execute(
            "SELECT upper('član ë Члан ѓ'), current_setting('server_encoding')"
        ).fetchone()
    assert row == ("ČLAN Ë ЧЛАН Ѓ", "UTF8")


def test_elasticsearch_finds_what_it_was_given(elasticsearch_url: str) -> None:
    client = Elasticsearch(elasticsearch_url)
    client.index(index="services", id="1", document={"text": "члан закона"}, refresh=True)
    try:
        hits = client.search(index="services", query={"match": {"text": "закона"}})["hits"]["hits"]
        assert [hit["_id"] for hit in hits] == ["1"]
    finally:
        client.indices.delete(index="services")


def test_storage_keeps_a_file(s3: Storage) -> None:
    client = s3.client()
    client.put_object(Bucket=s3.bucket, Key="services/šifra.txt", Body=b"kept")
    assert client.get_object(Bucket=s3.bucket, Key="services/šifra.txt")["Body"].read() == b"kept"


def test_mails_arrive(smtp: Mailbox) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Рок", "a@kodeks.test", "b@kodeks.test"
    mail.set_content("до петка")
    with smtplib.SMTP("127.0.0.1", smtp.port) as client:
        client.send_message(mail)
    (arrived,) = smtp.wait_for(1)
    assert arrived.recipients == ("b@kodeks.test",)
    assert arrived.message["Subject"] == "Рок"


def test_libreoffice_reads_what_word_computes(soffice: Office, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("први", style="List Number")
    document.add_paragraph("други", style="List Number")
    document.save(str(tmp_path / "list.docx"))
    lines = [line.split() for line in soffice.text(tmp_path / "list.docx").splitlines() if line.strip()]
    assert lines == [["1.", "први"], ["2.", "други"]]


def test_a_conversion_that_takes_too_long_is_ended(soffice: Office, tmp_path: Path) -> None:
    Document().save(str(tmp_path / "empty.docx"))
    with pytest.raises(RuntimeError, match="within 0 seconds"):
        soffice.convert(tmp_path / "empty.docx", "pdf", timeout=0.01)


def test_the_browser_runs_scripts(page: Page) -> None:
    page.set_content("<p id=p>пре</p><script>p.textContent = 'после'</script>")
    assert page.inner_text("#p") == "после"


def test_a_page_without_scripts(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.set_content("<p id=p>пре</p><script>p.textContent = 'после'</script>")
    assert page.locator("#p").inner_text() == "пре"


def test_a_server_that_ends_early_is_told_with_its_output(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"ended with code 3:\nno room"):
        processes.start_server(
            "broken",
            ["sh", "-c", "echo no room; exit 3"],
            ready=lambda: False,
            folder=tmp_path,
            timeout=10,
        )


def test_a_server_is_ended_with_its_children(tmp_path: Path) -> None:
    pid_file = tmp_path / "child"
    server = processes.start_server(
        "parent",
        ["sh", "-c", f"sleep 60 & echo $! > {pid_file}; wait"],
        ready=lambda: pid_file.exists() and bool(pid_file.read_text().strip()),
        folder=tmp_path,
        timeout=10,
    )
    child = Path("/proc") / pid_file.read_text().strip()
    server.stop()
    assert server.process.poll() is not None

    def ended() -> bool:
        """Whether it is gone, though perhaps not yet collected by the parent that it fell to."""
        try:
            return " Z " in (child / "stat").read_text()
        except FileNotFoundError:
            return True

    # The signal was sent; on a busy machine the child may need a moment to be ended by it.
    deadline = time.monotonic() + 10
    while not ended() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert ended()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<img src=https://elsewhere.invalid/a.png>", "asked for https://elsewhere.invalid/a.png"),
        ("<script>throw new Error('no such key')</script>", "threw no such key"),
        (
            "<meta http-equiv=Content-Security-Policy content=\"style-src 'none'\"><p style='color:red'>",
            "Content Security Policy",
        ),
        ("<p>nothing</p>", ""),
    ],
)
def test_what_no_page_may_do_is_noticed(browser: Browser, content: str, fault: str) -> None:
    watch = chromium.Watch()
    context = browser.new_context()
    watch.over(context)
    page = context.new_page()
    page.set_content(content)
    page.wait_for_timeout(200)
    context.close()
    assert fault in "".join(watch.faults)
    assert bool(watch.faults) == bool(fault)


@pytest.mark.parametrize("find", [chromium.find, office.find])
def test_a_missing_program_skips_here_and_fails_in_ci(
    find: Callable[[], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"is missing\. Install it \(Debian: apt-get install"):
        missing.provide(find)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"is missing\. Install it \(Debian: apt-get install"):
        missing.provide(find)
