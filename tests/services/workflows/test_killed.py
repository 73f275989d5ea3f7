"""A process killed in the middle of an adoption, and a dump altered by hand, on a real PostgreSQL."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.services.postgres import Postgres, program, run
from tests.support.workflows.forked import Run


def step(scripts: Run, name: str, database: str, files: Path, *, killed: bool = False) -> list[Any]:
    """What the script told before and after a step."""
    came = scripts("killed", name, database=database, files=files)
    assert came.returncode == (-signal.SIGKILL if killed else 0), came.stderr[-3000:]
    return [json.loads(line) for line in came.stdout.strip().splitlines()]


def test_killed_in_the_middle_and_altered_afterwards(
    postgres_cluster: Postgres, migrated: Callable[[], str], scripts: Run, tmp_path: Path
) -> None:
    url = migrated()
    (signed,) = step(scripts, "prepare", url, tmp_path)
    assert signed["state"] == "in_review" and signed["review"] == "running" and signed["wrong"] == []

    # Adopting dies: nothing of it is there, and it can be done again.
    step(scripts, "killed_adopting", url, tmp_path, killed=True)
    before, adopted = step(scripts, "adopted", url, tmp_path)
    assert before == signed
    assert (adopted["state"], adopted["review"]) == ("approved", "done")
    assert (adopted["acts"], adopted["adopt"], adopted["wrong"]) == (1, 1, [])

    # So does the worker on the day on which the text comes into force.
    step(scripts, "killed_entering", url, tmp_path, killed=True)
    before, entered = step(scripts, "entered", url, tmp_path)
    assert before == adopted
    assert entered == adopted | {"state": "in_force", "enter": 1}

    # A dump, altered by hand and taken in again: each alteration is named.
    wrong = altered(
        scripts,
        postgres_cluster,
        url,
        tmp_path,
        ("безбедно место", "опасно место"),
        ("\tagree\t", "\tremarks\t"),
        ("\tsubmit\tedition:1\t", "\tsubmit\tedition:9\t"),
        ("\t40-1/2026\t", "\t99-1/2026\t"),
    )
    assert sorted(wrong) == [
        "adoptionact:2: it does not say what the trail says",
        "edition:1: a hash of a section in mk is not the one of its text",
        "edition:1: an act that the trail tells of is gone",
        "edition:1: the text in mk is not the one that was adopted",
        "edition:9: the trail tells of it, and it is gone",
        "entry 9: it was changed",
        "signoff:1: it does not say what the trail says",
        "signoff:2: it does not say what the trail says",
        "signoff:3: it does not say what the trail says",
    ]


def altered(scripts: Run, cluster: Postgres, url: str, files: Path, *changes: tuple[str, str]) -> list[str]:
    """What is found to be wrong in a database made of a dump with other words in it."""
    dump = run([program("pg_dump"), "--no-owner", url])
    for old, new in changes:
        assert old in dump
        dump = dump.replace(old, new)
    other, file = cluster.empty_database(), files / "altered.sql"
    file.write_text(dump)
    run([program("psql"), "--quiet", "--set=ON_ERROR_STOP=1", f"--file={file}", other])
    wrong: list[str] = step(scripts, "tell", other, files)[0]["wrong"]
    return wrong
