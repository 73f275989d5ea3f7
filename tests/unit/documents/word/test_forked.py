"""Word files are read in forked processes by the tests (tests/support/services/forked.py), as in those that
a site starts."""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from documents.word import DEFAULT_LIMITS, RefusalCode, Refused
from documents.word.file import confined
from documents.word.read.files import read_file
from tests.support.documents.word.build import bare, heading, p, word_file
from tests.support.services.forked import STARTED, forking


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "текст.docx"
    target.write_bytes(word_file(heading("Цел") + p("Текст на одделот."), styles=""))
    return target


def came_of(file: Path) -> Any:
    try:
        found = read_file(file)
    except Refused as refused:
        return refused.code, refused.message_en, refused.details
    return [bare(section.text.body) for section in found.tree], found.blobs, found.report


def test_what_comes_of_a_file_is_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = path.with_name("x.docx")
    refused.write_bytes(b"%PDF-1.4")
    for file in (path, refused):
        assert confined.in_a_process is not STARTED
        forked = came_of(file)
        with monkeypatch.context() as anew:
            anew.setattr(confined, "in_a_process", STARTED)
            assert came_of(file) == forked


def test_a_fault_is_told_as_by_a_process_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    for start in (confined.in_a_process, STARTED):
        with pytest.MonkeyPatch.context() as changed, pytest.raises(Refused) as caught:
            changed.setattr(confined, "in_a_process", start)
            confined.run(DEFAULT_LIMITS, pow, 1, 0, 0)
        assert caught.value.code is RefusalCode.BROKEN
    traces = [record.getMessage().splitlines()[-1] for record in caplog.records]
    assert traces == ["ValueError: pow() 3rd argument cannot be 0"] * 2


def test_it_is_ended_after_its_time(tmp_path: Path) -> None:
    target = tmp_path / "x.docx"
    target.write_bytes(word_file(p("word " * 20) * 100_000))
    with pytest.raises(Refused) as caught:
        read_file(target, replace(DEFAULT_LIMITS, seconds=1))
    assert caught.value.code is RefusalCode.TOO_SLOW


def test_and_where_it_takes_too_much(tmp_path: Path) -> None:
    target = tmp_path / "x.docx"
    target.write_bytes(word_file("".join(p(f"word {n} " * 9) for n in range(100_000))))
    with pytest.raises(Refused) as caught:
        read_file(target, replace(DEFAULT_LIMITS, memory_bytes=150 * 1024 * 1024))
    assert caught.value.code is RefusalCode.TOO_MUCH_MEMORY


def test_the_process_from_which_they_are_forked_ends_with_its_standard_input() -> None:
    with forking() as process, tempfile.TemporaryFile() as nothing:
        done = process.run(nothing, 30)
        server = process.server
        assert done.returncode == 1 and isinstance(server, subprocess.Popen) and server.poll() is None
    assert server.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.kill(server.pid, 0)
