"""Reading in a process that can be ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from documents.word import DEFAULT_LIMITS, RefusalCode, Refused
from documents.word.file import confined, pipes
from documents.word.file.confined import run
from documents.word.read.files import read_file
from tests.support.documents.word.bad_work import never_end, use_up_memory, use_up_time
from tests.support.documents.word.build import bare, heading, p, read, word_file

pytestmark = pytest.mark.usefixtures("started_anew")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "текст.docx"
    target.write_bytes(word_file(heading("Цел") + p("Текст на одделот."), styles=""))
    return target


def test_the_child_reads_what_the_reader_reads(path: Path) -> None:
    here, there = read(path.read_bytes(), "mk"), read_file(path, language="mk")
    assert there.tree.language == "mk"
    assert [bare(s.text.body) for s in there.tree] == [bare(s.text.body) for s in here.tree]
    assert there.blobs == here.blobs
    assert there.report == here.report


def test_a_refusal_comes_through_with_code_and_words(tmp_path: Path) -> None:
    target = tmp_path / "x.docx"
    target.write_bytes(b"%PDF-1.4")
    with pytest.raises(Refused) as caught:
        read_file(target)
    assert caught.value.code is RefusalCode.NOT_DOCX
    assert caught.value.details == {"format": "pdf"}


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    target = tmp_path / "x.docx"
    target.write_bytes(word_file(p("word " * 20) * 150_000))
    began = time.monotonic()
    with pytest.raises(Refused) as caught:
        read_file(target, replace(DEFAULT_LIMITS, seconds=1))
    assert caught.value.code is RefusalCode.TOO_SLOW
    assert time.monotonic() - began < 10


def test_the_clock_counts_only_for_what_hangs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(confined, "in_a_process", lambda request, seconds: seen.append(seconds))
    with pytest.raises(AttributeError):
        read_file(path, replace(DEFAULT_LIMITS, seconds=3))
    assert seen == [3 * confined.PATIENCE]
    parser = ArgumentParser()
    pipes.add_limits(parser)
    assert pipes.limits_of(parser.parse_args(["--seconds", "4"])).seconds == 4


def test_what_uses_up_its_time_of_the_processor_took_too_long() -> None:
    with pytest.raises(Refused) as caught:
        run(DEFAULT_LIMITS, use_up_time)
    assert caught.value.code is RefusalCode.TOO_SLOW


def test_what_needs_too_much_memory_is_ended(tmp_path: Path) -> None:
    target = tmp_path / "x.docx"
    target.write_bytes(word_file("".join(p(f"word {n} " * 20) for n in range(100_000))))
    with pytest.raises(Refused) as caught:
        read_file(target, replace(DEFAULT_LIMITS, memory_bytes=200 * 1024 * 1024, seconds=120))
    assert caught.value.code is RefusalCode.TOO_MUCH_MEMORY


def test_a_process_that_has_no_memory_left_gets_what_it_needs_to_end() -> None:
    assert run(replace(DEFAULT_LIMITS, memory_bytes=150 * 1024 * 1024), use_up_memory) == b"\0"


def test_a_file_is_never_called_damaged_for_want_of_memory(tmp_path: Path) -> None:
    target = tmp_path / "x.docx"
    target.write_bytes(word_file("".join(p(f"word {n} " * 9) for n in range(100_000))))
    for megabytes in range(90, 150, 10):
        with pytest.raises(Refused) as caught:
            read_file(target, replace(DEFAULT_LIMITS, memory_bytes=megabytes * 1024 * 1024))
        assert caught.value.code is RefusalCode.TOO_MUCH_MEMORY, megabytes


def test_who_is_killed_leaves_no_process_behind() -> None:
    program = (
        "from documents.word import DEFAULT_LIMITS; from documents.word.file.confined import run; "
        f"from {never_end.__module__} import never_end; run(DEFAULT_LIMITS, never_end)"
    )
    environment = {**confined.ENVIRONMENT, "PATH": os.environ["PATH"]}
    with subprocess.Popen([sys.executable, "-c", program], cwd=confined.ROOT, env=environment) as parent:
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        assert wait_for(lambda: bool(children.read_text()))
        (started,) = map(int, children.read_text().split())
        # It sleeps once it is confined.
        state = Path(f"/proc/{started}/wchan")
        assert wait_for(lambda: "nanosleep" in state.read_text())
        parent.kill()
    assert wait_for(lambda: not Path(f"/proc/{started}").exists())


def wait_for(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_fault_of_ours_is_a_refusal_and_is_told_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Refused) as caught:
        run(DEFAULT_LIMITS, pow, 1, 0, 0)
    assert caught.value.code is RefusalCode.BROKEN
    assert "builtins:pow failed" in caplog.text


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "none.docx")


IN_REQUESTS = {
    # Files that Kodeks writes for a reader, on what the worker read before.
    "documents/exports/own_file.py",
    "documents/exports/word.py",
    "documents/pages/desk/views/templates.py",
    # A file that the worker read before, with one decision more.
    "documents/pages/desk/landing.py",
    # A signed paper of a coordinator, for ten seconds at most.
    "documents/still_pdf.py",
}


def test_nothing_confined_runs_within_a_request() -> None:
    with confined.serving_request():
        with pytest.raises(confined.WithinRequest):
            run(DEFAULT_LIMITS, len, "")
        with confined.serving_request(False):
            assert run(DEFAULT_LIMITS, len, "") == 0
    root = Path(__file__).parents[4]
    excepted = {
        str(path.relative_to(root))
        for room in ("documents", "search", "site", "workflows")
        for path in (root / room).rglob("*.py")
        if "serving_request(False)" in path.read_text()
    }
    assert excepted == IN_REQUESTS
