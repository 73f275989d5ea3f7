"""The rule of the tests' folders: a test module imports no other one."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def test_no_test_module_is_imported() -> None:
    for path in TESTS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names = [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            for name in (*modules, *names):
                assert not name.rpartition(".")[2].startswith("test_"), f"{path}: {name}"
