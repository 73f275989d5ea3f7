"""What a run cost in processor time, and which tests and files cost most: printed at the end of a long one
(hooks, taken into conftest.py). Processor time, as the clock says little where several processes share the
machine."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

NAME = "processor"
LONG = 60.0
"""Of a run that took fewer seconds of the processor nothing is printed."""
TESTS, FILES, ROOMS = 25, 15, 60

_spent = 0.0
elsewhere: list[Callable[[], float]] = []
"""Tell what processes took that others started, which this one does not see."""


def _used() -> float:
    """Seconds of this process and of those that it started and that have ended: a server counts for the test
    that ended it."""
    return sum(os.times()[:4]) + sum(took() for took in elsewhere)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Notes what the step before took: setting a test up, running it, cleaning up."""
    global _spent
    report: Any = yield
    used = _used()
    report.user_properties = [*report.user_properties, (NAME, used - (_spent or used))]
    _spent = used
    return report  # type: ignore[return-value]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    global _spent
    _spent = _used()
    return (yield)


def most_costly(reports: list[Any]) -> tuple[float, Counter[str], Counter[str]]:
    """Of all reports together, of each test and of each file."""
    tests: Counter[str] = Counter()
    files: Counter[str] = Counter()
    for report in reports:
        took = sum(value for name, value in getattr(report, "user_properties", ()) if name == NAME)
        tests[report.nodeid] += took  # type: ignore[assignment]
        files[report.nodeid.partition("::")[0]] += took  # type: ignore[assignment]
    return sum(tests.values()), tests, files


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    every = [report for reports in terminalreporter.stats.values() for report in reports]
    whole, tests, files = most_costly([one for one in every if hasattr(one, "nodeid")])
    if whole < LONG:
        return
    terminalreporter.section(f"{whole:.0f} s of the processor")
    rooms: Counter[str] = Counter()
    for name, took in files.items():
        rooms["/".join(name.split("/")[:3])] += took  # type: ignore[assignment]
    for title, found, many in (("rooms", rooms, ROOMS), ("files", files, FILES), ("tests", tests, TESTS)):
        terminalreporter.write_line(f"The most costly {title}:")
        for name, took in found.most_common(many):
            terminalreporter.write_line(f"{took:7.1f} s  {name}")
