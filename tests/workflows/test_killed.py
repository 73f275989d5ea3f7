"""A process killed in the middle of an adoption, and a dump altered by hand, on a real PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.services.postgres import Postgres, find

ROOT = Path(__file__).resolve().parents[2]


def step(name: str, database_url: str, files: Path, *, killed: bool = False) -> list[Any]:
    """What the script told before and after a step."""
    env = {
        **os.environ,
        "KODEKS_TEST_DATABASE_URL": database_url,
        "KODEKS_TEST_VAR": str(files),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    came = subprocess.run(
        [sys.executable, "-m", "tests.workflows.killed", name],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert came.returncode == (-signal.SIGKILL if killed else 0), came.stderr[-3000:]
    return [json.loads(line) for line in came.stdout.strip().splitlines()]


def test_killed_in_the_middle_and_altered_afterwards(
    postgres_cluster: Postgres, migrated: Callable[[str], str], tmp_path: Path
) -> None:
    url = migrated("kodeks_killed")
    (signed,) = step("prepare", url, tmp_path)
    assert signed["state"] == "in_review" and signed["review"] == "running" and signed["wrong"] == []

    # Adopting dies: nothing of it is there, and it can be done again.
    step("killed_adopting", url, tmp_path, killed=True)
    before, adopted = step("adopted", url, tmp_path)
    assert before == signed
    assert (adopted["state"], adopted["review"]) == ("approved", "done")
    assert (adopted["acts"], adopted["adopt"], adopted["wrong"]) == (1, 1, [])

    # So does the worker on the day on which the text comes into force.
    step("killed_entering", url, tmp_path, killed=True)
    before, entered = step("entered", url, tmp_path)
    assert before == adopted
    assert entered == adopted | {"state": "in_force", "enter": 1}

    # A dump, altered by hand and taken in again: each alteration is named.
    wrong = altered(
        postgres_cluster,
        url,
        tmp_path,
        ("безбедно место", "опасно место"),
        ("\tagree\t", "\tremarks\t"),
        ("\tsubmit\tedition:1\t", "\tsubmit\tedition:9\t"),
        ("A remark to the deadline.", "No remark."),
        ("The law says so.", "So be it."),
        ("\t40-1/2026\t", "\t99-1/2026\t"),
    )
    assert sum("the text in mk is not the one" in line for line in wrong) == 1
    assert sum(line.startswith("signoff:") and "what the trail says" in line for line in wrong) == 3
    assert sum(line.startswith("entry ") and "it was changed" in line for line in wrong) == 1
    assert sum("it does not say what was written" in line for line in wrong) == 1
    assert sum("its answer is not the one that was given" in line for line in wrong) == 1
    assert sum(line.startswith("adoptionact:") for line in wrong) == 1
    assert sum("a hash of a section in mk is not the one" in line for line in wrong) == 1
    assert "edition:9: the trail tells of it, and it is gone" in wrong
    assert "edition:1: it was submitted at another moment than the trail tells" in wrong
    assert len(wrong) == 11, "\n".join(wrong)


def altered(cluster: Postgres, url: str, files: Path, *changes: tuple[str, str]) -> list[str]:
    """What is found to be wrong in a database made of a dump with other words in it."""
    programs = find()
    dump = subprocess.run(
        [programs / "pg_dump", "--no-owner", url], capture_output=True, text=True, timeout=60, check=True
    ).stdout
    for old, new in changes:
        assert old in dump
        dump = dump.replace(old, new)
    other = cluster.new_database("kodeks_altered")
    subprocess.run(
        [programs / "psql", "--quiet", "--set=ON_ERROR_STOP=1", other],
        input=dump,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    wrong: list[str] = step("tell", other, files)[0]["wrong"]
    return wrong
