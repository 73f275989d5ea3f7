"""How a run is shared out between processes (`-n 2`): a file's tests stay together, and so do all that need the large servers."""

from __future__ import annotations

import os

import pytest
from xdist.scheduler import LoadScopeScheduling

LARGE_SERVERS = (
    "tests/production/",
    "tests/services/",
    "tests/search/test_params.py",
    "tests/search/test_checking.py",
    "tests/search/test_contract.py",
    "tests/search/test_elastic.py",
    "tests/search/test_faults.py",
    "tests/search/test_leaks.py",
)
"""Where Elasticsearch or the whole site in production is needed: each process would start one of its own."""


def in_their_process() -> None:
    """Raises UsageError where a test that is not in the list starts one of them: another process may have started it already."""
    asking = os.environ.get("PYTEST_CURRENT_TEST", "")
    if "PYTEST_XDIST_WORKER" in os.environ and not asking.startswith(LARGE_SERVERS):
        raise pytest.UsageError(f"{asking} needs a large server: its file belongs into tests/sharing.py")


class ByServer(LoadScopeScheduling):
    """One unit of work for all that needs the large servers, one a file for the rest; the one with most tests first."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return "large servers" if path.startswith(LARGE_SERVERS) else path
