"""The writer of the index killed at each of its steps: nothing is lost, nothing stands twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from search.analysis import Analyser
from tests.support.factories import make_draft, make_in_force, make_tree
from tests.support.search.fixtures import TABLES
from tests.support.search.killed import WORDS
from tests.support.services import postgres

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.django_db(transaction=True)
def test_a_writer_killed_at_any_step_loses_nothing(tmp_path: Path, analyser: Analyser) -> None:
    sections = [(1, f"Heading {number}", "Common word.") for number in range(14)]
    tree = make_tree("en", "Title", sections)
    make_draft(slug="edited", languages=("en",), tree=tree)
    make_draft(slug="shortened", languages=("en",), tree=tree)
    for number in range(len(WORDS)):
        make_in_force(slug=f"closed-{number}", languages=("en",), tree=make_tree("en", "Title", sections[:2]))
    make_in_force(slug="open", languages=("en",), tree=make_tree("en", "Title", sections[:3]))
    (tmp_path / "tables").symlink_to(TABLES)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "KODEKS_TEST_VAR": str(tmp_path),
        "KODEKS_DATABASE_URL": postgres.start().url(connection.settings_dict["NAME"]),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.search.killed"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(WORDS)
    for one in told:
        step, between, after = one["step"], one["between"], one["after"]
        assert one["signal"] == 9, f"{step}: was not killed"
        # Whatever moment it was: what was closed is not found, and nobody finds anything twice.
        closed = {f"closed-{number}" for number in range(one["number"] + 1)}
        for moment in (between, after):
            assert not closed & set(moment["slugs"]), step
            assert "open" in moment["slugs"], step
            assert not moment["twice"], step
        assert after["waiting"] == 0, step
        assert after["drift"] == [], step
