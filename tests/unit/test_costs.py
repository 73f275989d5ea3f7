"""The end of a run says what it cost."""

from __future__ import annotations

from types import SimpleNamespace as Report

import pytest

from tests.support.costs import NAME, most_costly


def test_steps_are_added_up_for_each_test_and_each_file() -> None:
    def report(nodeid: str, took: float) -> Report:
        return Report(nodeid=nodeid, user_properties=[("other", 5), (NAME, took)])

    reports = [
        report("a.py::one", 1.0),
        report("a.py::one", 2.0),
        report("a.py::two", 4.0),
        report("b.py::x", 8.0),
    ]
    whole, tests, files = most_costly(reports)
    assert (
        whole == 15
        and tests == {"a.py::one": 3, "a.py::two": 4, "b.py::x": 8}
        and files == {"a.py": 7, "b.py": 8}
    )


def test_a_step_of_this_run_is_measured(request: pytest.FixtureRequest) -> None:
    """By the hooks themselves: a report of this very test, as pytest makes it."""
    sum(number * number for number in range(3_000_000))
    call = pytest.CallInfo.from_call(lambda: None, "call")
    report = request.node.ihook.pytest_runtest_makereport(item=request.node, call=call)
    assert most_costly([report])[0] > 0
