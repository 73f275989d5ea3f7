"""What runs in a process of its own can be run: most tests fork instead of starting it."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

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
