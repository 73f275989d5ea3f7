"""Every package that runs in production has a licence that fits, and the list of packages says so."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).resolve().parents[3]
SPEC = importlib.util.spec_from_file_location("supply", TOP / "deploy" / "supply.py")
assert SPEC and SPEC.loader
supply = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(supply)


def locked() -> list[dict[str, Any]]:
    """The packages that Kodeks needs to run, by the lock file; on any machine."""
    packages: dict[str, list[dict[str, Any]]] = {}
    for package in tomllib.loads((TOP / "uv.lock").read_text())["package"]:
        packages.setdefault(package["name"], []).append(package)
    found, waiting = set[str](), ["kodeks"]
    while waiting:
        for package in packages[waiting.pop()]:
            extras = package.get("optional-dependencies", {}).values()
            named = [*package.get("dependencies", ()), *(one for extra in extras for one in extra)]
            new = {one["name"] for one in named} - found if package["name"] != "kodeks" else {
                one["name"] for one in package["dependencies"]
            }  # fmt: skip
            found |= new
            waiting += new
    return [{"name": name, "version": packages[name][0].get("version", "")} for name in sorted(found)]


def test_every_package_that_runs_has_a_licence_that_is_known_and_accepted() -> None:
    def is_here(name: str) -> bool:
        try:
            return bool(distribution(name))
        except PackageNotFoundError:
            return False  # an extra that nothing asks for, or for other machines: `make sbom` knows it

    here = [one for one in locked() if is_here(one["name"])]
    assert len(here) > 60
    assert supply.with_licences(here) == []
    assert supply.editor_components(json.loads(supply.EDITOR.read_text()))


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("MIT", True), ("MIT OR GPL-3.0-only", True), ("(MIT AND BSD-3-Clause)", True), ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False), ("", False),
    ],
)  # fmt: skip
def test_a_licence_is_read_as_an_expression(expression: str, fits: bool) -> None:
    assert supply.accepted(expression) is fits


def test_an_unknown_package_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sbom.json"
    component = {
        "type": "library",
        "name": "nobody-knows-this",
        "version": "1",
        "purl": "pkg:pypi/nobody-knows-this@1",
    }
    path.write_text(json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [component]}))
    assert supply.main(path) == 1
    assert "nobody-knows-this 1: no licence is known" in capsys.readouterr().err
    written = json.loads(path.read_text())["components"]
    assert written[0]["licenses"] == []
    assert all(re.fullmatch(r"pkg:npm/.+@[\d.]+", one["purl"]) for one in written[1:])
    assert "| nobody-knows-this | 1 | not known |" in (tmp_path / "licences.md").read_text()
