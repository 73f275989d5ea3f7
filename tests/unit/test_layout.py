"""The rules of the tests' folders (docs/testing.md)."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
FOLDERS = {"bench", "browser", "db", "services", "unit"}


def test_every_test_module_is_in_a_folder_that_is_run() -> None:
    modules = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")]
    assert [str(path) for path in modules if path.parts[0] not in FOLDERS] == []


def test_no_test_module_is_imported() -> None:
    """But for measurements, which share their texts."""
    for path in (one for one in TESTS.rglob("*.py") if "bench" not in one.relative_to(TESTS).parts):
        for node in ast.walk(ast.parse(path.read_text())):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names = [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            for name in (*modules, *names):
                assert not name.rpartition(".")[2].startswith("test_"), f"{path}: {name}"
