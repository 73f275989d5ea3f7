"""The rules of the tests' folders (docs/testing.md)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
FOLDERS = {"browser", "db", "services", "unit"}
TOP = TESTS.parent
ROOMS = ("documents", "workflows", "search", "site")
CODE = re.compile(r"`([\w-][\w./-]*)`")
SETTING = re.compile(r"\bKODEKS_[A-Z0-9_]+")


def test_every_test_module_is_in_a_folder_that_is_run() -> None:
    modules = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")]
    assert [str(path) for path in modules if path.parts[0] not in FOLDERS] == []


def test_no_test_module_is_imported() -> None:
    for path in TESTS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names = [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            for name in (*modules, *names):
                assert not name.rpartition(".")[2].startswith("test_"), f"{path}: {name}"


def test_the_paths_that_the_documentation_names_are_there() -> None:
    """A module may be named by the end of its path, as in a text about one folder; a folder from a room's own on."""
    modules = [
        "/" + str(path.relative_to(TOP))
        for room in (*ROOMS, "tests", "bench")
        for path in (TOP / room).rglob("*.py")
    ]
    places = (TOP, *(TOP / room for room in ROOMS))
    starts = {path.name for place in (TOP, TOP / "site") for path in place.iterdir() if path.is_dir()} - {
        "var"
    }
    gone = []
    for text in sorted((TOP / "docs").glob("*.md")):
        for name in CODE.findall(text.read_text()):
            if name.endswith(".py"):
                there = any(module.endswith(f"/{name}") for module in modules)
            elif "/" in name and name.partition("/")[0] in starts and "." not in name.rpartition("/")[2]:
                there = any((place / name).exists() for place in places)
            else:
                continue
            if not there:
                gone.append(f"{text.name}: {name}")
    assert gone == []


def test_every_setting_is_on_a_page() -> None:
    """A name that ends with an underscore begins several."""
    named = set(SETTING.findall("".join(path.read_text() for path in (TOP / "docs").rglob("*.md"))))
    code = [path for room in ROOMS for path in (TOP / room).rglob("*.py")]
    used = {name for path in code for name in SETTING.findall(path.read_text()) if not name.endswith("_")}
    assert sorted(used - named) == []
