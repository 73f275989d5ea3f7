"""A known weakness of a package in use fails ``make vulnerabilities``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.support.vulnerabilities import is_affected, main

COMPONENTS = ("pkg:pypi/django-allauth@65.3.0", "pkg:pypi/pillow@11.0.0", "pkg:npm/%40scope/editor@1.7.2")


def advisory(number: str, ecosystem: str, name: str, **more: Any) -> dict[str, Any]:
    events = [{"introduced": "0"}, {"fixed": "99"}]
    affected = {
        "package": {"ecosystem": ecosystem, "name": name}, "ranges": [{"type": "ECOSYSTEM", "events": events}]
    }  # fmt: skip
    return {"id": number, "summary": "Bad.", "affected": [affected]} | more


def test_what_is_in_use_and_named_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bom, archive = tmp_path / "sbom.json", tmp_path / "all.zip"
    bom.write_text(json.dumps({"components": [{"purl": one} for one in COMPONENTS]}))

    def check(*advisories: dict[str, Any]) -> tuple[int, str]:
        with ZipFile(archive, "w") as packed:
            for one in advisories:
                packed.writestr(f"{one['id']}.json", json.dumps(one))
        return main(str(bom), str(archive)), capsys.readouterr().out

    done, text = check(
        advisory("A-1", "PyPI", "Django_Allauth"),
        advisory("A-2", "PyPI", "pillow", withdrawn="2026-01-01T00:00:00Z"),
        advisory("A-3", "npm", "@scope/editor"),
        advisory("A-4", "npm", "pillow"),
    )
    assert done == 1 and text.splitlines() == [
        "@scope/editor 1.7.2: A-3 Bad.",
        "Django_Allauth 65.3.0: A-1 Bad.",
        "3 packages, 4 advisories, 2 concern us.",
    ]
    assert check(advisory("A-4", "npm", "pillow")) == (0, "3 packages, 1 advisories, 0 concern us.\n")
    assert check()[0] == 1, "an empty file proves nothing"
    assert main(str(bom)) == 2 and "No list was given: OSV=" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("version", "is_one"),
    [
        ("1.0", False), ("1.1", True), ("1.2rc1", True), ("1.2", False), ("2.0", True), ("2.4", True),
        ("2.5", False), ("3.0", True), ("no version", True),
    ],
)  # fmt: skip
def test_which_versions_are_affected(version: str, is_one: bool) -> None:
    first = [{"introduced": "1.1"}, {"fixed": "1.2"}, {"introduced": "2.0"}, {"last_affected": "2.4"}]
    ranges = [{"type": "GIT", "events": [{"introduced": "0"}]}, {"type": "ECOSYSTEM", "events": first}]
    assert is_affected(version, {"versions": ["3.0"], "ranges": ranges}) is is_one
