"""What runs in a process of its own can be run: most tests fork instead of starting it."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from documents.word import DEFAULT_LIMITS, Refused
from documents.word.file import child

DOCUMENTS = Path(__file__).parents[4] / "documents"
MODULES = sorted(
    {
        name
        for path in DOCUMENTS.rglob("*.py")
        for name in re.findall(r'run_confined\(\s*"([\w.]+)"', path.read_text())
    }
)


def test_there_are_such_modules() -> None:
    assert MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_that_is_started_has_something_to_start(module: str) -> None:
    spec = find_spec(module)
    assert spec is not None
    if spec.submodule_search_locations is not None:
        spec = find_spec(f"{module}.__main__")
        assert spec is not None, f"{module} is a package and can't be executed"
    assert spec.origin is not None
    assert '__name__ == "__main__"' in Path(spec.origin).read_text()


IN_REQUESTS = {
    # Files that Kodeks writes for a reader, on what the worker read before.
    "documents/exports/own_file.py",
    "documents/exports/word.py",
    "documents/pages/desk/views/templates.py",
    # A file that the worker read before, with one decision more.
    "documents/pages/desk/landing.py",
    # A signed paper of a coordinator, for ten seconds at most.
    "documents/still_pdf.py",
    # Film of a publisher, in Wagtail's own form.
    "site/recordings/office/medium_form.py",
}


def test_nothing_confined_runs_within_a_request() -> None:
    with child.serving_request():
        with pytest.raises(child.WithinRequest):
            child.run_confined("documents.word.received", [], DEFAULT_LIMITS)
        with child.serving_request(False), pytest.raises(Refused):
            child.run_confined("documents.word.received", [], DEFAULT_LIMITS)
    root = DOCUMENTS.parent
    excepted = {
        str(path.relative_to(root))
        for room in ("documents", "search", "site", "workflows")
        for path in (root / room).rglob("*.py")
        if "serving_request(False)" in path.read_text()
    }
    assert excepted == IN_REQUESTS
