"""Which process a test runs in, and what its file begins with."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace as Item

import pytest

from tests.once import from_little_to_much
from tests.sharing import LARGE_SERVERS, in_their_process

ROOT = Path(__file__).resolve().parents[2]


def test_a_large_server_is_started_by_no_file_that_is_not_in_the_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    for place in LARGE_SERVERS:
        assert (ROOT / place).exists(), place
        monkeypatch.setenv("PYTEST_CURRENT_TEST", f"{place}::test (setup)")
        in_their_process()
    monkeypatch.setenv("PYTEST_CURRENT_TEST", "tests/mail/test_mails.py::test (setup)")
    with pytest.raises(pytest.UsageError, match=r"tests/sharing\.py"):
        in_their_process()


def test_tests_that_begin_with_less_come_first_in_their_file() -> None:
    items = [
        Item(path=path, fixturenames=names)
        for path, names in (
            ("b", ["review", "cast"]),
            ("b", ["db"]),
            ("a", ["cast"]),
            ("a", []),
            ("b", ["cast"]),
            ("b", []),
        )
    ]
    from_little_to_much(items)  # type: ignore[arg-type]
    assert [(item.path, item.fixturenames) for item in items] == [
        ("b", ["db"]),
        ("b", []),
        ("b", ["cast"]),
        ("b", ["review", "cast"]),
        ("a", []),
        ("a", ["cast"]),
    ]
